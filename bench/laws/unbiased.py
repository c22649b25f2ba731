"""Law: integrated over its noise, an estimator gives the exact gradient, and of a constant f nothing.

A z-test on 80,000 draws would miss a bias of 1 %; nodes see 1e-8. What vanishes at one theta is seen at another.
"""

from dataclasses import replace

import numpy as np

from bench.engine import apply
from bench.engine.case import Case
from bench.engine.pilot import prepared
from bench.laws.finding import Finding, against, largest
from bench.laws.integrals import fewest, moments, nodes, refined
from bench.oracle.agreement import CANCELLED
from bench.oracle.gradients import exact_gradient
from bench.plan.rules import lacks
from bench.spec import Floats, Form, Points
from bench.wrap import objective

TOLERANCE = 1e-8
EPSILON = np.finfo(float).eps
# f = 1, whose terms are 1 / d
_CONSTANT = objective(
    "constant",
    lambda y: np.ones(y.shape[1]),
    terms=lambda y: np.full(y.shape, 1.0 / len(y)),
    slope=np.zeros_like,
    curvature=np.zeros_like,
)


def unbiased(case: Case, samples: int | None = None) -> Finding | None:
    """E g = dF/dtheta, for an estimate of so many draws, or of the fewest."""
    samples = samples or fewest(case)
    exact = exact_gradient(case)
    if exact is None:
        return None
    owned, rows, finding = has_gradient(case), owned_rows(case), None
    for (mean, variance, _), (error, *_) in refined(case, samples, nodes(case, samples)):
        allowed = TOLERANCE * abs(exact) + CANCELLED * np.sqrt(variance) + EPSILON * largest(exact) + error
        finding = against(mean[owned], exact[owned], allowed[owned], f"E of {samples} draws", rows)
        if finding is None:
            break
    return finding


def has_gradient(case: Case) -> Floats:
    """[rows] Whether the family has what the estimator needs, by parameter."""
    lacking = lacks(case.rule, case.family)
    by_parameter = [name not in lacking for name in case.family.parameters]
    return np.tile(by_parameter, case.rows // len(by_parameter))


def rows_of(case: Case) -> list[str]:
    """The names of a gradient's rows: d/dmu, of untied components d/dmu[0]."""
    d = case.rows // len(case.family.parameters)
    return [f"d/d{name}{f'[{j}]' if d > 1 else ''}" for j in range(d) for name in case.family.parameters]


def owned_rows(case: Case) -> list[str]:
    """Those that the estimator has."""
    return [name for name, is_owned in zip(rows_of(case), has_gradient(case), strict=True) if is_owned]


def of_constant(case: Case) -> Case:
    """The case with f = 1, separable where f was, and no log q."""
    form: Form = _CONSTANT.forms["shared"]["direct"]
    form = form._replace(summarise=case.form.summarise, terms=form.terms if case.form.terms else None)
    objective, cell = replace(case.objective, batches=None), replace(case.cell, entropy=None)
    return replace(case, objective=objective, form=form, cell=cell, batch=None)


def nothing_of_a_constant(case: Case) -> Finding | None:
    """E g = 0 for f = 1: the mean of a score is 0, and so is a difference."""
    samples, constant = fewest(case), of_constant(case)
    mean, variance, _ = moments(constant, samples, nodes(case, samples))
    return against(mean, 0.0, CANCELLED * np.sqrt(variance) + 1e-12, "E of a constant f", rows_of(case))


def nothing_in_any_draw(case: Case, noise: Floats, samples: int) -> Finding | None:
    """What takes differences, slopes or a baseline of all draws makes 0 of f = 1 in every draw or estimate.

    Not so a plain score function, or one with mirrored draws, whose mean alone is 0.
    """
    constant = prepared(of_constant(case))
    out = apply.contributions(constant, noise)
    if isinstance(case.rule, Points) or case.rule.score is None:
        return against(out, 0.0, EPSILON, "a draw of a constant f", rows_of(case))
    assert case.rule.joint is not None
    estimates = apply.estimates(constant, noise, samples)
    return against(estimates, 0.0, 16 * EPSILON * largest(out[1:]), "an estimate of a constant f", rows_of(case))
