"""Has a time regressed? Estimates or benchmarks of two sides, row by row.

A call needs both: the ratio head / base above 1 + threshold (or below its inverse), and evidence against a ratio of 1
at its level after Holm's correction over all rows judged. Results of another processor, another number of cores, or an
unknown processor are reported, never judged, unless the user says that they are of one machine.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.compare.sources import Key, Result
from bench.statistics.moments import quiet
from bench.statistics.significance import Effect, difference, holm

FALSE_ALARM_TIMES = 0.05  # chance of any false alarm in a comparison
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
    @quiet
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the ratio, for this row alone."""
        low, high = np.exp(self.effect.interval)
        return float(low), float(high)


def same_machine(results: Sequence[Result]) -> bool:
    """Whether all results say that they come from one kind of processor with as many cores."""
    return results[0].cpu[0] is not None and len({result.cpu for result in results}) == 1


def compare(bases: Sequence[Result], heads: Sequence[Result], threshold: float, one_machine: bool = False) -> list[Row]:
    """The rows that all results share, the worst first; `one_machine` where all are of one, whatever they say."""
    machine = one_machine or same_machine([*bases, *heads])
    shared = [key for key in bases[0].times if all(key in result.times for result in (*bases, *heads))]
    sides = [[[result.times[key] for result in side] for side in (bases, heads)] for key in shared]
    effects = [difference(*pair) for pair in sides]
    judged = np.array([machine and math.isfinite(effect.error) for effect in effects], dtype=bool)
    adjusted = np.full(len(effects), np.nan)
    adjusted[judged] = holm(np.array([effect.p for effect in effects])[judged])
    rows = [
        Row(key, _mean_ns(base), _mean_ns(head), effect, float(p), _call(effect, p, threshold))
        for key, (base, head), effect, p in zip(shared, sides, effects, adjusted, strict=True)
    ]
    return sorted(rows, key=lambda row: (CALLS.index(row.call), -row.ratio))


def _mean_ns(side: Sequence[Effect]) -> float:
    return math.exp(math.fsum(effect.value for effect in side) / len(side))


def _call(effect: Effect, p: float, threshold: float) -> str:
    if math.isnan(p):
        return "not judged"
    if abs(effect.value) <= math.log1p(threshold):
        return "unchanged"
    if p >= FALSE_ALARM_TIMES:
        return "uncertain"
    return "regressed" if effect.value > 0 else "improved"
