"""Ways to the exact moments of an estimator, from its own kernels at given nodes of its noise.

Where f is a sum over components, so are cumulants; where the gradient is f times a sum of scores, joint cumulants are
(`bench.statistics.cumulants`). Where f is no sum, or draws must be seen together, nodes fill all components.
An estimate of K draws averages K / coupled independent columns; a U-statistic of degree 2 has the variance
(4 (h - 2) zeta_1 + 2 zeta_2) / (h (h - 1)) for h draws. Hoeffding (1948), section 5.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from bench.engine.apply import averaged, contributions, evaluated, scores, tied, transported, untied
from bench.engine.case import Case
from bench.oracle.nodes import Nodes
from bench.oracle.subsets import beside_subsets
from bench.plan.rules import rows_of_weight
from bench.spec import Floats, Weight, Weights
from bench.statistics.cumulants import Sums, central, sums_of
from bench.statistics.moments import ROUND_OFF, quiet

TRIED = 64  # draws on which a rule's own weight is held against f
MEANS_OF_PAIRS = (3, 6, 10, 100)  # draws, of which an estimate is held against the mean over pairs


@dataclass(frozen=True, slots=True)
class Exact:
    """Exact moments of one column of coupled draws, by row of the gradient, and what follows for K draws."""

    mean: Floats  # [rows]
    variance: Floats  # [rows] of one column; of one estimate of `degree` draws; NaN where it is not known
    kurtosis: Floats  # [rows] of the same; 3 where the variance is 0
    projection: Floats  # [rows] zeta_1 for degree 2
    coupled: int | Literal["estimate"]
    degree: int

    def padded(self, k: int, rows: int) -> "Exact":
        """With NaN behind every k rows, to so many: what is not known."""

        def wide(array: Floats) -> Floats:
            return np.pad(array.reshape(-1, k), ((0, 0), (0, rows - k)), constant_values=np.nan).ravel()

        mean, variance = wide(self.mean), wide(self.variance)
        return Exact(mean, variance, wide(self.kurtosis), wide(self.projection), self.coupled, self.degree)

    def mean_at(self, samples: int) -> Floats:
        """[rows] The mean of an estimate of so many draws; NaN where it is none over their pairs."""
        of_pairs = np.isfinite(self.projection)
        return np.where((self.degree == 1) | (samples == self.degree) | of_pairs, self.mean, np.nan)

    def at(self, samples: int) -> tuple[Floats, Floats]:
        """(variance[rows], kurtosis[rows]) of an estimate of so many draws; NaN for what is not known."""
        if self.coupled == "estimate" and samples > 1:
            return np.full_like(self.variance, np.nan), np.full_like(self.kurtosis, np.nan)
        if self.degree == 1:
            columns = samples if self.coupled == "estimate" else samples / self.coupled
            return self.variance / columns, 3.0 + (self.kurtosis - 3.0) / columns
        if samples == 2:
            return self.variance, self.kurtosis
        pairs = samples * (samples - 1)
        variance = (4 * (samples - 2) * self.projection + 2 * self.variance) / pairs
        return variance, np.full(len(variance), np.nan)


def shifts(case: Case, noise: Floats) -> Floats | None:
    """[k and combinations] b where a score is weighed by f - b, frozen in the cell; None where it is weighed otherwise.

    Seen at noise[channels, d, draws], for values of f of either sign and of nine orders of magnitude.
    """
    assert isinstance(case.rule, Weights)
    weight, rows = case.rule.score, case.family.rows
    if weight == "value":
        return np.zeros(rows) if case.rule.joint is None else None
    if not isinstance(weight, Weight) or weight.per == "component" or set(weight.needs) != {"value"}:
        return None
    y = transported(case, noise)
    f = evaluated(case, y, ["value"])
    spread = np.abs(f.value[np.isfinite(f.value)]).max(initial=1.0)
    shift, count = [], y.shape[1]
    for size in (1.0, *np.concatenate([1 - 2 * (np.arange(10) % 2)]) * spread * 10.0 ** np.arange(-3, 7)):
        value = f.value if size == 1.0 else size * np.linspace(0.1, 1.0, count)[np.newaxis]
        weights = np.empty((rows_of_weight(weight, case.family, len(y)), count))
        weight.kernel(noise, y, case.tables, case.phi, f._replace(value=np.ascontiguousarray(value)), weights)
        shift.append((value - weights, abs(value).max() + abs(weights).max()))
    b = shift[0][0][:, :1]
    if case.family.combinations and np.ptp(b) > 4 * ROUND_OFF * shift[0][1]:
        return None  # a combination is no f less one number, times a score
    same = all(np.all(abs(difference - b) <= 4 * ROUND_OFF * largest) for difference, largest in shift)
    b = b[:1] if case.family.combinations else b
    return np.broadcast_to(b[:, 0], rows) if same else None


def leaves_one_out(rule: Weights) -> bool:
    """Whether the weights of two draws are the differences of their values."""
    value, out = np.array([0.3, -1.7, 2.0, 0.3, 5.5, 4.0]), np.empty(6)
    assert rule.joint is not None
    rule.joint(value, 2, out)
    difference = value[:3] - value[3:]
    expected = np.concatenate([difference, -difference])
    return is_mean_over_pairs(rule) and bool(np.allclose(out, expected, rtol=ROUND_OFF, atol=ROUND_OFF))


@quiet
def together(case: Case, grid: Nodes) -> Exact:
    """From the contributions at nodes of all components: [rows, coupled, m]."""
    out = contributions(case, grid.noise)
    columns = out.reshape(len(out), grid.coupled, -1).mean(axis=1)
    mean = columns @ grid.weights
    second, fourth = (((columns - mean[:, np.newaxis]) ** p) @ grid.weights for p in (2, 4))
    return _exact(mean, second, fourth, coupled=grid.coupled)


@quiet
def of_sum(case: Case, grid: Nodes) -> Exact:
    """A sum over components, from the contributions of each at its own nodes: their cumulants add up."""
    d, rows = case.cell.dimension, case.family.rows
    columns = contributions(untied(case), grid.noise).reshape(d, rows, grid.coupled, -1).mean(axis=2)
    mean = np.einsum("jkm,jm->jk", columns, grid.weights_of)
    centred = columns - mean[..., np.newaxis]
    second, fourth = (np.einsum("jkm,jm->jk", centred**p, grid.weights_of) for p in (2, 4))
    if case.cell.components == "untied":
        return _exact(mean.ravel(), second.ravel(), fourth.ravel(), coupled=grid.coupled)
    variance = second.sum(axis=0)
    return _exact(
        mean.sum(axis=0), variance, (fourth - 3 * second**2).sum(axis=0) + 3 * variance**2, coupled=grid.coupled
    )


def _sums(case: Case, grid: Nodes) -> list[Sums]:
    """F beside the score of each parameter, summed over components where they are tied."""
    y = transported(case, grid.noise)
    f = evaluated(case, y, ["terms"]).terms[0]
    alone = tied(untied(case), scores(case, grid.noise, y)).reshape(len(f), case.family.rows, -1)
    untied_sums = case.cell.components == "untied"
    return [sums_of(f, alone[:, p], grid.weights_of, untied_sums) for p in range(case.family.rows)]


def is_mean_over_pairs(rule: Weights) -> bool:
    """Whether an estimate of K draws is the mean over their pairs of what it is of two, as a U-statistic is."""
    compared = [beside_subsets(rule.joint, 2, samples) for samples in MEANS_OF_PAIRS]
    return all(abs(of_all - of_pairs) <= 1e3 * ROUND_OFF * size for of_all, of_pairs, size in filter(None, compared))


@quiet
def of_product(case: Case, grid: Nodes) -> Exact:
    """F - b (+ 1 where log q is differentiated wholly) times scores: joint cumulants of the sums."""
    off = shifts(case, grid.noise)
    if off is None:  # the draws that were tried did not tell
        unknown = np.full(case.rows, np.nan)
        return Exact(unknown, unknown, unknown, unknown, 1, 1)
    raw = [sums.shifted(case.adds_score - b).products() for sums, b in zip(_sums(case, grid), off, strict=True)]
    moments = np.stack(raw, axis=-1)  # [powers, 1 or d, k]
    return _exact(*central(moments.reshape(len(moments), -1)))


@quiet
def of_product_in_pairs(case: Case, grid: Nodes) -> Exact:
    """Leave-one-out: h = (F - F')(S - S') / 2, and its projection (F - E F) S / 2; + (S + S') / 2 and + S / 2.

    The latter where log q is differentiated wholly; Cov((F - F')(S - S'), S + S') = 2 k_12, k_12 = E (F - E F) S^2.
    """
    exacts = []
    for sums in _sums(case, grid):
        mean, variance, fourth = central(sums.of_differences().products() / 2.0 ** np.arange(5)[:, np.newaxis])
        _, projection, _ = central(sums.with_means(float(case.adds_score)).products())
        if case.adds_score:
            spread, third = sums.score_moments()
            variance, fourth = variance + spread / 2 + third, np.full_like(fourth, np.nan)
        exacts.append((mean, variance, fourth, projection / 4))
    mean, variance, fourth, projection = (np.stack(parts, axis=-1).ravel() for parts in zip(*exacts, strict=True))
    return _exact(mean, variance, fourth, projection, degree=2)


@quiet
def of_pairs(case: Case, grid: Nodes) -> Exact:
    """A U-statistic of degree 2: its kernel h at every pair of nodes of a draw. f is evaluated at the nodes alone."""
    m, alone = grid.weights.size, contributions(case, grid.noise)
    both = np.concatenate([np.repeat(alone, m, axis=1), np.tile(alone, m)], axis=1)
    h = averaged(case, both, 2).reshape(-1, m, m)
    mean = h @ grid.weights @ grid.weights
    h = h - mean[:, np.newaxis, np.newaxis]
    projection = (h @ grid.weights) ** 2 @ grid.weights
    squares = h * h
    variance, fourth = (powers @ grid.weights @ grid.weights for powers in (squares, squares * squares))
    assert isinstance(case.rule, Weights)
    if not is_mean_over_pairs(case.rule):
        projection = np.full_like(variance, np.nan)  # what pairs tell is told of two draws alone
    return _exact(mean, variance, fourth, projection, degree=2)


def _exact(
    mean: Floats,
    variance: Floats,
    fourth: Floats,
    projection: Floats | None = None,
    coupled: int = 1,
    degree: int = 1,
) -> Exact:
    """The moments, with a spread of nothing but round-off as 0, and 3 for the kurtosis of a constant."""
    constant_rows = variance <= (ROUND_OFF * mean) ** 2
    projection = np.where(constant_rows, 0.0, variance if projection is None else projection)
    variance = np.where(constant_rows, 0.0, variance)
    kurtosis = np.where(constant_rows, 3.0, fourth / np.where(constant_rows, 1.0, variance) ** 2)
    return Exact(mean, variance, kurtosis, projection, coupled, degree)
