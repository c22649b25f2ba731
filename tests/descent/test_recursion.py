"""What linear recursions settle at: held against the recursion itself, and its orders against each other."""

import numpy as np
import pytest

from bench.descent import recursion
from bench.spec import Floats

H = np.array([[2.0, 0.3], [0.3, 0.5]])
S = np.array([[1.0, -0.4], [-0.4, 3.0]])


def settled(rate: float, steps: int) -> Floats:
    shrinking, covariance = np.eye(2) - rate * H, np.zeros((2, 2))
    for _ in range(steps):
        covariance = shrinking @ covariance @ shrinking + rate**2 * S
    return covariance


def test_of_a_number_the_formulas_are_those_of_the_docstring() -> None:
    a, h, s = 0.1, 3.0, 2.0
    covariance, contraction = recursion.exact(np.array([[h]]), np.array([[s]]), a)
    assert covariance[0, 0] == pytest.approx(a**2 * s / (1 - (1 - a * h) ** 2), rel=1e-13)
    assert contraction == pytest.approx((1 - a * h) ** 2, rel=1e-13)
    covariance, contraction = recursion.first_order(np.array([[h]]), np.array([[s]]), a)
    assert covariance[0, 0] == pytest.approx(a * s / (2 * h), rel=1e-13)
    assert contraction == pytest.approx((1 - a * h) ** 2, rel=1e-13)
    assert recursion.first_order(np.array([[h]]), np.array([[s]]), 0.6)[1] == pytest.approx(0.64)  # never below 0


def test_the_exact_covariance_is_where_the_recursion_settles() -> None:
    np.testing.assert_allclose(recursion.exact(H, S, 0.2)[0], settled(0.2, 2000), rtol=1e-12)


def test_a_long_step_is_slow_where_the_curvature_is_largest() -> None:
    assert recursion.exact(np.diag([0.5, 1.9]), S, 1.0)[1] == pytest.approx(0.9**2, rel=1e-13)


def test_the_floor_to_first_order_is_a_quarter_of_the_rate_times_the_trace_of_the_noise() -> None:
    covariance, _ = recursion.first_order(H, S, 0.03)
    assert np.trace(H @ covariance) / 2 == pytest.approx(0.03 * np.trace(S) / 4, rel=1e-13)


def test_half_the_rate_halves_what_the_first_order_misses() -> None:
    def missed(rate: float) -> float:
        return float(abs(recursion.exact(H, S, rate)[0] / recursion.first_order(H, S, rate)[0] - 1).max())

    first, second = missed(1e-3), missed(5e-4)
    assert abs(second / first - 0.5) < 2 * first  # what is left is of the next order


def test_noise_that_vanishes_contracts_as_it_does_step_by_step() -> None:
    """A = [[1, 2 e], [e, 2 e^2]], e standard normal: pathwise, sticking the landing, at its own normal target."""
    points, weights = np.polynomial.hermite_e.hermegauss(20)
    weights = weights / weights.sum()
    slopes = np.array([[[1.0, 2 * e], [e, 2 * e * e]] for e in points])
    products = np.einsum("m,mab,mce->acbe", weights, slopes, slopes).reshape(4, 4)
    a, covariance = 0.05, np.eye(2)
    for _ in range(400):
        previous, shrinking = covariance, np.eye(2) - a * slopes
        covariance = np.einsum("m,mab,bc,mdc->ad", weights, shrinking, covariance, shrinking)
    contraction = recursion.vanishing(np.diag([1.0, 2.0]), products, a)
    assert contraction == pytest.approx(np.trace(covariance) / np.trace(previous), rel=1e-12)
    assert contraction > (1 - a) ** 2  # which it would be without noise
