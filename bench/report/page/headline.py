"""What a reader sees first: the answers in a line each, and the variance ratios in the middle cell of the grid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from bench.markup.numbers import bounds, known, number_or_unknown, plain
from bench.report.sections.asked import is_asked
from bench.report.sections.extremes import sides
from bench.report.sections.phrases import Row, Tables, exact_ratio, interval, slice_title, varying
from bench.report.sections.verdict import not_compared
from bench.tables import slices
from bench.tables.ratios import RATIOS
from bench.tables.timings import TIMINGS


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

    denominator: str = "the reference"
    slice: str = ""
    entries: Sequence[Entry] = ()


def answers(tables: Tables, judged: Mapping[str, Any]) -> dict[str, str]:
    """The three questions with their answers; none where the oracle disagrees or there was nothing to check."""
    if not judged["ok"] or judged.get("checks") == 0:
        return {}
    checks, beyond = judged.get("checks", "all"), list(not_compared(judged))
    agree = f"Yes{', where compared' if beyond else ''}: {checks} checks against exact values, and none fails."
    answers = {"Do they agree?": " ".join([agree, *beyond])}
    ratios = slices.measured(tables["ratios"], "variance_ratio")
    if not ratios.empty:
        answers["Which varies less?"] = _which_varies_less(ratios)
    times = slices.measured(tables["timings"], "time_ratio")
    times, chosen = slices.middle(_others(times, tables["ratios"]), ["dataset_size", "samples"])
    if not times.empty:
        cell = ", ".join(f"{key} = {number_or_unknown(value)}" for key, value in chosen.items())
        spread = _spread(times, "estimator", "time_ratio", "takes", f"as long as {slices.reference(tables['ratios'])}")
        answers["At what cost in time?"] = f"{spread} ({cell})."
    return answers | _of_sigma2(tables["statistics"])


def _of_sigma2(statistics: pd.DataFrame) -> dict[str, str]:
    """What becomes of sigma^2 where squared error is asked of one y, as far as this sweep measured it."""
    rows = statistics[is_asked(statistics) & (statistics["parameter"] == "sigma2") & (statistics["status"] == "ok")]
    if rows.empty or not np.allclose(rows["exact_gradient"], rows["dataset_size"], rtol=1e-12):
        return {}
    shares = rows["gradient"] / rows["dataset_size"]
    spread = " to ".join(dict.fromkeys(number_or_unknown(end, 4) for end in (shares.min(), shares.max())))
    names = " and ".join(dict.fromkeys(rows["estimator"]))
    return {
        "Why does sigma^2 not come out?": f"dF/dsigma^2 = n at every mu and sigma, and {names} measure {spread} of it: "
        "above 0 everywhere, so F falls until sigma is 0. Only an objective that rewards spread, as the entropy of an "
        "ELBO does, has a sigma^2 to be found.",
        "What does descent do?": "A sweep takes no steps; Try it, below, shows some, and python -m bench fit measures "
        "them.",
    }


def _which_varies_less(ratios: pd.DataFrame) -> str:
    """In how many of the ratios the denominator does, in how many the numerator, and by how much."""
    above, below = sides(ratios)
    over = slices.reference(ratios)
    names = over if over == slices.denominators(ratios) else f"{over} ({slices.denominators(ratios)})"
    count = f"all {len(ratios)}" if above == len(ratios) else f"{above} of {len(ratios)}"
    others = f"; another estimator, in {below}" if below else ""
    spread = _spread(ratios, "numerator", "variance_ratio", "has", f"the variance of {over}")
    return f"{names}, in {count} measured ratios{others}. {spread}."


def _others(times: pd.DataFrame, ratios: pd.DataFrame) -> pd.DataFrame:
    """The times without those of the references of their cells."""
    shared = [column for column in TIMINGS.keys if column in RATIOS.keys]
    below = ratios[[*shared, "denominator"]].rename(columns={"denominator": "estimator"}).drop_duplicates()
    marked = times.merge(below, how="left", on=[*shared, "estimator"], indicator="is_reference")
    return marked[marked["is_reference"] == "left_only"]


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
    rows, chosen = slices.middle(slices.middle_theta(_middle_variant(rows)), slices.AXES)
    entries = [
        Entry(", ".join(filter(None, reversed(key))), [_ratio(row) for row in group.to_dict("records")])
        for key, group in rows.groupby([*varying(rows), "numerator"], sort=False)
    ]
    return Headline(slices.reference(rows), slice_title(rows, chosen), entries)


def _middle_variant(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows at the middle parameters of each objective."""
    variants = rows.groupby("objective", sort=False)["variant"].unique()
    return rows[rows["variant"] == rows["objective"].map({name: of[len(of) // 2] for name, of in variants.items()})]


def _ratio(row: Row) -> Ratio:
    measured, told = interval(row, "variance_ratio"), exact_ratio(row)
    told = f"exact {told}" if known(row["exact_variance_ratio"]) else told
    return Ratio(row["parameter"], plain(measured.value), bounds(measured), told)
