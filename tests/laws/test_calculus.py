"""Differences and integrals with bounds on their errors, which hold."""

import numpy as np
import pytest

from bench.kernels.normal import NORMAL
from bench.kernels.uniform import UNIFORM
from bench.laws import calculus
from tests.support.families import FAMILIES


@pytest.mark.parametrize(
    ("function", "slope"), [(np.sin, 1.0), (np.exp, 1.0), (lambda t: (1 + t) ** 5, 5.0), (lambda t: 1e6 + t, 1.0)]
)
def test_the_error_of_a_difference_is_bounded(function: object, slope: float) -> None:
    computed = calculus.differences(function, 1e-2, 1e-15)  # type: ignore[arg-type]
    assert abs(computed.value - slope) <= computed.error + 1e-15
    assert computed.error < 1e-6


def test_steps_by_theta_stay_in_the_domain() -> None:
    """sigma = 1e-3: log of it has a slope of a thousand."""
    normal, theta = FAMILIES["normal"], np.array([0.0, 1e-3])
    moved = calculus.by_theta(lambda theta: np.log(theta[1:]), normal, theta, 1e-16)
    assert abs(moved.value[1, 0] - 1e3) <= moved.error[1, 0] + 1e-9
    assert moved.value[0, 0] == 0


def test_steps_of_a_parameter_without_bounds_are_as_small_as_what_it_moves() -> None:
    """tanh(1000 mu) bends within a thousandth."""
    theta = np.array([0.0, 1e-3])
    moved, far = (
        calculus.by_theta(lambda theta: np.tanh(1e3 * theta[:1]), FAMILIES["normal"], theta, 1e-16, scale)
        for scale in (1e-3, 1.0)
    )
    assert abs(moved.value[0, 0] - 1e3) <= moved.error[0, 0] < 1e-2
    assert far.value[0, 0] < 500


def test_a_large_theta_is_rounded_and_the_error_says_so() -> None:
    """mu = 1e8: its steps are known to 1e-8."""
    theta = np.array([1e8, 1.0])
    moved = calculus.by_theta(lambda theta: np.sin(theta[:1] - 1e8 + 1.0), FAMILIES["normal"], theta, 1e-16)
    assert 1e-9 < abs(moved.value[0, 0] - np.cos(1.0)) <= moved.error[0, 0] < 1e-2


def test_expectations_over_two_channels() -> None:
    mean = calculus.expectation(lambda noise: (noise[0] ** 2 * noise[1])[0], (NORMAL, UNIFORM), 40, ())
    assert abs(mean.value - 0.5) <= mean.error + 1e-12
    assert mean.error < 1e-10


def test_a_rule_that_is_too_coarse_says_so() -> None:
    mean = calculus.expectation(lambda noise: np.cos(60 * noise[0, 0]), (UNIFORM,), 8, ())
    assert mean.error > 1e-3
