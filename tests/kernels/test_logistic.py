"""Kernels of a logistic regression beside NumPy, also far out, and for more rows and draws than a tile holds."""

import numpy as np
import pytest

from bench.kernels.jit import kernel
from bench.kernels.logistic import curvature, log1p, logistic, slope, softplus, value
from bench.kernels.product import ROWS, TILE

EPSILON = np.finfo(float).eps


@kernel
def functions(a, out):  # type: ignore[no-untyped-def]
    """out[3, m] <- softplus(a), logistic(a), log1p(|a| mod 1)."""
    for i in range(a.size):
        out[0, i], out[1, i], out[2, i] = softplus(a[i]), logistic(a[i]), log1p(abs(a[i]) % 1.0)


def test_functions_are_those_of_numpy() -> None:
    a = np.concatenate([np.linspace(-40, 40, 4001), [-700.0, -1e-9, 0.0, 1e-9, 700.0, 1e6]])
    out = np.empty((3, a.size))
    functions(a, out)
    np.testing.assert_allclose(out[0], np.logaddexp(0, a), rtol=8 * EPSILON)
    expected = np.where(a >= 0, 1.0, np.exp(np.minimum(a, 0))) / (1 + np.exp(-abs(a)))
    np.testing.assert_allclose(out[1], expected, rtol=8 * EPSILON)
    np.testing.assert_allclose(out[2], np.log1p(abs(a) % 1.0), rtol=4 * EPSILON)


@pytest.mark.parametrize(("n", "d", "draws"), [(3, 2, 4), (ROWS + 5, 7, TILE + 9)])
def test_value_slope_and_curvature(n: int, d: int, draws: int) -> None:
    generator = np.random.Generator(np.random.SFC64(3))
    rows, y, scale = generator.standard_normal((n, d)), 2 * generator.standard_normal((d, draws)), 1.5
    table, out, derivative = np.concatenate([[scale], rows.ravel()]), np.empty(draws), np.empty((d, draws))
    a = rows @ y
    h = 1 / (1 + np.exp(-a))
    value(y, np.empty(0), table, out)
    prior = (y**2).sum(axis=0) / (2 * scale**2) + d * np.log(2 * np.pi * scale**2) / 2
    np.testing.assert_allclose(out, np.logaddexp(0, a).sum(axis=0) + prior, rtol=1e-13)
    slope(y, np.empty(0), table, derivative)
    np.testing.assert_allclose(derivative, rows.T @ h + y / scale**2, rtol=1e-11, atol=1e-12)
    curvature(y, np.empty(0), table, derivative)
    np.testing.assert_allclose(derivative, (rows**2).T @ (h * (1 - h)) + 1 / scale**2, rtol=1e-11)
    plain = np.empty(draws)
    value.py_func(y[:, :3].copy(), np.empty(0), table, plain[:3])
    np.testing.assert_allclose(plain[:3], out[:3], rtol=1e-13)
