"""A law of a figure: of tables without rows it shows nothing, and does not fail."""

from collections.abc import Iterator

import pandas as pd

from bench.faults import reason
from bench.laws.finding import Finding
from bench.laws.outcome import Outcome, tried
from bench.registry import Registry
from bench.spec import Figure
from bench.tables.contents import TABLES


def nothing_of_nothing(figure: Figure) -> Finding | None:
    """select gives None, or a slice without rows."""
    empty = {}
    for name, table in TABLES.items():
        types = {column: str if column in table.text else float for column in table.columns}
        empty[name] = pd.DataFrame({column: pd.Series(dtype=kind) for column, kind in types.items()})
    try:
        selection = figure.select(empty)
    except Exception as error:
        return Finding(reason(error), 1.0, 0.0, float("inf"))
    rows = 0 if selection is None else len(selection.frame)
    return Finding("rows that are shown", float(rows), 0.0, float(rows)) if rows else None


def of_figure(figure: Figure, registry: Registry) -> Iterator[Outcome]:
    """Whether it bears a run without rows; the report of a run draws it."""
    yield tried("nothing of tables without rows", [figure], nothing_of_nothing, lambda plugin: plugin.name)
