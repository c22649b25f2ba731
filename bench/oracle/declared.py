"""Exact moments from what an objective declares of itself, where no nodes give them: a quadratic form, or a covariance.

Where y is normal and f a quadratic form of it, all is a form of the noise, in any dimension. Where Cov(df/dy) is
declared it is that of the pathwise gradient by mu; sticking the landing adds -eps / sigma, and E f'_j eps_j is the
derivative of E f by sigma_j (Stein's lemma).
"""

from dataclasses import replace

import numpy as np

from bench.engine.case import Case
from bench.engine.pilot import draws
from bench.oracle import gaussian, routes
from bench.oracle.exact import Exact, none
from bench.spec import Floats, Weights
from bench.statistics.moments import quiet

MOST_COMPONENTS = 100  # of a form whose powers are formed for every row of a gradient


@quiet
def declared(case: Case, reason: str) -> Exact:
    """The moments, NaN for what is not known with the reason: the one that is given, or what is missing besides."""
    if case.family.name != "normal" or case.sampler.coupled not in (1, "estimate") or case.family.combinations:
        return none(case, reason)
    if case.objective.quadratic is not None and isinstance(case.rule, Weights):
        d = case.cell.dimension
        if d > MOST_COMPONENTS:
            return none(case, f"a quadratic form in {d} components, allowed {MOST_COMPONENTS}")
        return _of_form(case, case.rule) or none(case, reason)
    if case.objective.slope_covariance.get("normal") and case.rule == Weights(path="slope"):
        return _of_slopes(case)
    return none(case, reason)


def _of_form(case: Case, rule: Weights) -> Exact | None:
    """The pathwise gradient, f times a score, and leave-one-out."""
    if rule.joint is not None:
        is_covariance = case.estimator.degree == 2 and case.sampler.coupled == 1 and routes.leaves_one_out(rule)
        return routes.covariance_of(case, gaussian.sums(case)) if is_covariance else None
    if rule.score is None:
        return routes.moments_of(*gaussian.of_path(case)) if rule.path == "slope" else None
    off = routes.shifts(case, draws(case, routes.TRIED)) if rule.path is None else None
    return None if off is None else routes.weighed_by(case, off, gaussian.sums(case))


def _of_slopes(case: Case) -> Exact:
    """Pathwise by mu."""
    d, x, phi = case.cell.dimension, case.data, case.cell.objective.phi
    theta = np.ascontiguousarray(np.broadcast_to(case.theta, (d, 2)))
    covariance, sticks = case.objective.slope_covariance["normal"](theta, x, phi), case.opened and not case.adds_score
    unknown = none(case, "the objective declares the covariance of its slopes, which is pathwise by mu alone")
    rows = by_mu(case, covariance).reshape(-1, 2)
    if sticks and case.cell.components == "untied":
        sigma, by_sigma = theta[:, 1], case.objective.exact["normal"](theta, x, phi)[:, 1]
        rows[:, 0] += 1 / sigma**2 - 2 * by_sigma / sigma
    elif sticks:
        rows[0, 0] = np.nan
    return replace(unknown, variance=rows.ravel(), projection=rows.ravel())


def by_mu(case: Case, covariance: Floats) -> Floats:
    """[rows] The variances of the gradient by mu, of slopes with this covariance[d, d]; NaN by sigma."""
    rows = np.full((case.rows // 2, 2), np.nan)
    rows[:, 0] = np.diag(covariance) if case.cell.components == "untied" else covariance.sum()
    return rows.ravel()
