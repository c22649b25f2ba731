"""Exact moments of an estimator, what follows from them for any number of draws, and why there are none."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from bench.engine.case import Case
from bench.spec import Floats
from bench.statistics.moments import quiet

DEPENDENT = "the draws of an estimate depend on each other"
OF_STRATA = "moments inside the strata do not stand still, however many nodes integrate them"
OF_PAIRS = "what pairs of draws tell is told of the variance alone"


@dataclass(frozen=True, slots=True)
class Exact:
    """Exact moments of one column of coupled draws, by row of the gradient, and what follows for K draws."""

    mean: Floats  # [rows]
    variance: Floats  # [rows] of one column; of one estimate of `degree` draws; NaN where it is not known
    kurtosis: Floats  # [rows] of the same; 3 where the variance is 0; inf where it has no end that nodes reach
    projection: Floats  # [rows] zeta_1 for degree 2
    coupled: int | Literal["estimate"]
    degree: int
    reason: str = ""  # why something is NaN
    # (variance, fourth central moment)[rows] of K draws, where they are more than follows from the moments above
    of_draws: Callable[[int], tuple[Floats, Floats]] | None = None
    between: Floats | None = None  # [rows] of the variance, what a random batch of the data leaves for any K

    def padded(self, k: int, rows: int) -> "Exact":
        """With NaN behind every k rows, to so many: what is not known."""

        def wide(array: Floats) -> Floats:
            return np.pad(array.reshape(-1, k), ((0, 0), (0, rows - k)), constant_values=np.nan).ravel()

        mean, variance, kurtosis, projection = map(wide, (self.mean, self.variance, self.kurtosis, self.projection))
        padded = Exact(mean, variance, kurtosis, projection, self.coupled, self.degree, self.reason)
        if self.between is None or self.of_draws is None:
            return padded
        of_draws = self.of_draws

        def of_draws_wide(samples: int) -> tuple[Floats, Floats]:
            variance, fourth = of_draws(samples)
            return wide(variance), wide(fourth)

        return replace(padded, of_draws=of_draws_wide, between=wide(self.between))

    def mean_at(self, samples: int) -> Floats:
        """[rows] The mean of an estimate of so many draws; NaN where it is none over their pairs."""
        of_pairs = np.isfinite(self.projection)
        return np.where((self.degree == 1) | (samples == self.degree) | of_pairs, self.mean, np.nan)

    @quiet
    def at(self, samples: int) -> tuple[Floats, Floats]:
        """(variance[rows], kurtosis[rows]) of an estimate of so many draws; NaN for what is not known."""
        unknown = np.full_like(self.variance, np.nan)
        if self.coupled == "estimate" and samples > 1 and self.of_draws is None:
            return unknown, unknown
        if self.degree == 1 and self.of_draws is None:
            columns = samples if self.coupled == "estimate" else samples / self.coupled
            return self.variance / columns, 3.0 + (self.kurtosis - 3.0) / columns
        if samples == self.degree:
            return self.variance, self.kurtosis
        if self.of_draws is not None:
            variance, fourth = self.of_draws(samples)
            told = np.where(self.variance > 0, variance, self.variance)
            settled = (told > 0) & (self.kurtosis < np.inf)
            return told, np.where(settled, fourth / variance**2, self.kurtosis)
        pairs = samples * (samples - 1)
        return (4 * (samples - 2) * self.projection + 2 * self.variance) / pairs, unknown

    def lacks(self, samples: int) -> str:
        """Why the variance or the kurtosis of so many draws is not known; empty where both are."""
        if not any(np.isnan(moment).any() for moment in self.at(samples)):
            return ""
        of_strata = DEPENDENT if self.of_draws is None else OF_STRATA
        return self.reason or (of_strata if self.coupled == "estimate" else OF_PAIRS)


def none(case: Case, reason: str) -> Exact:
    """No moments at all, and why."""
    unknown = np.full(case.rows, np.nan)
    return Exact(unknown, unknown, unknown, unknown, case.sampler.coupled, case.estimator.degree, reason)
