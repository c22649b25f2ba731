"""Exact variances of one draw that are known in closed form or by other quadrature, of estimators of every kind."""

import numpy as np
import pytest

from bench import wrap
from bench.engine.pilot import prepared
from bench.oracle import quadrature
from bench.spec import Objective
from tests.support.known import (
    DIGITS,
    FOUR,
    MEAN_FIELD,
    NORMAL,
    OPTIMAL,
    QUADRATIC,
    case,
    gradient,
    of_one,
    squares,
    variance,
    wave,
)

IDENTITY = of_one("identity", lambda y: y, np.ones_like, np.zeros_like)
SQUARE = of_one("square", lambda y: y * y, lambda y: 2 * y, lambda y: np.full_like(y, 2.0))
LOGARITHM = of_one("logarithm", np.log, lambda y: 1 / y, lambda y: -1 / y**2)
DECAY = of_one("decay", lambda y: np.exp(-y), lambda y: -np.exp(-y), lambda y: np.exp(-y))


@pytest.mark.parametrize(
    ("name", "estimator"), [(name, estimator) for name, (_, known) in NORMAL.items() for estimator in known]
)
def test_a_normal_y(name: str, estimator: str) -> None:
    objective, known = NORMAL[name]
    phi = (0.1,) if estimator == "finite_difference" else ()
    found = variance(case(objective, "normal", (1.0, 1.0), estimator, phi=phi))
    digits = DIGITS if name.startswith("quadratic") else FOUR
    np.testing.assert_allclose(found, known[estimator], rtol=digits, atol=1e-12)


def test_the_optimal_baseline_is_not_the_mean_of_f() -> None:
    """(y + 3)^2 at N(1, 1): E f = 17, while 19 and 21 are the best; E s^2 (b - best)^2 is added, 4 and 32 for E f."""
    of_mean, of_best = (
        prepared(case(squares(-3.0), "normal", (1.0, 1.0), name)) for name in ("score_function_mean_baseline", OPTIMAL)
    )
    np.testing.assert_allclose(of_best.frozen, (19, 21), rtol=DIGITS)
    (b,) = of_mean.frozen
    assert abs(b - 17) < 5 * np.sqrt(66 / of_mean.pilot_evaluations)  # Var f = 66
    np.testing.assert_allclose(variance(of_mean), (134 + (b - 19) ** 2, 664 + 2 * (b - 21) ** 2), rtol=DIGITS)
    assert (of_mean.pilot_evaluations, of_best.pilot_evaluations) == (1000, 0)


@pytest.mark.parametrize(
    ("estimator", "by_mu", "by_sigma"),
    [
        ("score_function", 11647.9489, 24722.9628),
        (OPTIMAL, 5369.36879, 11413.8826),
        ("pathwise", 38.0825, 168.805),
        ("price", 38.0825, 0.0),
    ],
)
def test_a_mean_field_normal(estimator: str, by_mu: float, by_sigma: float) -> None:
    found = variance(case(QUADRATIC, "normal", MEAN_FIELD, estimator, "untied", 3)).reshape(3, 2).sum(axis=0)
    np.testing.assert_allclose(found, (by_mu, by_sigma), rtol=2 * DIGITS, atol=1e-12)


def test_the_optimal_baseline_of_each_coordinate() -> None:
    found = variance(case(QUADRATIC, "normal", MEAN_FIELD, OPTIMAL, "untied", 3)).reshape(3, 2)
    np.testing.assert_allclose(found[:, 0], (4710.70667, 430.0712, 228.590925), rtol=DIGITS)
    np.testing.assert_allclose(found[:, 1], (9436.99333, 892.4074, 1084.48185), rtol=DIGITS)


GAMMA = [  # alpha, f, gradient by alpha, and the variances of the score function, the optimal baseline and pathwise
    (1.0, IDENTITY, 1.0, 4.28986813, 2.64493407, 0.289868134),
    (1.0, SQUARE, 3.0, 100.478418, 83.4669729, 19.5411673),
    (1.0, LOGARITHM, 1.64493407, 15.2289956, 8.39188088, 0.900362625),
    (1.0, DECAY, -0.34657359, 0.830514422, 0.143971671, 0.018852242),
    (2.0, IDENTITY, 1.0, 4.8696044, 2.28986813, 0.136859104),
    (2.0, SQUARE, 5.0, 194.392088, 140.972277, 27.6862516),
]


@pytest.mark.parametrize("row", GAMMA, ids=lambda row: f"{row[1].name}-{row[0]}")
def test_a_gamma_y(row: tuple[float, Objective, float, float, float, float]) -> None:
    alpha, objective, exact, *known = row
    for estimator, expected in zip(("score_function", OPTIMAL, "pathwise"), known, strict=True):
        of = case(objective, "gamma", (alpha, 1.0), estimator)
        assert gradient(of)[0] == pytest.approx(exact, rel=DIGITS)
        assert variance(of)[0] == pytest.approx(expected, rel=DIGITS)


