"""What a reader sees first: the answers in a line each, and the variance ratios in the middle cell of the grid."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from bench.markup.mathematics import plain
from bench.markup.numbers import give_or_take, known, number, spoken
from bench.report.sections import wording
from bench.report.sections.asked import is_asked
from bench.report.sections.extremes import sides
from bench.report.sections.phrases import DISAGREES, NO_ORACLE, Row, Tables, slice_title, varying
from bench.report.sections.verdict import checked, not_compared
from bench.tables import slices
from bench.tables.ratios import RATIOS
from bench.tables.timings import TIMINGS

AGREE, VARIES, COSTS = "Do they agree?", "Which varies less?", "At what cost in time?"
FEW = 3  # parameters that are named
WHY, DESCENDS = plain(r"Why does $\sigma^2$ not come out?"), "What does descent do?"  # of squared error


@dataclass(frozen=True, slots=True)
class Ratio:
    """A variance ratio as it is read."""

    parameter: str
    value: str  # with its interval
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
    """The questions with their answers; none where the oracle disagrees or there was nothing to check."""
    if not judged["ok"] or judged.get("checks") == 0:
        return {}
    beyond = list(not_compared(judged))
    parameters = slices.left_to_right(slices.shown(tables["statistics"])["parameter"])
    by = f", for {wording.listed(map(wording.sign, parameters))}" if len(parameters) <= FEW else ""
    agree = f"Yes{by}{', where compared' if beyond else ''}: {checked(judged)}."
    answers = {AGREE: " ".join([agree, *beyond])}
    ratios = slices.measured(tables["ratios"], "variance_ratio")
    if not ratios.empty:
        answers[VARIES] = _which_varies_less(ratios)
    times, chosen = times_of_others(tables)
    if not times.empty:
        over = wording.the(slices.reference(tables["ratios"]))
        spread = [
            f"{wording.the(name)} takes {wording.spread(*ends)} times as long"
            for name, ends in _ends(times, "estimator", "time_ratio")
        ]
        answers[COSTS] = _sentence(f"{wording.listed(spread)} as {over}, at {wording.at(chosen)}")
    return answers | _of_sigma2(tables["statistics"])


def _of_sigma2(statistics: pd.DataFrame) -> dict[str, str]:
    """What becomes of sigma^2 where squared error is asked of one y, as far as this sweep measured it."""
    rows = shares_of_n(statistics)
    if rows.empty:
        return {}
    spread = " to ".join(dict.fromkeys(number(end, 4) for end in (rows["share"].min(), rows["share"].max())))
    names = wording.listed(map(wording.the, rows["estimator"].unique()))
    mu, sigma, sigma2 = map(wording.sign, ("mu", "sigma", "sigma2"))
    return {
        WHY: f"dF/d{sigma2} = n at every {mu} and {sigma}, and {names} measure {spread} "
        f"of it: above 0 everywhere, so F falls until {sigma} is 0. Only an objective that rewards spread, as the "
        f"entropy of an ELBO does, has a {sigma2} to be found.",
        DESCENDS: f"It takes {mu} to the mean of the data and {sigma} to 0, with either gradient: F has "
        "no other minimum. Try it, below, takes such steps; python -m bench fit study=asker measures them.",
    }


def shares_of_n(statistics: pd.DataFrame) -> pd.DataFrame:
    """The rows of dF/dsigma^2 of that question, with its `share` of n; none where n is not the exact gradient."""
    rows = statistics[is_asked(statistics) & (statistics["parameter"] == "sigma2") & (statistics["status"] == "ok")]
    rows = rows.assign(share=rows["gradient"] / rows["dataset_size"])
    return rows if np.allclose(rows["exact_gradient"], rows["dataset_size"], rtol=1e-12) else rows.head(0)


def _which_varies_less(ratios: pd.DataFrame) -> str:
    """In how many of the ratios the denominator does, in how many the numerator, and by how much."""
    above, below = sides(ratios)
    over, several = wording.name(slices.reference(ratios)), ratios["denominator"].unique()
    names = over if len(several) == 1 else f"{over} ({' or '.join(map(wording.name, several))})"
    count = f"all {number(len(ratios), 9)}" if above == len(ratios) else f"{above} of {len(ratios)}"
    others = f"; another estimator, in {below}" if below else ""
    spread = [
        f"that of {wording.the(name)} is {wording.spread(*ends)} times"
        for name, ends in _ends(ratios, "numerator", "variance_ratio")
    ]
    of_over = f"that of {wording.the(slices.reference(ratios))}"
    return _sentence(f"{names}, in {count} measured ratios{others}. Of variances {wording.listed(spread)} {of_over}")


def _sentence(words: str) -> str:
    """The words with a capital and a full stop."""
    return f"{words[0].upper()}{words[1:]}."


def times_of_others(tables: Tables) -> tuple[pd.DataFrame, dict[str, float]]:
    """The time ratios of what is no reference, in the middle cell, and which cell this is."""
    times = slices.measured(tables["timings"], "time_ratio")
    return slices.middle(_others(times, tables["ratios"]), ["dataset_size", "samples"])


def _others(times: pd.DataFrame, ratios: pd.DataFrame) -> pd.DataFrame:
    """The times without those of the references of their cells."""
    shared = [column for column in TIMINGS.keys if column in RATIOS.keys]
    below = ratios[[*shared, "denominator"]].rename(columns={"denominator": "estimator"}).drop_duplicates()
    marked = times.merge(below, how="left", on=[*shared, "estimator"], indicator="is_reference")
    return marked[marked["is_reference"] == "left_only"]


def _ends(rows: pd.DataFrame, by: str, value: str) -> Iterator[tuple[str, tuple[float, float]]]:
    """Each name with the smallest and the largest of its values."""
    ends = rows.groupby(by, sort=False)[value].agg(["min", "max"])
    for name, (low, high) in zip(ends.index, ends.to_numpy(float), strict=True):
        yield str(name), (float(low), float(high))


def headline(tables: Tables) -> Headline:
    """The headline of the tables; without entries where no ratio was measured."""
    rows = slices.measured(tables["ratios"], "variance_ratio")
    if rows.empty:
        return Headline()
    rows, chosen = slices.middle(slices.middle_theta(_middle_variant(rows)), slices.AXES)
    keys = [*varying(rows), "numerator"]
    entries = [
        Entry(_title(keys, key), [_ratio(row) for row in group.to_dict("records")])
        for key, group in rows.groupby(keys, sort=False)
    ]
    return Headline(wording.name(slices.reference(rows)), slice_title(rows, chosen), entries)


def _title(keys: Sequence[str], values: Sequence[str]) -> str:
    """An estimator, and what tells its entry apart: score function, draw per datum."""
    told = (wording.told(key, value) for key, value in zip(keys, values, strict=True))
    return ", ".join(filter(None, reversed([*told])))


def _middle_variant(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows at the middle parameters of each objective."""
    variants = rows.groupby("objective", sort=False)["variant"].unique()
    return rows[rows["variant"] == rows["objective"].map({name: of[len(of) // 2] for name, of in variants.items()})]


def _ratio(row: Row) -> Ratio:
    ends = (float(row[f"variance_ratio{end}"]) for end in ("", "_low", "_high"))
    exact = row["exact_variance_ratio"]
    told = f"exact {spoken(exact)}" if known(exact) else NO_ORACLE
    told += f" ({DISAGREES})" if row["status"] == DISAGREES else ""
    return Ratio(wording.sign(row["parameter"]), give_or_take(*ends), told)
