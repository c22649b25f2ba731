"""How strong is the evidence that a difference is not zero: errors, Student's t, and Holm's correction.

A difference d with standard error s and r degrees of freedom has the p-value 2 P(T_r > |d| / s). Times are compared on
the logarithmic scale, where a difference is a ratio. The errors come from what a result holds:

raw rounds      the 20 % trimmed mean of the logarithms, its error from the Winsorised squares (Tukey & McLaughlin; Yuen
                1974, Biometrika 61): an interrupted round has little weight
an interval     between two order statistics: half its width over the normal quantile of its exact coverage (David &
                Nagaraja 2003, section 7.1); rounds - 1 degrees of freedom, for the interval is itself random
quartiles       of a normal: 1.349 standard deviations apart, and a median's error is sqrt(pi / 2) sd / sqrt(rounds)
paired results  Student's t over the log ratios of the rounds of an interleaved comparison: its error includes what
                differs from run to run, and drift cancels

With one result a side, Welch (1947, Biometrika 34) combines both errors, which do not include what differs from run to
run. Holm (1979, Scandinavian Journal of Statistics 6) keeps the chance of any false alarm among m rows below the level,
however they depend on each other: the i-th smallest p-value is multiplied by m - i + 1, and is at least the previous.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

from bench.spec import Floats
from bench.statistics.jackknife import CONFIDENCE
from bench.statistics.medians import error_quantile
from bench.statistics.moments import ROUND_OFF, quiet

TRIM = 0.2  # of the rounds, at either end
QUARTILES = 2 * stats.norm.ppf(0.75)  # of a standard normal, their distance


@dataclass(frozen=True, slots=True)
class Effect:
    """A value with its standard error and degrees of freedom; both NaN where nothing tells how uncertain it is."""

    value: float
    error: float
    freedom: float

    @property
    def p(self) -> float:
        """Two-sided p-value of the value being zero."""
        return float(p_values(np.array(self.value), np.array(self.error), np.array(self.freedom)))

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval."""
        half = stats.t.ppf((1 + CONFIDENCE) / 2, self.freedom) * self.error
        return float(self.value - half), float(self.value + half)


@quiet
def p_values(difference: Floats, error: Floats, freedom: Floats) -> Floats:
    """Two-sided p-values of differences that have these standard errors and degrees of freedom."""
    return np.asarray(2 * stats.t.sf(np.abs(difference) / error, freedom))


def from_rounds(values: Floats) -> Effect:
    """The trimmed mean of values[rounds] and its error."""
    ordered, n = np.sort(values), values.size
    cut = int(TRIM * n)
    remaining = n - 2 * cut
    winsorised = np.clip(ordered, ordered[cut], ordered[n - cut - 1])
    squares = float(((winsorised - winsorised.mean()) ** 2).sum())
    error = math.sqrt(squares / max(1, remaining * (remaining - 1)))
    return _effect(float(ordered[cut : n - cut].mean()), error, remaining)


def from_interval(value: float, low: float, high: float, rounds: int) -> Effect:
    """The effect of a median and the interval that `medians.median` gives it."""
    return _effect(value, (high - low) / (2 * error_quantile(rounds)) if rounds > 1 else math.nan, rounds)


def from_quartiles(value: float, distance: float, rounds: int) -> Effect:
    """The effect of a median and the distance between the quartiles."""
    return _effect(value, math.sqrt(math.pi / 2 / rounds) * distance / QUARTILES, rounds)


def _effect(value: float, error: float, rounds: int) -> Effect:
    """An effect whose error is at least round-off; of a single round the error is unknown."""
    return Effect(value, math.hypot(error, ROUND_OFF), rounds - 1) if rounds > 1 else Effect(value, math.nan, math.nan)


def difference(base: list[Effect], head: list[Effect]) -> Effect:
    """Head minus base: Welch's for one result a side, Student's t over the pairs for more."""
    if len(base) > 1:
        pairs = np.array([h.value - b.value for b, h in zip(base, head, strict=True)])
        return _effect(float(pairs.mean()), float(pairs.std(ddof=1)) / math.sqrt(pairs.size), pairs.size)
    (b,), (h,) = base, head
    total = b.error**2 + h.error**2
    freedom = total**2 / (b.error**4 / b.freedom + h.error**4 / h.freedom)
    return Effect(h.value - b.value, math.sqrt(total), freedom)


def holm(p: Floats) -> Floats:
    """Adjusted p-values: below the level for the rows that may be called at it."""
    order = np.argsort(p)
    steps = np.maximum.accumulate(p[order] * np.arange(p.size, 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(steps, 1.0)
    return adjusted
