"""How fast is a descent beside plain NumPy? Drawing is included on both sides; one core, one run."""

import math
import time
from collections.abc import Callable

import numpy as np
import pytest

from bench.descent.blocks import Leg, begun, run
from bench.descent.learners import BLOCK
from bench.spec import Floats
from tests.speed import numpy_descent
from tests.support.descents import assigned

STEPS, SAMPLES, RATE, SLOW_STEPS = 512, 10, 1e-4, 64


@pytest.mark.parametrize("replicates", [BLOCK, 4 * BLOCK])
@pytest.mark.parametrize("estimator", ["pathwise", "score_function"])
def test_a_descent_beside_numpy(
    timed: Callable[..., float], claim: Callable[[str, float, str], None], estimator: str, replicates: int
) -> None:
    words = f"estimator=[{estimator}]", f"samples=[{SAMPLES}]", f"steps={STEPS}", f"learning_rate=[{RATE}]"
    assignment = assigned(*words)
    start = {0: begun(assignment, 0, BLOCK)}

    def ours() -> None:
        for block in range(replicates // BLOCK):
            run(assignment, Leg(block, 0, STEPS, start))

    x, pathwise = assignment.data[100], estimator == "pathwise"
    generator = np.random.default_rng(0)

    def all_at_once() -> None:
        numpy_descent.all_at_once(generator, replicates, STEPS, SAMPLES, RATE, x, pathwise)

    def one_at_a_time() -> None:
        numpy_descent.one_at_a_time(generator, 1, SLOW_STEPS, SAMPLES, RATE, x, pathwise)

    name = f"descent {estimator} {replicates}"
    if math.isnan(timed(name, replicates * STEPS * SAMPLES, ours)):
        return
    steps = replicates * STEPS, replicates * STEPS, SLOW_STEPS
    times = interleaved(ours, all_at_once, one_at_a_time) / steps
    side_by_side, single = (float(np.median(times[:, i] / times[:, 0])) for i in (1, 2))
    claim(f"{name}: NumPy, replicates side by side, over ours", side_by_side, ">= 2")
    claim(f"{name}: NumPy, one replicate at a time, over ours", single, ">= 20")


def interleaved(*works: Callable[[], None], rounds: int = 9) -> Floats:
    """[rounds, works] Seconds of warm works, one after the other in each round."""
    times = np.empty((rounds + 1, len(works)))
    for row in times:
        for i, work in enumerate(works):
            begin = time.perf_counter()
            work()
            row[i] = time.perf_counter() - begin
    return times[1:]
