"""The exponential channel: draws follow its rule, and the rule settles also where the integrand is singular at 0."""

import math

import numpy as np
import pytest
from scipy import special

from bench.kernels.exponential import EXPONENTIAL
from tests.support.channels import POWERS, bound, drawn, integral, standard_errors

EPSILON = 64 * np.finfo(float).eps


def test_moments_of_the_draws_are_those_of_the_rule() -> None:
    draws = drawn(EXPONENTIAL)
    assert draws.min() >= 0
    assert max(abs(standard_errors(EXPONENTIAL, draws))) < bound(len(POWERS))
    assert max(abs(standard_errors(EXPONENTIAL, 1.03 * draws))) > bound(len(POWERS))


@pytest.mark.parametrize("power", range(9))
def test_the_rule_gives_factorials(power: int) -> None:
    beyond = special.gammaincc(power + 1, EXPONENTIAL.rule(2)[0].max())  # the share that the rule leaves out
    factorial = math.factorial(power)
    assert abs(integral(EXPONENTIAL, lambda w: w**power) / factorial - 1) < EPSILON + beyond


def test_the_rule_settles_where_the_integrand_is_singular() -> None:
    """E log w = -Euler's constant, E w^(-1/2) = Gamma(1/2), where Laguerre's nodes settle slowly."""
    assert integral(EXPONENTIAL, np.log) == pytest.approx(-np.euler_gamma, rel=1e-13)
    assert integral(EXPONENTIAL, np.sqrt) == pytest.approx(special.gamma(1.5), rel=1e-13)
    assert integral(EXPONENTIAL, lambda w: 1 / np.sqrt(w), 200) == pytest.approx(special.gamma(0.5), rel=1e-13)


def test_nodes_bring_it_closer() -> None:
    exact = special.exp1(1) * math.e  # E 1 / (1 + w)
    errors = [abs(integral(EXPONENTIAL, lambda w: 1 / (1 + w), nodes) - exact) for nodes in (8, 12, 18, 27, 120)]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < EPSILON
