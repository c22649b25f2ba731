"""What an estimate costs on each machine of a merged run, side by side, and what a variance is worth there."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from bench.markup.blocks import Block, Cell, Column, Duration, Heading, Paragraph, Table
from bench.markup.numbers import known
from bench.report.sections.phrases import Row, Tables, caption, interval, slice_title, varying
from bench.tables import slices


def machines(tables: Tables) -> list[Block]:
    """The times and the efficiency in the middle cell of the grid."""
    title = Heading(2, "Time")
    times = slices.measured(tables["timings_by_machine"], "estimate_ns")
    if times.empty:
        return [title, Paragraph("Nothing was timed.")]
    times, chosen = slices.middle(times, ["dataset_size", "samples"])
    cells = {"time per estimate": _time, "time ratio": _ratio("time_ratio")}
    over = caption("Time ratios are over {reference} in the same cell.", tables["ratios"])
    text = (
        "Times of different machines, or of different runs, are not pooled. Medians over interleaved rounds with their "
        f"intervals, drawing included. {over} {slice_title(times, chosen)}"
    )
    return [title, _beside(times, ("evaluation", "estimator"), cells), Paragraph(text), *_efficiency(tables)]


def _efficiency(tables: Tables) -> list[Block]:
    """Pooled variance ratios times the time ratios of each machine."""
    rows = slices.measured(tables["efficiency_by_machine"], "efficiency_ratio")
    if rows.empty:
        return []
    rows, chosen = slices.middle(slices.middle_theta(rows), slices.AXES)
    meaning = caption(
        "Pooled variance ratio times the time ratio of the machine; above 1 {reference} has the lower variance for the "
        "same time.",
        tables["ratios"],
    )
    cells = {"efficiency ratio": _ratio("efficiency_ratio")}
    table = _beside(rows, ("evaluation", "numerator", "parameter"), cells)
    return [table, Paragraph(f"{meaning} {slice_title(rows, chosen)}")]


def _beside(rows: pd.DataFrame, names: Sequence[str], cells: Mapping[str, Callable[[Row], Cell]]) -> Table:
    """A line for each facet and name; in it, for each machine, the `cells` of its row."""
    keys, places = [*varying(rows), *names], rows["machine"].unique()
    lines: list[list[Cell]] = []
    for key, group in rows.groupby(keys, sort=False):
        there = {row["machine"]: row for row in group.to_dict("records")}
        lines.append(
            [*key, *(make(there[place]) if place in there else None for place in places for make in cells.values())]
        )
    return Table([*map(Column, keys), *(Column(text, place) for place in places for text in cells)], lines)


def _time(row: Row) -> Cell:
    return interval(row, "estimate_ns", Duration)


def _ratio(name: str) -> Callable[[Row], Cell]:
    return lambda row: interval(row, name) if known(row[name]) else None
