"""Law: how far the oracle reaches. Of costs that kink, jump, peak or have poles, and say nothing of it, it is right."""

import math
from dataclasses import replace

import numpy as np
import pytest

from bench import wrap
from bench.engine.case import Case
from bench.kernels.jit import kernel
from bench.oracle import quadrature
from bench.oracle.agreement import bias_of
from bench.oracle.gradients import exact_gradient
from bench.plan.rules import rule_of
from bench.spec import Floats, Points
from tests.support.cases import EVERYTHING
from tests.support.costs import COSTS, Cost, hill, step, variance_by_weak_derivative, variances
from tests.support.known import case
from tests.support.turns import in_turn

DIGITS = 1e-6
SIGMAS = (0.1, 0.3, 1.0, 3.0, 10.0)
ESTIMATORS = ("score_function", "pathwise", "score_function_loo", "measure_valued")


def made(cost: Cost, mu: float, sigma: float, estimator: str) -> Case:
    return case(cost.objective("cost"), "normal", (mu, sigma), estimator)


def disagreement(cost: Cost, mu: float, sigma: float, estimator: str) -> float:
    """The largest relative error of the oracle's variances; NaN where it gives none."""
    found = quadrature.exact(made(cost, mu, sigma, estimator)).variance
    if estimator == "measure_valued":
        expected = np.array([variance_by_weak_derivative(cost, mu, sigma)])
        assert np.isfinite(found).all()
    else:
        expected = variances(cost, mu, sigma, estimator)
    expected = np.where(expected > quadrature.NO_SPREAD, expected, 0.0)  # of what breaks ten deviations away
    off = abs(found[: expected.size] - expected)
    return float(np.max(off / np.where(expected > 0, expected, 1.0)))


@pytest.mark.parametrize("estimator", ESTIMATORS)
@pytest.mark.parametrize("name", ["absolute", "step", "hill", "logistic"])
@pytest.mark.thinned(2)
def test_a_variance_is_exact_where_f_breaks_or_is_steep(name: str, estimator: str) -> None:
    assert disagreement(COSTS[name], 1.0, 1.0, estimator) < DIGITS


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::scipy.integrate.IntegrationWarning")
@pytest.mark.parametrize("estimator", ESTIMATORS)
@pytest.mark.parametrize("sigma", SIGMAS)
@pytest.mark.parametrize("mu", [1.0, 0.1])
@pytest.mark.parametrize("name", COSTS)
def test_a_variance_is_exact_over_the_whole_grid(name: str, mu: float, sigma: float, estimator: str) -> None:
    assert disagreement(COSTS[name], mu, sigma, estimator) < DIGITS


def test_control_one_part_in_a_million_shows() -> None:
    """The same cost at a mu that is a little off."""
    found = quadrature.exact(made(COSTS["absolute"], 1.0, 1.0, "score_function")).variance
    beside = quadrature.exact(made(COSTS["absolute"], 1.0 + 3e-6, 1.0, "score_function")).variance
    assert np.max(abs(beside / found - 1)) > DIGITS


@kernel
def thousandth_too_much(noise, j, theta, phi, f, first, out):
    """The measure-valued gradient of one component, mu's too large by 0.1 %."""
    for i in range(out.shape[1]):
        out[0, i] = 1.001 * (f.value[0, i] - f.value[1, i]) / (theta[1] * math.sqrt(2.0 * math.pi))
        out[1, i] = (f.value[2, i] - f.value[3, i]) / theta[1]


def wrong(cost: Cost, sigma: float, estimator: str) -> Case:
    """An estimator whose gradient is too large by 0.1 %."""
    right = made(cost, 1.0, sigma, estimator)
    if estimator == "measure_valued":
        assert isinstance(right.rule, Points)
        return replace(right, rule=replace(right.rule, combine=thousandth_too_much))
    mutant = EVERYTHING.get("estimator", f"{estimator}_biased")
    rule = rule_of(mutant, right.family)
    assert not isinstance(rule, str)
    return replace(right, estimator=mutant, rule=rule)


def biases(of: Case) -> Floats:
    """[rows] How far the integrated gradient is off, in tolerances."""
    gradient = exact_gradient(of)
    assert gradient is not None
    return bias_of(quadrature.exact(of, mean_alone=True), gradient, np.zeros(gradient.shape))


PLANTED = in_turn(["score_function", "pathwise", "measure_valued"], [name for name in COSTS if name != "wide_hill"])


