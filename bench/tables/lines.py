"""The columns of lines.csv: exact moments along each axis of a sweep, at the middle of the others, as figures show it.

They are those of exact.csv, which is written on request and has all values of the other axes. The rows are made in
`bench.oracle.lines`, and set beside measured points in `bench.tables.between`.
"""

from dataclasses import replace

from bench.tables.exact import EXACT

LINES = replace(
    EXACT,
    name="lines",
    summary="exact gradients and variances along each axis, at and between the values that the figures show",
)
