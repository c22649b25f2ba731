"""exp, log and softplus against mpmath, at every size of argument."""

from typing import Any

import mpmath
import numpy as np
import pytest

from bench.kernels import elementary
from bench.kernels.elementary import LOG, LOG_1P, SQRT_2
from tests.support.digits import units_off, vectorises
from tests.support.elementary import FUNCTIONS
from tests.support.minimax import minimax

MOST = 2.0  # units in the last place
TINY, LEAST, GREATEST = 5e-324, 2.0**-1022, float(np.finfo(float).max)
LOG_OF_GREATEST, LOG_OF_TINY = 709.782712893384, -745.1332191019411
RANDOM = np.random.Generator(np.random.SFC64(0))

EXPONENTS = np.concatenate(
    [RANDOM.uniform(LOG_OF_TINY, LOG_OF_GREATEST, 1500), RANDOM.uniform(-1, 1, 1000), [0.0, 1e-300, LOG_OF_GREATEST]]
)
ARGUMENTS = {
    "exp": EXPONENTS,
    "log": np.concatenate(
        [
            np.exp(RANDOM.uniform(-740, 709, 1500)),
            RANDOM.uniform(0.5, 2, 1000),
            1 + RANDOM.uniform(-1e-6, 1e-6, 500),
            [TINY, 3e-310, LEAST, GREATEST, 1.0, SQRT_2, np.nextafter(SQRT_2, 2), np.nextafter(1, 0)],
        ]
    ),
    "softplus": np.concatenate([EXPONENTS, [-745.0, 1e300]]),
}


@pytest.mark.parametrize("name", ARGUMENTS)
def test_right_to_two_units_in_the_last_place(name: str) -> None:
    x = ARGUMENTS[name]
    assert units_off(FUNCTIONS[name].of(x), FUNCTIONS[name].exact, x) <= MOST


@pytest.mark.parametrize(
    ("name", "x", "expected"),
    [
        ("exp", [0.0, 710.0, 1e308, np.inf, -746.0, -1e308, -np.inf, np.nan], [1, *[np.inf] * 3, *[0.0] * 3, np.nan]),
        (
            "log",
            [1.0, 0.0, -0.0, -TINY, -np.inf, np.inf, np.nan],
            [0, -np.inf, -np.inf, np.nan, np.nan, np.inf, np.nan],
        ),
        ("softplus", [np.inf, -np.inf, -800.0, 1e308, np.nan], [np.inf, 0.0, 0.0, 1e308, np.nan]),
    ],
)
def test_ends_and_beyond(name: str, x: list[float], expected: list[float]) -> None:
    np.testing.assert_array_equal(FUNCTIONS[name].of(np.array(x)), expected)


@pytest.mark.parametrize("name", ARGUMENTS)
def test_interpreted_is_as_right(name: str) -> None:
    """Without fused multiplications, which a machine need not have."""
    x = ARGUMENTS[name]
    few = x[:: x.size // 40]
    with np.errstate(over="ignore"):
        values = np.array([getattr(elementary, name).py_func(np.float64(at)) for at in few])
    assert units_off(values, FUNCTIONS[name].exact, few) <= MOST


@pytest.mark.parametrize("name", ARGUMENTS)
def test_loops_vectorise(name: str) -> None:
    FUNCTIONS[name].of(np.ones(1))
    assert vectorises(FUNCTIONS[name].compiled)


def test_polynomials_are_minimax() -> None:
    """log((1 + s) / (1 - s)) = 2 s + s^3 P(s^2)."""

    def remainder(z: Any) -> Any:
        if z < 1e-9:
            return mpmath.mpf(2) / 3 + z * 2 / 5 + z * z * 2 / 7 + z**3 * 2 / 9
        s = mpmath.sqrt(z)
        return (mpmath.log((1 + s) / (1 - s)) / s - 2) / z

    of_log, error = minimax(remainder, len(LOG) - 1, 0, 0.02943726)
    assert (of_log, error < 4e-16) == ([*LOG], True)
    of_softplus, error = minimax(remainder, len(LOG_1P) - 1, 0, 1 / 9)
    assert (of_softplus, error < 1e-16) == ([*LOG_1P], True)


def test_control_three_units_are_seen() -> None:
    x = np.array([1.5])
    right = np.exp(x)
    assert units_off(right, mpmath.exp, x) <= MOST / 2 < MOST < units_off(right + 3 * np.spacing(right), mpmath.exp, x)
