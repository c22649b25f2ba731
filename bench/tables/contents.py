"""The tables of a run: the one list of them. A new table is one file of this folder and one name here.

Its rows must also be among those that `_tables` in `commands/sweep.py` gathers, or reading the run lacks its file.
"""

from collections.abc import Mapping

from bench.tables.efficiency import EFFICIENCY
from bench.tables.ratios import RATIOS
from bench.tables.schema import Table
from bench.tables.statistics import STATISTICS
from bench.tables.timings import TIMINGS

TABLES: Mapping[str, Table] = {table.name: table for table in (STATISTICS, RATIOS, TIMINGS, EFFICIENCY)}
