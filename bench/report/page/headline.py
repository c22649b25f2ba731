"""What a reader sees first: the answers in a line each, and the variance ratios in the middle cell of the grid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from bench.markup.numbers import bounds, number_or_unknown, plain
from bench.report.sections.extremes import sides
from bench.report.sections.phrases import Row, Tables, interval, slice_title, varying
from bench.spec import REFERENCE
from bench.tables import slices


@dataclass(frozen=True, slots=True)
class Ratio:
    """A variance ratio as it is read."""

    parameter: str
    value: str
    bounds: str
    exact: str


@dataclass(frozen=True, slots=True)
class Entry:
    """The ratios of an estimator; the title has its name, and the facets that vary."""

    title: str
    ratios: Sequence[Ratio]


@dataclass(frozen=True, slots=True)
class Headline:
    """The ratios of each estimator over the denominator, and in words which cell they are from."""

    denominator: str = REFERENCE
    slice: str = ""
    entries: Sequence[Entry] = ()


def answers(tables: Tables, judged: Mapping[str, Any]) -> dict[str, str]:
    """The three questions with their answers; none where the oracle disagrees or there was nothing to check."""
    if not judged["ok"] or judged.get("checks") == 0:
        return {}
    answers = {"Do they agree?": f"Yes: {judged.get('checks', 'all')} checks against exact values, and none fails."}
    ratios = slices.measured(tables["ratios"], "variance_ratio")
    if not ratios.empty:
        answers["Which varies less?"] = _which_varies_less(ratios)
    times = slices.measured(tables["timings"], "time_ratio")
    times, chosen = slices.middle(times[times["estimator"] != REFERENCE], ["dataset_size", "samples"])
    if not times.empty:
        cell = ", ".join(f"{key} = {number_or_unknown(value)}" for key, value in chosen.items())
        spread = _spread(times, "estimator", "time_ratio", "takes", f"as long as {REFERENCE}")
        answers["At what cost in time?"] = f"{spread} ({cell})."
    return answers


def _which_varies_less(ratios: pd.DataFrame) -> str:
    """In how many of the ratios the denominator does, in how many the numerator, and by how much."""
    above, below = sides(ratios)
    over = ratios["denominator"].iloc[0]
    count = f"all {len(ratios)}" if above == len(ratios) else f"{above} of {len(ratios)}"
    others = f"; another estimator, in {below}" if below else ""
    spread = _spread(ratios, "numerator", "variance_ratio", "has", f"the variance of {over}")
    return f"{over}, in {count} measured ratios{others}. {spread}."


def _spread(rows: pd.DataFrame, by: str, value: str, verb: str, what: str) -> str:
    """The smallest and the largest value of each: x takes 0.97 to 1.02 times as long as z, y 1.03 times."""
    ends = rows.groupby(by, sort=False)[value].agg(["min", "max"])
    words: list[str] = []
    for name, row in zip(ends.index, ends.to_numpy(float), strict=True):
        both = " to ".join(dict.fromkeys(map(number_or_unknown, row)))
        words.append(f"{name} {both} times" if words else f"{name} {verb} {both} times {what}")
    return ", ".join(words)


def headline(tables: Tables) -> Headline:
    """The headline of the tables; without entries where no ratio was measured."""
    rows = slices.measured(tables["ratios"], "variance_ratio")
    if rows.empty:
        return Headline()
    rows, chosen = slices.middle(rows, slices.AXES)
    entries = [
        Entry(", ".join(filter(None, reversed(key))), [_ratio(row) for row in group.to_dict("records")])
        for key, group in rows.groupby([*varying(rows), "numerator"], sort=False)
    ]
    return Headline(rows["denominator"].iloc[0], slice_title(rows, chosen), entries)


def _ratio(row: Row) -> Ratio:
    measured = interval(row, "variance_ratio")
    exact = number_or_unknown(row["exact_variance_ratio"])
    return Ratio(row["parameter"], plain(measured.value), bounds(measured), exact)
