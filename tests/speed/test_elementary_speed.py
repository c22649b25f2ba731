"""Elementary functions beside NumPy's on the same numbers, in one run: a claim each, as often as NumPy's is slower.

NumPy has its own vector code for exp and log where a processor has AVX-512, and libm elsewhere.
"""

import numpy as np
import pytest

from tests.speed.conftest import taken
from tests.support.elementary import FUNCTIONS

SIZE = 4000  # of one call: its arrays stay in the nearest cache
HAS_ITS_OWN = "X86_V4" in np.show_config(mode="dicts")["SIMD Extensions"]["found"]


@pytest.mark.benchmark(group="elementary functions")
@pytest.mark.parametrize("program", ["numpy", "ours"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_function(name, program, timed, claim):
    x, out = np.random.default_rng(0).uniform(0.1, 5.0, SIZE), np.empty(SIZE)
    work = FUNCTIONS[name].numpy if program == "numpy" else FUNCTIONS[name].compiled
    timed(f"{name} {program}", SIZE, lambda: work(x, out))
    if program == "ours":
        goal = ">= 0.8, NumPy's being vector code here" if name in ("exp", "log") and HAS_ITS_OWN else ">= 5"
        claim(f"{name}: times faster than NumPy", taken(f"{name} numpy") / taken(f"{name} ours"), goal)
