"""Gradients by the logit of a Bernoulli and their variances, against closed forms and published settings."""

import numpy as np
import pytest
from scipy import special

from tests.support.known import DIGITS, case, gradient, squares, variance

T = 0.45
P0 = (0.6, 0.51, 0.48)  # Liu et al. (2019); Kool et al. (2020)
TABLE = {  # theta -> gradient, score function, leave-one-out with two and with four draws, of (b - T)^2
    0.5: (0.025, 0.0159390625, 0.000625, 1.041666667e-4),
    0.1: (0.009, 0.0077000625, 0.000369, 1.575e-4),
}


@pytest.mark.parametrize("theta", TABLE)
def test_one_component(theta: float) -> None:
    by_logit, score_function, two, four = TABLE[theta]
    joint, leave_one_out = (
        case(squares(T), "bernoulli", (float(special.logit(theta)),), name)
        for name in ("score_function", "score_function_loo")
    )
    assert gradient(joint)[0] == pytest.approx(by_logit, rel=DIGITS)
    assert variance(joint)[0] == pytest.approx(score_function, rel=DIGITS)
    assert variance(joint, 4)[0] == pytest.approx(score_function / 4, rel=DIGITS)
    assert variance(leave_one_out, 2)[0] == pytest.approx(two, rel=DIGITS)
    assert variance(leave_one_out, 4)[0] == pytest.approx(four, rel=DIGITS)


@pytest.mark.parametrize("theta", [0.03, 0.1, 0.5, 0.8])
@pytest.mark.parametrize("samples", [2, 3, 7])
def test_leave_one_out_in_closed_form(theta: float, samples: int) -> None:
    """D^2 (mu_4 - (K - 3) / (K - 1) v^2) / K."""
    v, difference = theta * (1 - theta), 1 - 2 * T
    fourth = v * (1 - 3 * v)
    expected = difference**2 * (fourth - (samples - 3) / (samples - 1) * v**2) / samples
    leave_one_out = case(squares(T), "bernoulli", (float(special.logit(theta)),), "score_function_loo")
    assert gradient(leave_one_out)[0] == pytest.approx(v * difference, rel=DIGITS)
    assert variance(leave_one_out, samples)[0] == pytest.approx(expected, rel=DIGITS)


@pytest.mark.parametrize("theta", TABLE)
def test_the_weak_derivative_sums_over_both_values(theta: float) -> None:
    """One component: no variance is left."""
    measured = case(squares(T), "bernoulli", (float(special.logit(theta)),), "measure_valued")
    assert gradient(measured)[0] == pytest.approx(TABLE[theta][0], rel=DIGITS)
    np.testing.assert_array_equal(variance(measured), 0)


def test_three_components_of_one_logit() -> None:
    joint, leave_one_out = (
        case(squares(*P0), "bernoulli", (0.0,), name, d=3) for name in ("score_function", "score_function_loo")
    )
    assert gradient(joint)[0] == pytest.approx(-0.045, rel=DIGITS)
    assert variance(joint)[0] == pytest.approx(0.4384201875, rel=DIGITS)
    assert variance(leave_one_out, 2)[0] == pytest.approx(0.007275, rel=DIGITS)
    assert variance(leave_one_out, 4)[0] == pytest.approx(0.0019875, rel=DIGITS)


def test_three_components_with_a_logit_each() -> None:
    """Gradients theta (1 - theta) D_j."""
    untied = case(squares(*P0), "bernoulli", ((0.0, -1.0, 2.0),), "score_function", "untied", d=3)
    theta = special.expit([0.0, -1.0, 2.0])
    np.testing.assert_allclose(gradient(untied), theta * (1 - theta) * (1 - 2 * np.array(P0)), rtol=DIGITS)
