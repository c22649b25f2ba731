"""The tables of a run: the one list of them. A new table is one file of this folder and one name here.

Its rows must also be among those that `_tables` in `commands/sweep.py` gathers, or reading the run lacks its file.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from bench.tables.components import COMPONENTS
from bench.tables.efficiency import EFFICIENCY
from bench.tables.encoder import ENCODER
from bench.tables.latents import LATENTS
from bench.tables.ratios import RATIOS
from bench.tables.reconstructions import RECONSTRUCTIONS
from bench.tables.schema import Table
from bench.tables.statistics import STATISTICS
from bench.tables.timings import TIMINGS

ALL = (STATISTICS, RATIOS, TIMINGS, EFFICIENCY, COMPONENTS, ENCODER, RECONSTRUCTIONS, LATENTS)
TABLES: Mapping[str, Table] = {table.name: table for table in ALL}


def tables_in(folder: Path, names: Iterable[str] = TABLES) -> list[str]:
    """Those of the tables that a run in a folder has to be read with: all but optional ones that it is without."""
    return [name for name in names if not TABLES[name].optional or (folder / f"{name}.csv").exists()]
