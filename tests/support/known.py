"""Cases of small objectives whose exact gradients and variances are known."""

from collections.abc import Callable

import numpy as np

from bench import wrap
from bench.engine.case import Case
from bench.oracle import quadrature
from bench.oracle.gradients import exact_gradient
from bench.plan.rules import lacks, rule_of
from bench.spec import Cell, Components, Floats, Objective, Theta, Variant
from tests.support.cases import EVERYTHING

Function = Callable[[Floats], Floats]

DIGITS = 1e-8  # relative, of what is known to nine digits
FOUR = 5e-4  # relative, of what is known to four


def squares(*centres: float) -> Objective:
    """sum_j (y_j - c_j)^2."""
    c = np.array(centres)[:, np.newaxis]
    return wrap.objective(
        "squares",
        lambda y: ((y - c) ** 2).sum(axis=0),
        slope=lambda y: 2 * (y - c),
        terms=lambda y: (y - c) ** 2,
        curvature=lambda y: np.full_like(y, 2.0),
        dimension=len(centres),
    )


def of_one(name: str, value: Function, slope: Function, curvature: Function) -> Objective:
    """f of one component, with its first two derivatives."""
    return wrap.objective(name, lambda y: value(y[0]), slope=slope, curvature=curvature)


def gaussian(k: float) -> Objective:
    """exp(-k y^2)."""

    def f(y: Floats) -> Floats:
        return np.exp(-k * y * y)

    return of_one("gaussian", f, lambda y: -2 * k * y * f(y), lambda y: (4 * k * k * y * y - 2 * k) * f(y))


def wave(k: float) -> Objective:
    """cos k y."""
    return of_one("wave", lambda y: np.cos(k * y), lambda y: -k * np.sin(k * y), lambda y: -k * k * np.cos(k * y))


A = np.array([[2.0, 0.5, 0.0], [0.5, 1.0, -0.3], [0.0, -0.3, 3.0]])
C = np.array([[1.0], [0.0], [-1.0]])
MEAN_FIELD = ((0.5, -1.0, 2.0), (0.3, 1.0, 2.0))  # mu, sigma
QUADRATIC = wrap.objective(  # 0.5 (y - c)'A(y - c), no sum over its components
    "quadratic",
    lambda y: 0.5 * np.einsum("jn,jk,kn->n", y - C, A, y - C),
    slope=lambda y: A @ (y - C),
    curvature=lambda y: np.diag(A)[:, np.newaxis] + 0 * y,
    dimension=3,
)


def case(
    objective: Objective,
    family: str,
    theta: Theta,
    estimator: str,
    components: Components = "tied",
    d: int = 1,
    phi: tuple[float, ...] = (),
) -> Case:
    """An estimator with one draw of d components from the family at theta."""
    rule = rule_of(EVERYTHING.get("estimator", estimator), EVERYTHING.get("family", family))
    assert not isinstance(rule, str)
    plugins = objective, objective.forms["shared"]["direct"], EVERYTHING.get("family", family)
    cell = Cell(Variant(objective.name, phi), "shared", family, theta, components, None, "iid", None, 1, d)
    independent = EVERYTHING.get("sampler", "iid")
    return Case(
        *plugins, EVERYTHING.get("estimator", estimator), rule, Variant(estimator, phi), independent, cell, np.empty(0)
    )


def gradient(of: Case) -> Floats:
    """[rows] The exact gradient."""
    exact = exact_gradient(of)
    assert exact is not None
    return exact


def variance(of: Case, samples: int = 1) -> Floats:
    """[rows] The exact variance of an estimate, whose mean is seen to be the exact gradient."""
    exact = quadrature.exact(of)
    assert not exact.reason
    expected = gradient(of)
    size = abs(expected).max() + np.sqrt(exact.variance)
    lacking = [name in lacks(of.rule, of.family) for name in of.family.parameters]  # of which nothing is estimated
    off = (abs(exact.mean - expected) / size).reshape(-1, len(lacking))
    assert np.all(off[:, np.logical_not(lacking)] < DIGITS)
    return exact.at(samples)[0]


OPTIMAL = "score_function_optimal_baseline"
NORMAL = {  # f at mu = sigma = 1: by estimator the variances for mu and sigma, or None
    "quadratic, k = -3": (
        squares(-3.0),
        {
            "score_function": (495, 1546),
            OPTIMAL: (134, 664),
            "pathwise": (4, 72),
            "price": (4, 0),
            "measure_valued": (16 * (16 / np.pi - 4), 68),
            "score_function_delta": (0, 0),
            "pathwise_delta": (0, 0),
            "finite_difference": (4, 72),
            "mirrored": (128, 906),
        },
    ),
    "quadratic, k = 0": (
        squares(0.0),
        {
            "score_function": (30, 136),
            OPTIMAL: (14, 64),
            "pathwise": (4, 12),
            "price": (4, 0),
            "measure_valued": (16 / np.pi - 4, 8),
        },
    ),
    "exponential, k = 10": (
        gaussian(10.0),
        {
            "score_function": (0.07694, 0.009035),
            OPTIMAL: (0.06020, 0.008739),
            "pathwise": (0.9416, 0.8921),
            "measure_valued": (0.02066, 0.1167),
        },
    ),
    "cosine, k = 5": (
        wave(5.0),
        {
            "score_function": (0.5, 1.0),
            OPTIMAL: (0.5, 1.0),
            "pathwise": (12.5, 12.5),
            "measure_valued": (0.2957, 1.0),
        },
    ),
}
