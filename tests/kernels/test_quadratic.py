"""Kernels of a quadratic form beside NumPy, also for more draws than a tile holds."""

import numpy as np

from bench.kernels.product import TILE
from bench.kernels.quadratic import curvature, slope, value
from bench.statistics.conditioned import matrix_and_centre

D, CONSTANT = 5, 0.3


def test_value_slope_and_curvature() -> None:
    matrix, centre = matrix_and_centre(D, 20.0)
    table = np.concatenate([[float(D), 20.0, CONSTANT], centre, matrix.ravel()])
    y = np.random.Generator(np.random.SFC64(2)).standard_normal((D, TILE + 7))
    out, rows = np.empty(y.shape[1]), np.empty(y.shape)
    z = y - centre[:, np.newaxis]
    value(y, np.empty(0), table, out)
    np.testing.assert_allclose(out, np.einsum("im,ij,jm->m", z, matrix, z) / 2 + CONSTANT, rtol=1e-12)
    slope(y, np.empty(0), table, rows)
    np.testing.assert_allclose(rows, matrix @ z, rtol=1e-12, atol=1e-12)
    curvature(y, np.empty(0), table, rows)
    np.testing.assert_allclose(rows, np.repeat(np.diag(matrix)[:, np.newaxis], y.shape[1], axis=1), rtol=1e-15)
