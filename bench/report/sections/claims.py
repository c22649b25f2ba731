"""Whether what a study claims holds in this run: point by point, by exact values where both are known.

Two sides are compared wherever all else is the same: their variances, or these times their work; or the powers of an
axis with which they change over the last decade of it, d log variance / d log axis.
"""

import math
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from bench.config.published import side
from bench.drawing import sentences
from bench.markup.mathematics import plain
from bench.markup.numbers import spoken
from bench.report.sections.phrases import Tables
from bench.statistics.moments import quiet
from bench.tables.curves import LEARNER
from bench.tables.statistics import STATISTICS
from bench.tables.timings import TIMINGS

FEW = 4  # exceptions to a claim that are named
EQUAL = 1e-9  # relative, between exact values that are the same
DECADE = 10 * (1 + 1e-9)
NEAR = 0.05  # between rates that are the same to one decimal
VALUE, ENDS = "value", ("", "_low", "_high")
PLACE = tuple(STATISTICS.keys)
PLACES = tuple(dict.fromkeys((*PLACE, *LEARNER)))  # of a fit too
QUALITATIVE = "a qualitative claim, with nothing in it to be compared"
FOLLOW = ("data", "dimension")  # keys that follow from the others
Row = Mapping[str, Any]


def judged(tables: Tables, rows: pd.DataFrame, claim: Mapping[str, Any]) -> str:
    """In how many points of some rows of the statistics a claim holds, by how much, and where it does not."""
    if not {"lower", "rate"} & {*claim}:
        return QUALITATIVE
    rows = _valued(tables, at(rows, claim.get("where") or {}), claim.get("in", "variance"))
    if "rate" in claim:
        along = claim["along"]
        return _rates(_along(rows, along, PLACE), claim, varying(rows, without=(along,)))
    return compared(rows, claim, claim.get("along"))


def at_the_end(curves: pd.DataFrame, claim: Mapping[str, Any]) -> str:
    """The same of the learners of a fit at their last step: of the medians of F, or of the gradient's variance."""
    if "lower" not in claim:
        return QUALITATIVE
    last = curves[curves["step"] == curves["step"].max()]
    rows, measure = last[[*LEARNER]].assign(exact=False), "step_variance" if claim.get("in") == "variance" else "loss"
    for end, of_median in zip(ENDS, ("", "_median_low", "_median_high"), strict=True):
        rows[VALUE + end] = last[f"{measure}{of_median}"].astype(float)
    return compared(at(rows[rows[VALUE].notna()], claim.get("where") or {}), claim)


def compared(rows: pd.DataFrame, claim: Mapping[str, Any], along: str | None = None) -> str:
    """Whether one side of a claim is lower than the other, in rows with a value; `along` an axis, its rate."""
    keys = varying(rows, without=(*_named(claim), along))
    holds, fails, equal, untold = [], [], 0, 0
    for lower, than in _pairs(rows, claim, along):
        if _is_lower(lower, than):
            holds.append((lower[VALUE], than[VALUE]))
        elif _is_lower(than, lower):
            place = ": ".join(filter(None, [_place_of(lower, keys), f"{spoken(lower[VALUE])} against"]))
            fails.append(f"{place} {spoken(than[VALUE])}")
        elif lower["exact"] and than["exact"]:
            equal += 1
        else:
            untold += 1
    return _counted(holds, fails, equal, untold, "" if along else _factors(holds))


def at(rows: pd.DataFrame, places: Mapping[str, Any]) -> pd.DataFrame:
    """The rows where the keys have these values; of a variant, some of its parameters."""
    for key, value in places.items():
        if key in PLACES and key in rows:
            rows = rows[rows[key].map(_pairs_of) >= _pairs_of(value) if key == "variant" else rows[key] == value]
    return rows


def where(places: Mapping[str, Any]) -> str:
    """Where a row is, in words: K = 10, gradient by its parameter."""
    told = (plain(sentences.common(key, value)) for key, value in places.items() if key in PLACES)
    return ", ".join(filter(None, told))


def varying(rows: pd.DataFrame, without: Collection[str | None] = ()) -> list[str]:
    """The keys that tell rows apart, but for those that follow from others."""
    there = [key for key in PLACES if key in rows and key not in (*FOLLOW, *without)]
    return [key for key in there if rows[key].nunique(dropna=False) > 1]


def _pairs_of(variant: str) -> frozenset[str]:
    """The parameters of an objective, of which a place may name some: k=10."""
    return frozenset(variant.split(","))


def _place_of(row: Row, keys: Sequence[str]) -> str:
    return where({key: row[key] for key in keys if key in row and _is_there(row[key])})


def _is_there(value: Any) -> bool:
    """Whether a key has a value here."""
    return bool(pd.notna(value) and value != "")


