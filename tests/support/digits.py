"""How far numbers are from the exact ones, in units of their last place: mpmath tells the exact ones."""

from typing import Any

import mpmath
import numpy as np

from bench.spec import Floats
from tests.support.minimax import DIGITS, Function


def units_off(values: Floats, function: Function, x: Floats) -> float:
    """The largest |value - function(x)| in units of the last place of what is exact."""
    with mpmath.workdps(DIGITS):
        return max(_units(float(value), function(mpmath.mpf(float(at)))) for value, at in zip(values, x, strict=True))


def _units(value: float, exact: Any) -> float:
    return float(abs(mpmath.mpf(value) - exact) / mpmath.mpf(float(np.spacing(abs(float(exact))))))


def vectorises(kernel: Any) -> bool:
    """Whether a compiled kernel has vector arithmetic on doubles."""
    assembly = next(iter(kernel.inspect_asm().values()))
    return any(name in assembly for name in ("vfmadd213pd", "vfmadd231pd", "mulpd", "fmla\tv"))
