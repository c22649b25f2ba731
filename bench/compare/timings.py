"""Has a time regressed? Estimates or benchmarks of two sides, row by row.

A call needs both: the ratio head / base above 1 + threshold (or below its inverse), and evidence against a ratio of 1
at LEVEL after Holm's correction over all rows judged. Results of another processor, another number of cores, or an
unknown one are reported, never judged.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.compare.sources import Key, Result
from bench.statistics.significance import Effect, difference, holm

FALSE_ALARM = 0.05  # chance of any false alarm in a comparison
CALLS = ("regressed", "uncertain", "improved", "unchanged", "not judged")


@dataclass(frozen=True, slots=True)
class Row:
    """A time on both sides in ns (geometric mean over the rounds), their log ratio, its adjusted p-value, the call."""

    key: Key
    base_ns: float
    head_ns: float
    effect: Effect
    p: float
    call: str

    @property
    def ratio(self) -> float:
        """Head over base."""
        return math.exp(self.effect.value)

    @property
    def interval(self) -> tuple[float, float]:
        """Of the ratio, 95 % for this row alone."""
        low, high = np.exp(self.effect.interval)
        return float(low), float(high)


def same_machine(results: Sequence[Result]) -> bool:
    """Whether all results come from one known kind of processor with as many cores."""
    return None not in results[0].cpu and len({one.cpu for one in results}) == 1


def compare(bases: Sequence[Result], heads: Sequence[Result], threshold: float) -> list[Row]:
    """The rows that all results share, the worst first."""
    machine = same_machine([*bases, *heads])
    shared = [key for key in bases[0].times if all(key in one.times for one in (*bases, *heads))]
    sides = [[[one.times[key] for one in side] for side in (bases, heads)] for key in shared]
    effects = [difference(*both) for both in sides]
    judged = np.array([machine and math.isfinite(one.error) for one in effects], dtype=bool)
    p = np.full(len(effects), np.nan)
    p[judged] = holm(np.array([one.p for one in effects])[judged])
    rows = [
        Row(key, _mean_ns(base), _mean_ns(head), effect, float(one), _call(effect, one, threshold))
        for key, (base, head), effect, one in zip(shared, sides, effects, p, strict=True)
    ]
    return sorted(rows, key=lambda row: (CALLS.index(row.call), -row.ratio))


def _mean_ns(side: Sequence[Effect]) -> float:
    return math.exp(math.fsum(one.value for one in side) / len(side))


def _call(effect: Effect, p: float, threshold: float) -> str:
    if math.isnan(p):
        return "not judged"
    if abs(effect.value) <= math.log1p(threshold):
        return "unchanged"
    if p >= FALSE_ALARM:
        return "uncertain"
    return "regressed" if effect.value > 0 else "improved"
