"""Sines and cosines against mpmath, near their zeros and beyond their reach too."""

from typing import Any

import mpmath
import numpy as np
import pytest

from bench.kernels.jit import kernel
from bench.kernels.trigonometric import HALF_PI, REACH, SINE, cosines, sines
from tests.support import elementary
from tests.support.digits import units_off, vectorises
from tests.support.minimax import minimax

MOST = 2.0  # units in the last place
RANDOM = np.random.Generator(np.random.SFC64(0))
ZEROS = RANDOM.integers(1, int(REACH / np.pi * 2), 800) * np.pi / 2  # of either function, as near as doubles come
ARGUMENTS = np.concatenate(
    [
        RANDOM.uniform(-REACH, REACH, 1500),
        RANDOM.uniform(-7, 7, 1500),
        *(ZEROS, np.nextafter(ZEROS, 0), np.nextafter(ZEROS, np.inf)),
        10 ** RANDOM.uniform(-300, 0, 200),
        [REACH, -REACH, 5e-324],
    ]
)


@kernel
def scaled(scale, x, out):
    cosines(scale, x, out)


FUNCTIONS = {name: elementary.FUNCTIONS[name] for name in ("sin", "cos")}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_right_to_two_units_in_the_last_place(name: str) -> None:
    assert units_off(FUNCTIONS[name].of(ARGUMENTS), FUNCTIONS[name].exact, ARGUMENTS) <= MOST


@pytest.mark.parametrize("name", FUNCTIONS)
def test_beyond_its_reach_it_is_libms(name: str) -> None:
    """Among others that are not."""
    x = np.array([0.5, np.nextafter(REACH, 2 * REACH), -1e22, 1.7e308, 3.0])
    assert units_off(FUNCTIONS[name].of(x), FUNCTIONS[name].exact, x) <= MOST


@pytest.mark.parametrize("name", FUNCTIONS)
def test_of_no_number_there_is_none(name: str) -> None:
    out = FUNCTIONS[name].of(np.array([np.inf, -np.inf, np.nan, 0.0]))
    assert np.isnan(out[:3]).all()
    assert out[3] == (0.0 if name == "sin" else 1.0)


def test_sines_are_odd_and_cosines_even() -> None:
    np.testing.assert_array_equal(FUNCTIONS["sin"].of(-ARGUMENTS), -FUNCTIONS["sin"].of(ARGUMENTS))
    assert units_off(FUNCTIONS["cos"].of(-ARGUMENTS[:500]), mpmath.cos, ARGUMENTS[:500]) <= MOST


def test_a_scale_is_multiplied_in_the_reach_of_the_product() -> None:
    x, out = np.array([0.3, 20.0]), np.empty(2)
    scaled(1e5, x, out)
    assert units_off(out, mpmath.cos, 1e5 * x) <= MOST


@pytest.mark.parametrize("name", FUNCTIONS)
def test_interpreted_is_as_right(name: str) -> None:
    few, out = ARGUMENTS[::100].copy(), np.empty(ARGUMENTS[::100].size)
    {"sin": sines, "cos": cosines}[name].py_func(1.0, few, out)
    assert units_off(out, FUNCTIONS[name].exact, few) <= MOST


@pytest.mark.parametrize("name", FUNCTIONS)
def test_loops_vectorise(name: str) -> None:
    FUNCTIONS[name].of(np.ones(1))
    assert vectorises(FUNCTIONS[name].compiled)


def test_the_polynomial_is_minimax_and_the_parts_are_half_pi() -> None:
    """sin(r) = r + r^3 P(r^2)."""

    def remainder(z: Any) -> Any:
        if z < 1e-9:
            return -mpmath.mpf(1) / 6 + z / 120 - z * z / 5040 + z**3 / 362880
        r = mpmath.sqrt(z)
        return (mpmath.sin(r) / r - 1) / z

    coefficients, error = minimax(remainder, len(SINE) - 1, 0, 2.4674012)
    assert (coefficients, error < 4e-19) == ([*SINE], True)
    with mpmath.workdps(60):
        assert abs(sum(mpmath.mpf(part) for part in HALF_PI) - mpmath.pi / 2) < 1e-48
    assert all(part.hex().partition("p")[0].endswith("00000") for part in HALF_PI[:3])  # so N < 2^20 times it is exact


def test_control_three_units_are_seen() -> None:
    x = np.array([1.5])
    right = np.sin(x)
    assert units_off(right, mpmath.sin, x) <= MOST / 2 < MOST < units_off(right + 3 * np.spacing(right), mpmath.sin, x)
