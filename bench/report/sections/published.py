"""A published figure or table beside this run: its setting, its claims, each point exact, measured and published."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from bench.config.published import NUMBER
from bench.markup.blocks import Block, Bullets, Cell, Column, Heading, Number, Paragraph, Table
from bench.markup.numbers import known, number
from bench.report.sections.phrases import Row, Tables, exact, interval
from bench.tables import slices
from bench.tables.statistics import STATISTICS

NORMAL_95 = 1.96  # standard errors
MOST, FEW = 120, 4  # points in the table; exceptions to a claim that are named
PLACE = [key for key in STATISTICS.keys if key != "estimator"]  # where two estimators are compared
VARIANCES = ["variance", "variance_low", "variance_high", "exact_variance"]
SILENT = ("dimension",)  # which follows from the others


def published(tables: Tables, manifest: Mapping[str, Any]) -> list[Block]:
    """What the study's source says and what this run has; nothing of a study that repeats none."""
    told = (manifest.get("config") or {}).get("published")
    rows = slices.measured(tables["statistics"], "variance")
    if not told or rows.empty:
        return []
    keys = [key for key in PLACE if key not in (*SILENT, "parameter") and rows[key].nunique(dropna=False) > 1]
    claims = [f"{claim['says']}: {_judged(rows, claim, keys)}." for claim in told.get("claims") or ()]
    numbers = [(place, _at(rows, place)) for place in told.get("numbers") or ()]
    missing = [f"No row of this run is where {_where(place)}." for place, at in numbers if at.empty]
    return [
        Heading(2, "As published"),
        Paragraph(f"Source: {told['source']}. Setting: {told['setting']}."),
        *([Bullets(claims)] if claims else []),
        _table(rows, keys, numbers),
        Paragraph(" ".join([_meaning(rows, bool(numbers)), *missing])),
    ]


def _at(rows: pd.DataFrame, places: Mapping[str, Any]) -> pd.DataFrame:
    """The rows where the keys have these values."""
    for key, value in places.items():
        if key not in NUMBER:
            rows = rows[rows[key].map(_pairs_of) >= _pairs_of(value) if key == "variant" else rows[key] == value]
    return rows


def _pairs_of(variant: str) -> frozenset[str]:
    """The parameters of an objective, of which a place may name some: k=10."""
    return frozenset(variant.split(","))


def _where(places: Mapping[str, Any]) -> str:
    """Where a row is, in words: samples 10, parameter mu."""
    words = ((key, value if isinstance(value, str) else number(value)) for key, value in places.items())
    return ", ".join(f"{key} {value}" for key, value in words if key not in NUMBER)


def _judged(rows: pd.DataFrame, claim: Mapping[str, Any], keys: Sequence[str]) -> str:
    """In how many points a claim holds, and where it does not."""
    if "lower" not in claim:
        return "a qualitative claim, with nothing in it to be compared"
    holds, fails, untold = 0, [], 0
    for lower, than in _pairs(_at(rows, claim.get("where") or {}), claim):
        below, above = _is_lower(lower, than), _is_lower(than, lower)
        holds, untold = holds + below, untold + (not below and not above)
        if above:
            place = {key: lower[key] for key in (*keys, "parameter") if pd.notna(lower[key]) and lower[key] != ""}
            fails.append(f"{_where(place)}: {number(_best(lower))} against {number(_best(than))}")
    if not (count := holds + len(fails) + untold):
        return "this run has no point of it"
    words = [f"holds in {holds} of {count} points"]
    if fails:
        words.append(f"does not in {len(fails)} ({'; '.join(fails[:FEW])}{'; ...' if len(fails) > FEW else ''})")
    if untold:
        words.append(f"is not told apart in {untold}")
    return ", ".join(words)


def _pairs(rows: pd.DataFrame, claim: Mapping[str, Any]) -> Iterator[tuple[Row, Row]]:
    """The rows of the two estimators of a claim, point by point."""
    lower, than = (rows[rows["estimator"] == claim[name]] for name in ("lower", "than"))
    both = lower.merge(than[[*PLACE, *VARIANCES]], on=PLACE, suffixes=("", "_than")).to_dict("records")
    for row in both:
        yield row, {name: row[f"{name}_than"] for name in VARIANCES}


def _best(row: Row) -> float:
    """The exact variance, else the measured one."""
    return float(row["exact_variance"] if known(row["exact_variance"]) else row["variance"])


def _is_lower(row: Row, other: Row) -> bool:
    """Whether a variance is lower than another: exactly, or by intervals that do not meet."""
    if known(row["exact_variance"]) and known(other["exact_variance"]):
        return bool(row["exact_variance"] < other["exact_variance"])
    return bool(row["variance_high"] < other["variance_low"])


def _table(rows: pd.DataFrame, keys: Sequence[str], numbers: Sequence[tuple[Mapping[str, Any], pd.DataFrame]]) -> Table:
    """A line for each point and estimator."""
    values = {label: told for told, at in numbers for label in at.index}
    lines: list[list[Cell]] = []
    for label, row in rows.head(MOST).iterrows():
        record = row.to_dict()
        places = [_cell(record[key]) for key in (*keys, "parameter", "estimator")]
        lines.append([*places, exact(record["exact_variance"], 4), interval(record, "variance")])
        if values:
            lines[-1] += _beside(values[label], record) if label in values else [None, None]
    names = [Column(key) for key in (*keys, "parameter", "estimator")]
    header = [*names, Column("exact", "variance"), Column("measured", "variance")]
    header += [Column("published", "variance"), Column("agrees")] if values else []
    return Table(header, lines, "Point by point")


def _cell(value: Any) -> Cell:
    return value if isinstance(value, str) else Number(value) if known(value) else None


def _beside(told: Mapping[str, Any], row: Row) -> list[Cell]:
    """A published variance, and whether it and the interval agree within its own error and half of its last digit."""
    value = float(told["variance"])
    _, _, decimals = f"{value:g}".partition(".")
    last = 0.5 * 10.0 ** -len(decimals) if "e" not in decimals else 0.0
    kurtosis = row["kurtosis"] if known(row["kurtosis"]) else 3.0
    error = math.sqrt((kurtosis - 1) / told["replicates"]) if "replicates" in told else 0.0  # relative
    factor = math.exp(NORMAL_95 * error)
    holds = row["variance_low"] / factor - last <= value <= row["variance_high"] * factor + last
    return [Number(value), "yes" if holds else "no"]


def _meaning(rows: pd.DataFrame, compared: bool) -> str:
    """What the columns are."""
    words = ["Measured with 95 % intervals."]
    if compared:
        words.append(
            "A published number agrees if the interval holds it, but for half a unit of its last digit and, where the "
            "source measured it from so many estimates, for twice the error that a variance of so many has."
        )
    words.append("A claim is judged by exact variances where both are known, else by intervals that do not meet.")
    if len(rows) > MOST:
        words.append(f"The first {MOST} of {len(rows)}; statistics.csv has all.")
    return " ".join(words)
