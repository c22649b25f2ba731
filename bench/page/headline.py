"""The variance ratios that a reader sees first: those in the middle cell of the grid."""

from dataclasses import dataclass, field
from typing import Any

from bench import slices
from bench.sections.words import Row, Tables, interval, number, varying


@dataclass(frozen=True, slots=True)
class Headline:
    """For each estimator its ratios by parameter, and in words which cell they are from."""

    denominator: str = "pathwise"
    shown: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)


def headline(tables: Tables) -> Headline:
    """The headline of the tables; without rows where no ratio was measured."""
    frame = slices.measured(tables["ratios"], "variance_ratio")
    if frame.empty:
        return Headline()
    frame, chosen = slices.middle(frame, slices.AXES)
    rows = [
        {"title": ", ".join(filter(None, reversed(key))), "ratios": [_ratio(row) for row in part.to_dict("records")]}
        for key, part in frame.groupby([*varying(frame), "numerator"], sort=False)
    ]
    words = slices.constants(frame, (*slices.FACETS, "data"), chosen)
    return Headline(frame["denominator"].iloc[0], f"Shown: {words}.", rows)


def _ratio(row: Row) -> dict[str, str]:
    value, _, bounds = interval(row, "variance_ratio").partition(" ")
    exact = number(row["exact_variance_ratio"])
    return {"parameter": row["parameter"], "value": value, "interval": bounds, "exact": exact}
