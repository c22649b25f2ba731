"""The expansion about the mean, as it is laid out, and the gradient of its mean by the moments of y."""

import numpy as np
import pytest

from bench.engine.pilot import CellPilot
from bench.kernels import calls
from bench.kernels.taylor import constant, expansion, frozen
from tests.support.known import MEAN_FIELD, QUADRATIC, A, C, case
from tests.support.through import call

MU, SIGMA = (np.array(values) for values in MEAN_FIELD)


def test_a_quadratic_is_its_own_expansion_but_for_mixed_derivatives() -> None:
    value, parts = expansion(CellPilot(case(QUADRATIC, "normal", MEAN_FIELD, "pathwise", "untied", 3)))
    off = MU - C[:, 0]
    assert value == pytest.approx(0.5 * off @ A @ off, rel=1e-14)
    np.testing.assert_allclose(parts, np.stack([MU, A @ off, np.diag(A)], axis=1), rtol=1e-14)


@pytest.mark.parametrize("shift", [0.0, 0.4])
def test_the_constant_is_beta_times_the_gradient_of_the_mean(shift: float) -> None:
    """E h = a (mu - m) + q ((mu - m)^2 + sigma^2) / 2: by mu a + q (mu - m), by sigma q sigma; also beside m."""
    parts, beta = np.array([[1.0, 2.0, 3.0], [-0.5, 0.7, 1.1]]), np.array([[0.9, 1.1], [0.3, 2.0]])
    phi, out = frozen(5.0, parts, beta), np.empty(2)
    for j, (m, a, q) in enumerate(parts):
        mu, sigma = m + shift, 0.8
        moments = np.array([[mu, 1.0, 0.0], [sigma**2, 0.0, 2 * sigma]])
        call(constant, calls.CONSTANT, moments, j, phi, out)
        np.testing.assert_allclose(out, beta[j] * (a + q * shift, q * sigma), rtol=1e-14)