@pytest.mark.parametrize(("estimator", "name"), PLANTED)
def test_a_thousandth_that_was_planted_is_found(estimator: str, name: str) -> None:
    """And nothing where nothing was planted; the path of a step is biased by itself."""
    if (name, estimator) != ("step", "pathwise"):
        assert np.all(biases(made(COSTS[name], 1.0, 0.3, estimator)) <= 1)
        assert np.max(biases(wrong(COSTS[name], 0.3, estimator))) > 1e3


def test_the_path_of_a_step_is_constant_and_biased() -> None:
    of_step = made(step(0.5), 0.0, 0.5, "pathwise")
    assert quadrature.exact(of_step).variance.tolist() == [0.0, 0.0]
    assert np.max(biases(of_step)) > 1e3


def test_a_log_likelihood_that_jumps() -> None:
    """log 0.8 below 0.5 and log 0.2 above, at N(0, 0.5^2)."""
    low, high = math.log(0.8), math.log(0.2)
    cost = Cost(lambda y: np.where(y < 0.5, low, high), np.zeros_like)
    of_cost = made(cost, 0.0, 0.5, "score_function")
    np.testing.assert_allclose(exact_gradient(of_cost), [-0.670885, -0.670885], rtol=1e-6)  # type: ignore[arg-type]
    np.testing.assert_allclose(quadrature.exact(of_cost).variance, [3.820242, 8.090571], rtol=1e-6)


@pytest.mark.parametrize(
    ("estimator", "expected"), [("score_function", (0.0769404, 0.0090346)), ("pathwise", (0.9416294, 0.8920460))]
)
def test_a_hill_much_narrower_than_the_noise(estimator: str, expected: tuple[float, float]) -> None:
    found = quadrature.exact(made(hill(10.0), 1.0, 1.0, estimator))
    np.testing.assert_allclose(found.variance, expected, atol=5.1e-8)
    assert np.isfinite(found.kurtosis).all()


@pytest.mark.parametrize("place", [8.0, 0.5, 1e-9, -0.7071067811865476, 3.3])
def test_a_jump_anywhere_is_found_or_there_is_no_value(place: float) -> None:
    """At eight sigma, where panels begin, beside a node."""
    found = quadrature.exact(made(step(place), 0.0, 1.0, "score_function"))
    expected = variances(step(place), 0.0, 1.0, "score_function")
    np.testing.assert_allclose(found.variance, expected, rtol=DIGITS)


@pytest.mark.parametrize("estimator", ["score_function", "pathwise", "score_function_loo"])
@pytest.mark.parametrize("sigma", [0.1, 1.0, 10.0])
def test_a_spike_that_all_nodes_miss_is_found(sigma: float, estimator: str) -> None:
    """exp(-1e8 (y - 0.1234567)^2), whose E f is known."""
    k, m = 1e8, 0.1234567
    of_spike = made(hill(k, m), 0.0, sigma, estimator)
    w = 1 + 2 * k * sigma**2
    mean = math.exp(-k * m * m / w) / math.sqrt(w)
    expected = [2 * k * m / w * mean, mean * (4 * k * k * m * m * sigma / w**2 - 2 * k * sigma / w)]
    np.testing.assert_allclose(quadrature.exact(of_spike).mean, expected, rtol=1e-7)


def test_what_breaks_everywhere_has_no_value_and_says_why() -> None:
    rough = wrap.objective("rough", lambda y: np.floor(100 * y[0]) % 2)
    found = quadrature.exact(case(rough, "normal", (0.0, 1.0), "score_function"))
    assert np.isnan(found.mean).all()
    assert found.reason == "f jumps, kinks or turns at more than 64 places"


def test_components_of_a_sum_are_searched_one_by_one() -> None:
    """sum_j |y_j - c_j|: joint cumulants of the score function are those of panels of each component."""
    c = np.array([[0.0], [0.7]])
    kinks = wrap.objective(
        "kinks",
        lambda y: abs(y - c).sum(axis=0),
        slope=lambda y: np.sign(y - c),
        terms=lambda y: abs(y - c),
        dimension=2,
    )
    single = [Cost(lambda y, at=at: abs(y - at), lambda y, at=at: np.sign(y - at), (at,)) for at in (0.0, 0.7)]  # type: ignore[misc]
    found = quadrature.exact(case(kinks, "normal", (0.3, 1.2), "pathwise", d=2))
    np.testing.assert_allclose(found.variance, sum(variances(cost, 0.3, 1.2, "pathwise") for cost in single), rtol=1e-8)
    assert np.isfinite(quadrature.exact(case(kinks, "normal", (0.3, 1.2), "score_function", d=2)).kurtosis).all()
