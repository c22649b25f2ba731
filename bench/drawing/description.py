"""What a figure of curves shows: which column against which, and what its panels and its curves differ in."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.spec import Slice
from bench.tables import slices

LINES = (
    "Points with 95 % intervals are measured; full lines are exact, thin ones join exact values, and where none is "
    "known there is no line."
)  # of the captions of curves


@dataclass(frozen=True, slots=True)
class Curves:
    """Column `y` against column `x`, a curve for each value of `by`, a row of panels for each combination of `rows`."""

    x: str
    y: str
    by: str
    rows: Sequence[str]
    column: str  # what the panels of a row differ in
    label: str  # of the y axis
    reference: str = ""  # what `y` is a ratio to, where it is one
    x_name: str = ""  # one of `rows` that names the x axis, where that is not the column's own name
    orders: tuple[int, ...] = ()  # p of the dashed lines y ~ x^-p

    @property
    def exact(self) -> str:
        """The column of the exact values, where a table has them."""
        return f"exact_{self.y}"


def ratios(selection: Slice, x: str, rows: Sequence[str], column: str) -> Curves:
    """The variance ratio against `x`, with the line where no estimator wins."""
    return Curves(x, "variance_ratio", "numerator", rows, column, "variance ratio", slices.reference(selection.frame))
