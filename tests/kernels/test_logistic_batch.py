"""Kernels of a logistic regression on a batch, beside those of all data."""

import numpy as np
import pytest

from bench.kernels import logistic, logistic_batch

D, N = 3, 7
RANDOM = np.random.Generator(np.random.SFC64(3))
ROWS, Y, SCALE = RANDOM.standard_normal((N, D)), RANDOM.standard_normal((D, 5)), 1.3


def on_batch(name: str, size: int, first: int, where: float = 0.5) -> np.ndarray:
    columns = np.concatenate([ROWS.T, ROWS.T], axis=1)
    y = np.concatenate([Y, np.full((1, Y.shape[1]), (first + where) / N)])
    out = np.empty(Y.shape[1] if name == "value" else Y.shape)
    getattr(logistic_batch, name)(y, np.empty(0), np.concatenate([[size, SCALE], columns.ravel()]), out)
    return out


def on_rows(name: str, rows: np.ndarray) -> np.ndarray:
    out = np.empty(Y.shape[1] if name == "value" else Y.shape)
    getattr(logistic, name)(Y, np.empty(0), np.concatenate([[SCALE], rows.ravel()]), out)
    return out


@pytest.mark.parametrize("name", ["value", "slope", "curvature"])
@pytest.mark.parametrize("size", [1, 4, 7])
def test_a_batch_weighs_its_data_by_n_over_their_number(name: str, size: int) -> None:
    """Round the end of the data too."""
    of_prior = on_rows(name, np.empty((0, D)))
    for first in (0, 5, 6):
        of_data = on_rows(name, np.roll(ROWS, -first, axis=0)[:size]) - of_prior
        np.testing.assert_allclose(on_batch(name, size, first), of_prior + N / size * of_data, rtol=1e-13, atol=1e-13)


def test_the_batch_alone_is_read() -> None:
    np.testing.assert_array_equal(on_batch("slope", 2, 3, 0.01), on_batch("slope", 2, 3, 0.99))
