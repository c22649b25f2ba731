"""Tables of smooth functions: exact for polynomials, everywhere close for what is smooth, tame outside."""

import math

import numpy as np
import pytest

from bench.kernels.jit import kernel
from bench.kernels.tabulated import COEFFICIENTS, END, PER_UNIT, PIECES, SIZE, look_up, places, table

EPSILON = float(np.finfo(float).eps)


@kernel
def looked_up(flat, z, out):
    rows = flat.reshape(PIECES, COEFFICIENTS)
    for i in range(z.size):
        out[i] = look_up(rows, z[i])


def values(flat: np.ndarray, z: np.ndarray) -> np.ndarray:
    out = np.empty(z.size)
    looked_up(flat, z, out)
    return out


Z = np.concatenate([np.linspace(-END, END, 10_007), np.linspace(-END, END, PIECES + 1)])


def test_places_are_inside_their_pieces_in_rising_order() -> None:
    assert places().shape == (SIZE,)
    assert np.all(np.diff(places()) > 0)
    assert -END < places()[0] < places()[-1] < END


def test_polynomials_up_to_the_degree_are_exact() -> None:
    for power in range(COEFFICIENTS):
        flat = table((places() / END) ** power)
        assert np.max(abs(values(flat, Z) - (Z / END) ** power)) < 64 * EPSILON
    assert np.max(abs(values(table((places() * 8) ** COEFFICIENTS), Z) - (Z * 8) ** COEFFICIENTS)) > 1e-6


@pytest.mark.parametrize(
    ("function", "eighth"),  # and a bound of its eighth derivative, by the nearest pole
    [
        (np.sin, 1.0),
        (np.tanh, 2 * math.factorial(8) / (math.pi / 2) ** 9),
        (lambda z: np.logaddexp(0.0, z), 2 * math.factorial(7) / math.pi**8),
    ],
)
def test_smooth_functions_are_as_close_as_interpolation_is(function, eighth: float) -> None:
    expected = function(Z)
    bound = eighth * (0.5 / PER_UNIT) ** 8 / (2**7 * math.factorial(8))
    assert np.max(abs(values(table(function(places())), Z) - expected)) < bound + 32 * EPSILON * np.max(abs(expected))


def test_beyond_the_end_it_is_as_at_the_end() -> None:
    flat = table(np.exp(places()))
    ends = values(flat, np.array([-END, np.nextafter(END, 0)]))
    np.testing.assert_allclose(values(flat, np.array([-1e9, -np.inf, np.nan])), ends[0], rtol=0)
    np.testing.assert_allclose(values(flat, np.array([1e9, np.inf, END])), ends[1], rtol=64 * EPSILON)
