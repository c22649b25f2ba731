"""The exact mean, variance and kurtosis of an estimator in a cell: its own kernels, integrated instead of sampled.

One component: nodes of the channels' rules go in as noise, the outputs are weighted. Several components: where f is a
sum over them, cumulants of the components add up; where the gradient is f times a sum of scores, joint cumulants do
(`bench.statistics.cumulants`). Where f is no sum, or draws must be seen together, nodes fill all components, up to
four. An estimate of K draws averages K / coupled independent columns; a U-statistic of degree 2 has the variance
(4 (h - 2) zeta_1 + 2 zeta_2) / (h (h - 1)) for h draws. Hoeffding (1948), section 5.
Nodes are added until the moments stand still; what does not converge, or has no route, is None: never a guess.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from bench.engine.apply import (
    Case,
    constant,
    contributions,
    estimates,
    evaluated,
    rows_of_weight,
    transported,
    untied,
)
from bench.engine.pilot import draws, prepared
from bench.oracle import nodes as grids
from bench.oracle.nodes import Nodes
from bench.spec import Floats, Points, Weight, Weights
from bench.statistics.cumulants import Sums, central, sums_of
from bench.statistics.moments import ROUND_OFF, quiet

TRIED = 64  # draws on which a rule's own weight is held against f
MOST_COMPONENTS = 4  # that nodes fill together
MOST_LOST = 1e-6  # the largest relative error that cancellation may cause
AGREE = 1e-11  # relative change of every moment from one rule to the next


@dataclass(frozen=True, slots=True)
class Exact:
    """Exact moments of one column of coupled draws, by row of the gradient, and what follows for K draws."""

    mean: Floats  # [rows]
    variance: Floats  # [rows] of one column; of one estimate of `degree` draws; NaN where it is not known
    kurtosis: Floats  # [rows] of the same; 3 where the variance is 0
    projection: Floats  # [rows] zeta_1 for degree 2
    coupled: int
    degree: int

    def at(self, samples: int) -> tuple[Floats, Floats]:
        """(variance[rows], kurtosis[rows]) of an estimate of so many draws; NaN for what is not known."""
        if self.degree == 1:
            columns = samples / self.coupled
            return self.variance / columns, 3.0 + (self.kurtosis - 3.0) / columns
        pairs = samples * (samples - 1)
        variance = (4 * (samples - 2) * self.projection + 2 * self.variance) / pairs
        return variance, self.kurtosis if samples == 2 else np.full(len(variance), np.nan)


def exact(case: Case, mean_alone: bool = False) -> Exact | None:
    """The exact moments of an estimator in a cell, or None where there is no exact route.

    With `mean_alone` the other moments need not settle. Draws that are all coupled have no variance here.
    """
    case = prepared(case)
    route = _route(case)
    if route is None:
        return None
    found: Exact | None = None
    for fallback in (False, True):
        coarse: Exact | None = None
        for grid in grids.growing(case, route.tensor, fallback):
            fine = _shifted(route.integrate(case, grid), case)
            if coarse is not None and _agree(coarse, fine, mean_alone):
                if mean_alone or _agree_in_kurtosis(coarse, fine):
                    return fine
                found = replace(fine, kurtosis=np.full_like(fine.kurtosis, np.nan))
            coarse = fine
        if found is not None:
            return found
    return None


@dataclass(frozen=True, slots=True)
class Route:
    """A way to the moments, and whether its nodes fill all components together."""

    integrate: Callable[[Case, Nodes], Exact]
    tensor: bool


def _route(case: Case) -> Route | None:
    """The cheapest exact way there is, or None."""
    d, degree, coupled = case.cell.dimension, case.estimator.degree, case.sampler.coupled
    if degree > 2 or (degree == 2 and coupled != 1):
        return None
    if d > 1 and case.form.terms is not None:
        if isinstance(case.rule, Points) or _reads_components(case.rule):
            return Route(_sum, tensor=False)
        if coupled in (1, "estimate") and case.rule.path is None:
            if degree == 1 and shifts(case) is not None:
                return Route(_product, tensor=False)
            if degree == 2 and leaves_one_out(case.rule):
                return Route(_product_in_pairs, tensor=False)
    if d > MOST_COMPONENTS:
        return None
    return Route(_pairs if degree == 2 else _together, tensor=d > 1)


def _reads_components(rule: Weights) -> bool:
    """Whether the weight of each component reads that component alone, where f is a sum over them."""
    return (rule.score, rule.path) in (("terms", None), (None, "slope"), ("terms", "slope"))


def shifts(case: Case) -> Floats | None:
    """[k] b where a score is weighed by f - b, numbers frozen in the cell; None where it is weighed otherwise."""
    assert isinstance(case.rule, Weights)
    weight, k = case.rule.score, len(case.family.parameters)
    if weight == "value":
        return np.zeros(k) if case.rule.joint is None else None
    if not isinstance(weight, Weight) or weight.per == "component" or set(weight.needs) != {"value"}:
        return None
    noise = draws(case, TRIED)
    y = transported(case, noise)
    f, own = evaluated(case, y, ["value"]), np.empty((rows_of_weight(weight, case.family, len(y)), TRIED))
    weight.kernel(noise, y, case.tables, case.phi, f, own)
    if np.ptp(f.value) == 0:
        return None  # these draws cannot tell: all of them may have missed what is rare
    shift = f.value - own
    size = abs(f.value).max() + abs(own).max()
    return np.broadcast_to(shift.mean(axis=1), k) if np.ptp(shift, axis=1).max() <= ROUND_OFF * size else None


def leaves_one_out(rule: Weights) -> bool:
    """Whether the weights of two draws are the differences of their values."""
    value, out = np.array([0.3, -1.7, 2.0, 0.3, 5.5, 4.0]), np.empty(6)
    assert rule.joint is not None
    rule.joint(value, 2, out)
    difference = value[:3] - value[3:]
    return bool(np.allclose(out, np.concatenate([difference, -difference]), rtol=ROUND_OFF, atol=ROUND_OFF))


def _shifted(moments: Exact, case: Case) -> Exact:
    """With the constant of a closed entropy."""
    return replace(moments, mean=moments.mean + constant(case))


@quiet
def _agree(coarse: Exact, fine: Exact, mean_alone: bool) -> bool:
    """Whether means, and variances unless they are not asked for, stand still from one rule to the next."""
    size = np.sqrt(fine.variance) + abs(fine.mean)
    moments = [(coarse.mean, fine.mean, size)]
    if not mean_alone:
        moments += [(coarse.variance, fine.variance, fine.variance + fine.mean**2 * 1e-3)]
        moments += [(coarse.projection, fine.projection, fine.variance + fine.mean**2 * 1e-3)]
    return all(bool(np.all(abs(a - b) <= _tolerance(fine) * scale)) for a, b, scale in moments)


@quiet
def _agree_in_kurtosis(coarse: Exact, fine: Exact) -> bool:
    """Whether kurtoses stand still; one that no route gives does."""
    still = abs(coarse.kurtosis - fine.kurtosis) <= _tolerance(fine) * fine.kurtosis
    return bool(np.all(still | (np.isnan(coarse.kurtosis) & np.isnan(fine.kurtosis))))


def _tolerance(fine: Exact) -> Floats:
    """[rows] Relative; a spread far below its mean keeps fewer digits."""
    lost = np.nan_to_num(64 * np.finfo(float).eps * abs(fine.mean) / np.sqrt(fine.variance), posinf=0.0)
    return np.asarray(AGREE + np.where(lost < MOST_LOST, lost, 0.0))


@quiet
def _together(case: Case, grid: Nodes) -> Exact:
    """From the contributions at nodes of all components: [rows, coupled, m]."""
    out = contributions(case, grid.noise)
    columns = out.reshape(len(out), grid.coupled, -1).mean(axis=1)
    mean = columns @ grid.weights
    second, fourth = (((columns - mean[:, np.newaxis]) ** p) @ grid.weights for p in (2, 4))
    return _exact(mean, second, fourth, coupled=grid.coupled)


@quiet
def _sum(case: Case, grid: Nodes) -> Exact:
    """A sum over components, from the contributions of each at its own nodes: their cumulants add up."""
    d, k = case.cell.dimension, len(case.family.parameters)
    columns = contributions(untied(case), grid.noise).reshape(d, k, grid.coupled, -1).mean(axis=2)
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
    d, k, tables = case.cell.dimension, len(case.family.parameters), case.tables
    scores = np.empty((d, k, y.shape[1]))
    for j, out in enumerate(scores):
        case.family.score(np.ones(y.shape[1]), grid.noise, j, tables[j % len(tables)], y[j], True, out)
    return [sums_of(f, scores[:, p], grid.weights_of, case.cell.components == "untied") for p in range(k)]


@quiet
def _product(case: Case, grid: Nodes) -> Exact:
    """F - b (+ 1 where log q is differentiated wholly) times scores: joint cumulants of the sums."""
    off = shifts(case)
    assert off is not None
    raw = [sums.shifted(case.adds_score - b).products() for sums, b in zip(_sums(case, grid), off, strict=True)]
    moments = np.stack(raw, axis=-1)  # [powers, 1 or d, k]
    return _exact(*central(moments.reshape(len(moments), -1)))


@quiet
def _product_in_pairs(case: Case, grid: Nodes) -> Exact:
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
    return _exact(*(np.stack(parts, axis=-1).ravel() for parts in zip(*exacts, strict=True)), degree=2)


@quiet
def _pairs(case: Case, grid: Nodes) -> Exact:
    """A U-statistic of degree 2: its kernel h at every pair of nodes of a draw."""
    m = grid.weights.size
    both = np.concatenate([np.repeat(grid.noise, m, axis=2), np.tile(grid.noise, m)], axis=2)
    h = estimates(case, both, 2).reshape(-1, m, m)
    mean = h @ grid.weights @ grid.weights
    h = h - mean[:, np.newaxis, np.newaxis]
    projection = (h @ grid.weights) ** 2 @ grid.weights
    variance, fourth = (h**p @ grid.weights @ grid.weights for p in (2, 4))
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