def _valued(tables: Tables, rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Rows with a value, its interval, and whether it is exact: the variance, or this times the work of an estimate."""
    exact = np.isfinite(rows["exact_variance"].astype(float))
    rows = rows.assign(exact=exact)
    for end in ENDS:
        told = rows[f"variance{end}"].where(rows["variance"] != 0, 0.0)  # that of no spread has no interval
        rows[VALUE + end] = rows["exact_variance"].where(exact, told).astype(float)
    if measure == "seconds":
        shared = [key for key in TIMINGS.keys if key in PLACE]
        times = tables["timings"][[*TIMINGS.keys, *(f"time_ratio{end}" for end in ENDS)]]
        rows = rows.merge(times, on=shared).assign(exact=False)
    for end in ENDS if measure != "variance" else ():
        rows[VALUE + end] *= rows["evaluations" if measure == "evaluations" else f"time_ratio{end}"].astype(float)
    return rows[np.isfinite(rows[VALUE])]


def _pairs(rows: pd.DataFrame, claim: Mapping[str, Any], along: str | None) -> Iterator[tuple[Row, Row]]:
    """The rows of the two sides of a claim where all else is the same."""
    named = _named(claim)
    keys = [key for key in (*PLACES, "evaluation") if key in rows and key not in named]
    lower, than = (_unnamed(at(rows, places), named, places) for places in (side(claim["lower"]), side(claim["than"])))
    if along:
        lower, than, keys = _along(lower, along, keys), _along(than, along, keys), [key for key in keys if key != along]
    values = [f"{VALUE}{end}" for end in ENDS] + ["exact"]
    if lower.empty or than.empty:
        return
    for row in lower.merge(than[[*keys, *values]], on=keys, suffixes=("", "_than")).to_dict("records"):
        yield row, {name: row[f"{name}_than"] for name in values}


def _named(claim: Mapping[str, Any]) -> Sequence[str]:
    """The keys in which the sides of a claim may differ; of a variant, what neither names stays."""
    return [key for name in ("lower", "than") for key in side(claim.get(name) or {}) if key != "variant"]


def _unnamed(rows: pd.DataFrame, named: Collection[str], places: Mapping[str, Any]) -> pd.DataFrame:
    """Rows whose variant no longer has what the sides name of it."""
    taken = _pairs_of(str(places.get("variant", "")))

    def left(variant: str) -> str:
        words = [word for word in variant.split(",") if word not in taken]
        return ",".join(word for word in words if word.partition("=")[0] not in named)

    return rows.assign(variant=rows["variant"].map(left))


def _along(rows: pd.DataFrame, axis: str | None, keys: Sequence[str]) -> pd.DataFrame:
    """The rates of change along an axis in place of the values, one for all rows that differ in it alone."""
    assert axis is not None
    rows = _unnamed(rows, (axis,), {})
    others: list[Hashable] = [key for key in keys if key != axis]
    lines = []
    for _, group in rows[rows[VALUE] > 0].groupby(others, dropna=False, sort=False):
        ordered = group.sort_values(axis)
        decade = ordered[ordered[axis] * DECADE >= ordered[axis].iloc[-1]]
        first, last = (decade if len(decade) > 1 else ordered.tail(2)).iloc[0], ordered.iloc[-1]
        if (stretch := math.log(last[axis] / first[axis]) if first[axis] > 0 else 0.0) > 0:
            ends = (("", ""), ("_low", "_high"), ("_high", "_low"))  # the slowest rise has the highest start
            rates = {
                f"{VALUE}{end}": _log(last[f"{VALUE}{end}"] / first[f"{VALUE}{start}"]) / stretch for end, start in ends
            }
            lines.append({**last.to_dict(), **rates, "exact": first["exact"] and last["exact"]})
    return pd.DataFrame(lines)


@quiet
def _log(ratio: float) -> float:
    return float(np.log(ratio))


def _rates(rows: pd.DataFrame, claim: Mapping[str, Any], keys: Sequence[str]) -> str:
    """In how many points a rate is the one that is claimed."""
    holds, fails, untold = [], [], 0
    for row in rows.to_dict("records"):
        near = abs(row[VALUE] - claim["rate"]) <= NEAR
        if near:
            holds.append((row[VALUE], row[VALUE]))
        elif row["exact"] or not row[f"{VALUE}_low"] - NEAR <= claim["rate"] <= row[f"{VALUE}_high"] + NEAR:
            fails.append(f"{_place_of(row, keys)}: {row[VALUE]:.2f}")
        else:
            untold += 1
    return _counted(holds, fails, 0, untold, "")


def _is_lower(row: Row, other: Row) -> bool:
    """Whether a value is lower than another: exactly, or by intervals that do not meet."""
    if row["exact"] and other["exact"]:
        gap = other[VALUE] - row[VALUE]
        return bool(gap > EQUAL * max(abs(row[VALUE]), abs(other[VALUE])))
    return bool(row[f"{VALUE}_high"] < other[f"{VALUE}_low"])


def _factors(holds: Sequence[tuple[float, float]]) -> str:
    """By how much the lower sides are lower."""
    factors = sorted(than / lower for lower, than in holds if lower > 0 and math.isfinite(than))
    ends = dict.fromkeys(spoken(factor) for factor in (*factors[:1], *factors[-1:]))
    words = [f"by a factor of {' to '.join(ends)}"] if factors else []
    for value, count in {"0": sum(lower == 0 for lower, _ in holds), "infinity": sum(map(_ends, holds))}.items():
        words += [f"{'with' if value == '0' else 'against'} {value} in {count}"] if count else []
    return f" ({', '.join(words)})" if words else ""


def _ends(pair: tuple[float, float]) -> bool:
    """Whether the other side has no end."""
    return math.isinf(pair[1])


def _counted(holds: Sequence[Any], fails: Sequence[str], equal: int, untold: int, by: str) -> str:
    """How many points there are of each kind, in words."""
    if not (count := len(holds) + len(fails) + equal + untold):
        return "this run has no point of it"
    words = [f"holds in {len(holds)} of {count} points{by}"]
    if fails:
        words.append(f"does not in {len(fails)} ({'; '.join(fails[:FEW])}{'; ...' if len(fails) > FEW else ''})")
    if equal:
        words.append(f"is equal in {equal}")
    if untold:
        words.append(f"is not told apart in {untold}")
    return ", ".join(words)
