"""The normal quantile: as close as round-off allows, in the tails and in the middle, and monotone across pieces."""

import numpy as np
import pytest
from scipy import special

from bench.kernels.normal_quantile import LEAST, PIECES, quantile

EPSILON = float(np.finfo(float).eps)


def of(chances: np.ndarray) -> np.ndarray:
    out = chances.copy()
    quantile(out)
    return out


def error(z: np.ndarray, p: np.ndarray) -> np.ndarray:
    """Of z, by one step of Newton's method: (Phi(z) - p) / phi(z), for z < 0."""
    return (special.ndtr(z) - p) * np.sqrt(2 * np.pi) * np.exp(0.5 * z * z)


TAILS = np.concatenate([np.geomspace(LEAST, 0.499, 200_001), LEAST * 2.0 ** np.arange(53)])


def test_it_is_as_close_as_scipys() -> None:
    """SciPy's is that of Cephes, to a few units in the last place; what Phi and phi are off by is in both."""
    z = of(TAILS)
    off = np.abs(error(z, TAILS) / z)
    assert off.max() < 2 * np.abs(error(special.ndtri(TAILS), TAILS) / z).max() < 16 * EPSILON


def test_near_one_half_digits_are_relative() -> None:
    """z = sqrt(2 pi) d (1 + pi d^2 / 3 + ...) at p = 1/2 + d."""
    d = 2.0 ** -np.arange(18, 53)
    expected = np.sqrt(2 * np.pi) * d * (1 + np.pi / 3 * d * d)
    np.testing.assert_allclose(of(0.5 + d), expected, rtol=8 * EPSILON)
    np.testing.assert_allclose(of(0.5 - d), -expected, rtol=8 * EPSILON)
    assert of(np.array([0.5]))[0] == 0.0


def test_it_is_odd_and_rises() -> None:
    """Across the ends of pieces too, where chances differ by a unit in the last place."""
    ends = (2.0 ** -np.arange(2, 54)[:, np.newaxis] * (1 + np.arange(PIECES) / PIECES)).ravel()
    around = np.sort(np.concatenate([np.nextafter(ends, 0), ends, np.nextafter(ends, 1)]))
    z = of(around)
    assert np.all(np.diff(z) >= -4 * EPSILON * np.abs(z[1:]))
    exact = np.round(TAILS[TAILS > 2.0**-30] * 2**52) / 2**52
    np.testing.assert_array_equal(of(1 - exact), -of(exact))


def test_beyond_the_least_chance_nothing_is_looked_up() -> None:
    assert of(np.array([0.0, LEAST / 2, LEAST])) == pytest.approx(special.ndtri(LEAST), rel=4 * EPSILON)
    assert np.isfinite(of(np.array([1.0]))).all()


def test_any_contiguous_shape_is_overwritten() -> None:
    chances = np.linspace(0.1, 0.9, 24).reshape(2, 3, 4)
    np.testing.assert_allclose(of(chances), special.ndtri(chances), rtol=1e-14, atol=1e-16)
    with pytest.raises(ValueError, match="copy"):
        quantile(chances[:, ::2])
