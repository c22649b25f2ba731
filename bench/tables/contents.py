"""The tables of a run: the one list of them. A new table is one file of this folder and one name here.

Its rows must also be among those that `_tables` in `commands/sweep.py` or `fit` in `descent/fit.py` gathers, or reading
the run lacks its file.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from bench.tables.components import COMPONENTS
from bench.tables.contours import CONTOURS
from bench.tables.curves import CURVES
from bench.tables.draws import DRAWS
from bench.tables.efficiency import EFFICIENCY
from bench.tables.encoder import ENCODER
from bench.tables.exact import EXACT
from bench.tables.firsts import FIRSTS
from bench.tables.latents import LATENTS
from bench.tables.leads import LEADS
from bench.tables.lines import LINES
from bench.tables.machines import MACHINE_EFFICIENCY, MACHINE_TIMINGS
from bench.tables.manifest import kind_told
from bench.tables.paths import PATHS
from bench.tables.peers import PEERS
from bench.tables.ratios import RATIOS
from bench.tables.reconstructions import RECONSTRUCTIONS
from bench.tables.schema import Table
from bench.tables.statistics import STATISTICS
from bench.tables.theory import THEORY
from bench.tables.times import TIMES
from bench.tables.timings import TIMINGS

BY_KIND: Mapping[str, tuple[Table, ...]] = {
    "sweep": (
        *(STATISTICS, RATIOS, TIMINGS, EFFICIENCY, COMPONENTS, EXACT, LINES, DRAWS),
        *(MACHINE_TIMINGS, MACHINE_EFFICIENCY),
    ),
    "fit": (CURVES, PATHS, TIMES, FIRSTS, LEADS, THEORY, CONTOURS, ENCODER, RECONSTRUCTIONS, LATENTS),
    "peers": (PEERS,),
}
TABLES: Mapping[str, Table] = {table.name: table for tables in BY_KIND.values() for table in tables}


def kind_of(folder: Path) -> str:
    """Which command made the run in a folder: its manifest tells, else its tables do."""
    try:
        record = json.loads((folder / "manifest.json").read_text())
        kind = kind_told(record) if isinstance(record, dict) else ""
    except (OSError, ValueError):
        kind = ""
    if kind in BY_KIND:
        return kind
    return "fit" if (folder / "curves.csv").exists() else "sweep"


def tables_in(folder: Path, names: Iterable[str] = TABLES) -> list[str]:
    """Those of the tables that a run in a folder has to be read with: of its kind, but for optional ones."""
    of_kind = [
        table.name
        for table in BY_KIND[kind_of(folder)]
        if not table.optional or (folder / f"{table.name}.csv").exists()
    ]
    return [name for name in names if name in of_kind]
