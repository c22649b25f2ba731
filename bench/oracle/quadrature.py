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

from bench.engine.apply import Case, constant, contributions, estimates, evaluated, transported, untied
from bench.engine.pilot import prepared
from bench.oracle import nodes as grids
from bench.oracle.nodes import Nodes
from bench.spec import Floats, Points, Weight
from bench.statistics import cumulants
from bench.statistics.moments import ROUND_OFF, quiet

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
    for fallback in (False, True):
        coarse: Exact | None = None
        for grid in grids.growing(case, route.tensor, fallback):
            fine = _shifted(route.integrate(case, grid), case)
            if coarse is not None and _agree(coarse, fine, mean_alone):
                return fine
            coarse = fine
    return None


@dataclass(frozen=True, slots=True)
class Route:
    """A way to the moments, and whether its nodes fill all components together."""

    integrate: Callable[[Case, Nodes], Exact]
    tensor: bool


def _route(case: Case) -> Route | None:
    """The cheapest exact way there is, or None."""
    d, rule, degree = case.cell.dimension, case.rule, case.estimator.degree
    if degree > 2 or (degree == 2 and case.sampler.coupled != 1):
        return None
    own = not isinstance(rule, Points) and any(isinstance(weight, Weight) for weight in (rule.score, rule.path))
    mixed = not isinstance(rule, Points) and bool(rule.score and rule.path)
    product = not isinstance(rule, Points) and rule.score == "value"
    together = degree == 2 or own or mixed or (product and case.sampler.coupled not in (1, "estimate"))
    if d == 1 or together or case.form.terms is None:
        if d > MOST_COMPONENTS:
            return None
        return Route(_pairs if degree == 2 else _together, tensor=d > 1)
    return Route(_product if product else _sum, tensor=False)


def _shifted(moments: Exact, case: Case) -> Exact:
    """With the constant of a closed entropy."""
    return replace(moments, mean=moments.mean + constant(case))


@quiet
def _agree(coarse: Exact, fine: Exact, mean_alone: bool) -> bool:
    """Whether all moments stand still from one rule to the next."""
    lost = np.nan_to_num(64 * np.finfo(float).eps * abs(fine.mean) / np.sqrt(fine.variance), posinf=0.0)
    tolerance = AGREE + np.where(lost < MOST_LOST, lost, 0.0)  # a spread far below its mean keeps fewer digits
    size = np.sqrt(fine.variance) + abs(fine.mean)
    moments = [(coarse.mean, fine.mean, size)]
    if not mean_alone:
        moments += [(coarse.variance, fine.variance, fine.variance + fine.mean**2 * 1e-3)]
        moments += [(coarse.kurtosis, fine.kurtosis, fine.kurtosis)]
    return all(bool(np.all(abs(a - b) <= tolerance * scale)) for a, b, scale in moments)


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


@quiet
def _product(case: Case, grid: Nodes) -> Exact:
    """(F + 1 where log q is differentiated wholly) times scores: joint cumulants of the sums."""
    y = transported(case, grid.noise)
    f = evaluated(case, y, ["terms"]).terms[0]
    f[0] += case.adds_score
    d, k, tables = case.cell.dimension, len(case.family.parameters), case.tables
    scores = np.empty((d, k, y.shape[1]))
    for j, out in enumerate(scores):
        case.family.score(np.ones(y.shape[1]), grid.noise, j, tables[j % len(tables)], y[j], True, out)
    raw = [
        cumulants.product_moments(f, scores[:, p], grid.weights_of, case.cell.components == "untied") for p in range(k)
    ]
    moments = np.stack(raw, axis=-1)  # [powers, 1 or d, k]
    return _exact(*cumulants.central(moments.reshape(len(moments), -1)))


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
