"""Exact moments where f is of a random batch of the data: those of every batch, mixed.

The draws of an estimate share its batch b, so Var g = E_b Var(g | b) + Var_b E(g | b): the noise of K draws, which
falls as theirs does, and that of the batch, which stays however many they are. What an estimator freezes it freezes for
all batches.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from bench.engine.case import Case
from bench.oracle.declared import by_mu, declared
from bench.oracle.exact import Exact, none
from bench.spec import Floats, Weights
from bench.statistics.moments import ROUND_OFF

MOST = 1024  # batches
OF_BATCHES = "batches are mixed: no moments beyond the variance"


def mixed(case: Case, exact: Callable[[Case], Exact]) -> Exact:
    """The moments of a frozen case, from those of each batch alone; NaN where one has none, with its reason."""
    batches, several = case.batches, list[Exact]()
    if len(batches) > MOST:
        return none(case, f"{len(batches)} batches, allowed {MOST}")
    for of_one in batches:
        several.append(exact(of_one))
        if np.isnan(several[-1].variance).all():
            return _declared(case, several[-1].reason)
    means = np.array([moments.mean for moments in several])
    between = ((means - means.mean(axis=0)) ** 2).mean(axis=0)
    between = np.where(between <= (ROUND_OFF * abs(means).max(axis=0)) ** 2, 0.0, between)

    def within(samples: int) -> Floats:
        return np.asarray(np.mean([moments.at(samples)[0] for moments in several], axis=0))

    return _of(case, means.mean(axis=0), within, between)


def _declared(case: Case, reason: str) -> Exact:
    """The pathwise gradient by mu, where the objective declares the covariances of its slopes."""
    assert case.objective.batches is not None
    covariances = case.objective.batches.slope_covariance.get(case.family.name)
    if covariances is None or case.rule != Weights(path="slope"):
        return none(case, reason)
    theta = np.ascontiguousarray(np.broadcast_to(case.theta, (case.cell.dimension, 2)))
    of_draws, of_batches = covariances(theta, case.data, case.cell.objective.phi)
    full = case.full
    objective = replace(full.objective, slope_covariance={case.family.name: lambda *_: of_draws})
    inside = declared(replace(full, objective=objective), reason)
    return _of(case, inside.mean, lambda samples: inside.at(samples)[0], by_mu(case, of_batches), inside.reason)


def _of(case: Case, mean: Floats, within: Callable[[int], Floats], between: Floats, reason: str = OF_BATCHES) -> Exact:
    """The moments whose variance for K draws is within(K) + between."""
    unknown = np.full(case.rows, np.nan)
    variance = within(case.estimator.degree) + between
    return replace(
        none(case, reason),
        mean=mean,
        variance=variance,
        projection=variance,
        between=between,
        of_draws=lambda samples: (within(samples) + between, unknown),
    )
