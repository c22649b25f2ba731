"""Moments of quadratic forms of normals, beside nodes that fill both dimensions."""

import numpy as np
import pytest

from bench.statistics.cumulants import central, moments
from bench.statistics.forms import Quadratic, central_moments, joint_sums

F = Quadratic(0.7, np.array([0.5, -1.2]), np.array([[1.1, 0.4], [0.4, -0.6]]))
S = Quadratic(-0.2, np.array([0.3, 0.8]), np.array([[0.0, 0.5], [0.5, 1.3]]))


def at_nodes(form: Quadratic) -> tuple[np.ndarray, np.ndarray]:
    """(values[m], weights[m]) at Gauss and Hermite's nodes, exact for the powers that are taken."""
    points, weights = np.polynomial.hermite_e.hermegauss(24)
    z = np.array([axis.ravel() for axis in np.meshgrid(points, points, indexing="ij")])
    values = form.constant + form.linear @ z + np.einsum("im,ij,jm->m", z, form.matrix, z) / 2
    both = np.outer(weights, weights).ravel()
    return values, both / both.sum()


def test_moments_of_a_form() -> None:
    values, weights = at_nodes(F)
    mean = values @ weights
    expected = [mean, (values - mean) ** 2 @ weights, (values - mean) ** 4 @ weights]
    np.testing.assert_allclose(central_moments(F), expected, rtol=1e-12)


def test_joint_moments_of_two_forms() -> None:
    """All orders up to (4, 4), which products of them need."""
    (f, weights), (s, _) = at_nodes(F), at_nodes(S)
    several = joint_sums(F, S)
    scale_f, scale_s = several.scale_f[0], several.scale[0] / several.scale_f[0]
    joint = moments(several.cumulants)[..., 0]
    for a in range(5):
        for b in range(5):
            factor = np.prod(np.arange(1.0, a + 1)) * np.prod(np.arange(1.0, b + 1)) * scale_f**a * scale_s**b
            assert joint[a, b] * factor == pytest.approx((f**a * s**b) @ weights, rel=1e-11)
    mean, variance, _ = central(several.products())
    assert mean[0] == pytest.approx((f * s) @ weights, rel=1e-12)
    assert variance[0] == pytest.approx((f * s) ** 2 @ weights - mean[0] ** 2, rel=1e-11)


def test_control_another_matrix_has_other_moments() -> None:
    assert central_moments(F._replace(matrix=F.matrix * 1.001))[1] != pytest.approx(central_moments(F)[1], rel=1e-5)