@pytest.mark.parametrize(("theta", "optimal", "loo"), [(0.5, 0.0, 0.000625), (0.1, 0.0, 0.000369)])
def test_a_bernoulli_y(theta: float, optimal: float, loo: float) -> None:
    """f = (b - 0.45)^2; the optimal baseline leaves nothing, and the expansion is exact at both values."""
    objective, logit = squares(0.45), (float(np.log(theta / (1 - theta))),)
    assert variance(case(objective, "bernoulli", logit, OPTIMAL)) == pytest.approx(optimal, abs=1e-15)
    assert variance(case(objective, "bernoulli", logit, "score_function_loo"), 2) == pytest.approx(loo, rel=DIGITS)
    assert variance(case(objective, "bernoulli", logit, "score_function_delta")) == pytest.approx(0.0, abs=1e-15)


def test_uncoupled_pairs_add_the_variances_of_both_parts() -> None:
    """y^2 at N(m, s^2): W Rayleigh, M Maxwell, Z normal, all apart."""
    m, s = 0.5, 0.8
    w, of_w = np.sqrt(np.pi / 2) * np.array([1, 3]), np.array([2.0, 8.0])  # E W, E W^3; E W^2, E W^4
    square = 4 * m**2 * (of_w[0] - w[0] ** 2) + s**2 * (of_w[1] - of_w[0] ** 2)  # of (m + s W)^2 and (m - s W)^2
    by_mu = s**2 * 2 * square / (2 * np.pi * s**2)  # the odd products cancel in the sum of both
    maxwell, normal = (4 * m**2 * s**2 * v + s**4 * (q - v**2) for v, q in ((3.0, 15.0), (1.0, 3.0)))
    found = variance(case(squares(0.0), "normal", (m, s), "measure_valued_uncoupled"))
    np.testing.assert_allclose(found, (by_mu, (maxwell + normal) / s**2), rtol=DIGITS)


@pytest.mark.parametrize("h", [0.05, 0.3])
@pytest.mark.parametrize("estimator", ["finite_difference", "spsa"])
def test_differences_have_the_mean_of_differences(estimator: str, h: float) -> None:
    """F = exp(-k^2 s^2 / 2) cos(k m): central differences of it, for SPSA the mean over all signs."""
    k, m, s = 1.3, 0.4, 0.9

    def mean(mu: float, sigma: float) -> float:
        return float(np.exp(-(k**2) * sigma**2 / 2) * np.cos(k * mu))

    by_mu, by_sigma = ((mean(m + h * a, s + h * b) - mean(m - h * a, s - h * b)) / (2 * h) for a, b in ((1, 0), (0, 1)))
    if estimator == "spsa":
        along, across = ((mean(m + h, s + b) - mean(m - h, s - b)) / (2 * h) for b in (h, -h))
        by_mu, by_sigma = (along + across) / 2, (along - across) / 2
    exact = quadrature.exact(case(wave(k), "normal", (m, s), estimator, phi=(h,)))
    np.testing.assert_allclose(exact.mean, (by_mu, by_sigma), rtol=DIGITS)
    assert (abs(exact.mean - gradient(case(wave(k), "normal", (m, s), estimator, phi=(h,)))) > h**2 / 100).any()


def test_simultaneous_perturbation_adds_the_slopes_of_all_others() -> None:
    """y^2, where differences are exact: D_p 2 y (D_mu + eps D_sigma) spreads as finite differences do, and more."""
    spsa, plain = (
        variance(case(squares(0.0), "normal", (1.0, 1.0), name, phi=(0.1,))) for name in ("spsa", "finite_difference")
    )
    # E (2 y)^2 = 8 and E (2 y eps)^2 = 16 join each other's variances
    np.testing.assert_allclose(spsa, plain + np.array([16.0, 8.0]), rtol=DIGITS)


def test_shared_parameters_are_perturbed_once() -> None:
    """Two tied components at N(0, 1), f = sum y_j: D_p (2 D_mu + (eps_1 + eps_2) D_sigma) has the variances 2 and 6."""
    linear = wrap.objective("linear", lambda y: y.sum(axis=0), terms=lambda y: y, dimension=2)
    tied = quadrature.exact(case(linear, "normal", (0.0, 1.0), "spsa", d=2, phi=(0.1,)))
    np.testing.assert_allclose(tied.mean, (2.0, 0.0), atol=1e-12)
    np.testing.assert_allclose(tied.variance, (2.0, 6.0), rtol=DIGITS)


def test_mirrored_draws_are_the_score_function_with_antithetic_ones() -> None:
    """(y - k)^2 at N(m, s^2), a = m - k: 2 a s eps * eps / s for mu, (a^2 + s^2 eps^2) (eps^2 - 1) / s for sigma."""
    a, s = 1.5, 0.7
    found = variance(case(squares(0.5), "normal", (2.0, s), "mirrored"))
    by_sigma = (2 * a**4 + 20 * a**2 * s**2 + 78 * s**4 - 4 * s**4) / s**2
    np.testing.assert_allclose(found, (8 * a**2, by_sigma), rtol=DIGITS)


def test_a_mixture_is_near_the_better_of_both() -> None:
    """Its weights are by inverse variance: about 4 of 499 for mu, 72 of 1618 for sigma."""
    parts = [
        variance(case(squares(-3.0), "normal", (1.0, 1.0), name))
        for name in ("importance_mixture", "pathwise", "score_function")
    ]
    assert (parts[0] < 1.3 * parts[1]).all()
    both = [variance(case(wave(5.0), "normal", (1.0, 1.0), name)) for name in ("importance_mixture", "score_function")]
    assert (both[0] < both[1]).all()
