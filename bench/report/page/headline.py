"""What a reader sees first: the answers in a line each, and the variance ratios in the middle cell of the grid."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from bench.markup.numbers import give_or_take, known, number, spoken
from bench.report.page.sigma2 import of_sigma2
from bench.report.sections import wording
from bench.report.sections.asked import NAME
from bench.report.sections.extremes import sides
from bench.report.sections.phrases import DISAGREES, NO_ORACLE, Row, Tables, slice_title, varying
from bench.report.sections.verdict import checked, not_compared
from bench.tables import slices
from bench.tables.ratios import RATIOS
from bench.tables.timings import TIMINGS

AGREE, VARIES, COSTS = "Do they agree?", "Which varies less?", "At what cost in time?"
FEW = 3  # parameters that are named
CLOSE = 0.1  # of 1: ratios of times that read as equal


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
        told = [f"{wording.the(name)} {_takes(*ends, over)}" for name, ends in _ends(times, "estimator", "time_ratio")]
        answers[COSTS] = _sentence(f"at {wording.at(chosen)}, {'; '.join(told)}")
    return answers | of_sigma2(tables)


def _takes(low: float, high: float, over: str) -> str:
    """How long an estimate takes, from the least and the largest ratio to the time of another."""
    spread, off = wording.spread(low, high), max(abs(low - 1), abs(high - 1))
    if off > CLOSE:
        return f"takes {spread} times as long as {over}"
    more = "" if spread == "1" else f" ({spread})"
    return f"takes as long as {over}, within {max(math.ceil(100 * off), 1)} %{more}"


def _which_varies_less(ratios: pd.DataFrame) -> str:
    """In how many of the ratios the denominator does, in how many the numerator, by how much, and of what that is."""
    above, below = sides(ratios)
    names, several = wording.name(slices.reference(ratios)), ratios["denominator"].unique()
    names += f" ({' or '.join(map(wording.name, several))})" * (len(several) > 1)
    count = f"all {number(len(ratios), 9)}" if above == len(ratios) else f"{above} of {len(ratios)}"
    others = f"; another estimator, in {below}" if below else ""
    return f"{_sentence(f'{names}, in {count} measured ratios{others}')} {_sentence(_spreads(ratios))}{_scope(ratios)}"


def _spreads(ratios: pd.DataFrame) -> str:
    """The least and the largest ratio of each estimator, apart for each kind of latent."""
    several, told = ratios["latent"].nunique() > 1, []
    for (latent, numerator), rows in ratios.groupby(["latent", "numerator"], sort=False):
        which = f" ({wording.told('latent', latent)})" if several else ""
        told.append(f"{wording.the(numerator)}{which} {_multiple(rows)}")
    return f"the variance over that of {wording.the(slices.reference(ratios))}: {'; '.join(told)}"


def _multiple(rows: pd.DataFrame) -> str:
    """3.77 at sigma = 10 to 9,390 at sigma = 0.1."""
    ends = rows.loc[[rows["variance_ratio"].idxmin(), rows["variance_ratio"].idxmax()]]
    several = rows["sigma"].nunique() > 1
    at = [f" at {wording.at({'sigma': sigma})}" if several else "" for sigma in ends["sigma"]]
    told = map(spoken, ends["variance_ratio"])
    return " to ".join(dict.fromkeys(f"{ratio}{where}" for ratio, where in zip(told, at, strict=True)))


def _scope(ratios: pd.DataFrame) -> str:
    """That another f may have another answer, where pathwise varies less and squared error was asked alone."""
    alone = (ratios["objective"] == NAME).all() and (ratios["family"] == slices.NORMAL).all()
    lower = (ratios["denominator"] == "pathwise").all() and (ratios["variance_ratio_low"] > 1).all()
    if not (alone and lower):
        return ""
    sigma = wording.sign("sigma")
    return (
        f" This is no law: of f = cos(k y) the score function wins where k {sigma} is large, with a ratio for "
        f"{wording.sign('mu')} of about 1 / (k {sigma})\N{SUPERSCRIPT TWO}."
    )


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
