"""What a reader sees first: the answers in a line each, and the variance ratios in the middle cell of the grid."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from bench.report.sections.phrases import Row, Tables, interval, number, varying
from bench.spec import REFERENCE
from bench.tables import slices


@dataclass(frozen=True, slots=True)
class Headline:
    """For each estimator its ratios by parameter, and in words which cell they are from."""

    denominator: str = REFERENCE
    shown: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)


def answers(tables: Tables, found: Mapping[str, Any]) -> dict[str, str]:
    """The three questions with their answers; none where the oracle disagrees or there was nothing to check."""
    if not found["ok"] or found.get("checks") == 0:
        return {}
    said = {"Do they agree?": f"Yes: {found.get('checks', 'all')} checks against exact values, and none fails."}
    ratios = slices.measured(tables["ratios"], "variance_ratio")
    if not ratios.empty:
        above, below = (ratios["variance_ratio_low"] > 1).sum(), (ratios["variance_ratio_high"] < 1).sum()
        over, all_of = ratios["denominator"].iloc[0], len(ratios)
        counted = f"all {all_of}" if above == all_of else f"{above} of {all_of}"
        other = f"; another estimator, in {below}" if below else ""
        spread = _spread(ratios, "numerator", "variance_ratio", "has", f"the variance of {over}")
        said["Which varies less?"] = f"{over}, in {counted} measured ratios{other}. {spread}."
    times = slices.measured(tables["timings"], "time_ratio")
    times, chosen = slices.middle(times[times["estimator"] != REFERENCE], ["dataset_size", "samples"])
    if not times.empty:
        cell = ", ".join(f"{key} = {number(value)}" for key, value in chosen.items())
        spread = _spread(times, "estimator", "time_ratio", "takes", f"as long as {REFERENCE}")
        said["At what cost in time?"] = f"{spread} ({cell})."
    return said


def _spread(rows: pd.DataFrame, by: str, value: str, verb: str, what: str) -> str:
    """The smallest and the largest value of each: x takes 0.97 to 1.02 times as long as z, y 1.03 times."""
    ends = rows.groupby(by, sort=False)[value].agg(["min", "max"])
    words: list[str] = []
    for name, row in zip(ends.index, ends.to_numpy(float), strict=True):
        both = " to ".join(dict.fromkeys(map(number, row)))
        words.append(f"{name} {both} times" if words else f"{name} {verb} {both} times {what}")
    return ", ".join(words)


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
