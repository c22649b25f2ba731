"""Elementary functions in loops over arrays: ours, NumPy's, and mpmath's of one number."""

from collections.abc import Callable
from typing import Any, NamedTuple

import mpmath
import numpy as np

from bench.kernels.elementary import exp, log, softplus
from bench.kernels.jit import kernel
from bench.kernels.trigonometric import cosines, sines
from bench.spec import Floats


class Elementary(NamedTuple):
    """out[:] = function(x), compiled and by NumPy as one writes it; and exact(x) in mpmath's digits."""

    compiled: Any
    numpy: Callable[[Floats, Floats], Any]
    exact: Callable[[Any], Any]

    def of(self, x: Floats) -> Floats:
        """What is compiled, of all x."""
        out = np.empty(x.size)
        self.compiled(x, out)
        return out


@kernel
def exponentials(x, out):
    for i in range(x.size):
        out[i] = exp(x[i])


@kernel
def logarithms(x, out):
    for i in range(x.size):
        out[i] = log(x[i])


@kernel
def softpluses(x, out):
    for i in range(x.size):
        out[i] = softplus(x[i])


@kernel
def sines_of(x, out):
    sines(1.0, x, out)


@kernel
def cosines_of(x, out):
    cosines(1.0, x, out)


FUNCTIONS = {
    "exp": Elementary(exponentials, lambda x, out: np.exp(x, out=out), mpmath.exp),
    "log": Elementary(logarithms, lambda x, out: np.log(x, out=out), mpmath.log),
    "softplus": Elementary(
        softpluses, lambda x, out: np.logaddexp(0.0, x, out=out), lambda x: mpmath.log1p(mpmath.exp(x))
    ),
    "sin": Elementary(sines_of, lambda x, out: np.sin(x, out=out), mpmath.sin),
    "cos": Elementary(cosines_of, lambda x, out: np.cos(x, out=out), mpmath.cos),
}
