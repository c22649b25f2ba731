"""Elementary functions beside NumPy's on the same numbers, in one run: a claim each, as often as NumPy's is slower.

NumPy has its own vector code for exp and log where a processor has AVX-512, and libm elsewhere.
"""

from typing import Any

import numpy as np
import pytest

from bench.kernels.elementary import exp, log, softplus
from bench.kernels.jit import kernel
from bench.kernels.trigonometric import cosines, sines
from tests.speed.conftest import taken

SIZE = 4000  # of one call: its arrays stay in the nearest cache


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


def of_numpy(x, out):
    """log(1 + exp(x)) as one writes it."""
    np.logaddexp(0.0, x, out=out)


FUNCTIONS: dict[str, tuple[Any, Any]] = {
    "exp": (exponentials, lambda x, out: np.exp(x, out=out)),
    "log": (logarithms, lambda x, out: np.log(x, out=out)),
    "softplus": (softpluses, of_numpy),
    "sin": (sines_of, lambda x, out: np.sin(x, out=out)),
    "cos": (cosines_of, lambda x, out: np.cos(x, out=out)),
}
HAS_ITS_OWN = "X86_V4" in np.show_config(mode="dicts")["SIMD Extensions"]["found"]


@pytest.mark.benchmark(group="elementary functions")
@pytest.mark.parametrize("program", ["numpy", "ours"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_function(name, program, timed, claim):
    x, out = np.random.default_rng(0).uniform(0.1, 5.0, SIZE), np.empty(SIZE)
    work = FUNCTIONS[name][program == "numpy"]
    timed(f"{name} {program}", SIZE, lambda: work(x, out))
    if program == "ours":
        goal = ">= 0.8, NumPy's being vector code here" if name in ("exp", "log") and HAS_ITS_OWN else ">= 5"
        claim(f"{name}: times faster than NumPy", taken(f"{name} numpy") / taken(f"{name} ours"), goal)
