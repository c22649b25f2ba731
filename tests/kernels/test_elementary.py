"""Elementary functions against libm's."""

import numpy as np

from bench.kernels.elementary import HIGHEST, LOWEST, exp
from bench.kernels.jit import kernel

EPSILON = float(np.finfo(float).eps)


@kernel
def exponentials(x, out):
    for i in range(x.size):
        out[i] = exp(x[i])


def compiled(x: np.ndarray) -> np.ndarray:
    out = np.empty(x.size)
    exponentials(x, out)
    return out


def test_exp_is_right_to_two_units_in_the_last_place() -> None:
    x = np.concatenate([np.linspace(LOWEST, HIGHEST, 100_001), np.linspace(-1, 1, 100_001), [0.0, -0.0, 1e-300]])
    assert np.max(abs(compiled(x) / np.exp(x) - 1)) <= 2 * EPSILON
    assert compiled(np.zeros(1)) == 1.0


def test_exp_stays_finite_and_positive_and_keeps_nan() -> None:
    out = compiled(np.array([-1e4, -np.inf, 1e4, np.inf, np.nan]))
    np.testing.assert_array_equal(out[:4], compiled(np.array([LOWEST, LOWEST, HIGHEST, HIGHEST])))
    assert np.isnan(out[4])


def test_exp_interpreted_is_the_same_up_to_rounding() -> None:
    for x in (-700.0, -1.3, 0.2, 5.0, 700.0):
        assert abs(exp.py_func(np.float64(x)) / np.exp(x) - 1) <= 2 * EPSILON


def test_loops_of_exp_vectorise() -> None:
    compiled(np.zeros(1))
    assembly = next(iter(exponentials.inspect_asm().values()))
    assert any(name in assembly for name in ("vfmadd213pd", "vfmadd231pd", "mulpd", "fmla\tv"))
