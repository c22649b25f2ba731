"""How fast the machine multiplies matrices, which is what a logistic regression is: NumPy's own dgemm, in GFLOP/s."""

import time

import numpy as np

from bench.peers.problem import Problem
from bench.spec import Floats

SQUARE, DRAWS, CALLS = 1024, 1024, 7
PASSES = {"pathwise": 2, "score_function": 1}  # over the design: X y, and its transpose for the slope


def rates(problem: Problem) -> dict[str, float]:
    """Of a square product, and of those of the shapes of the regression: the best of some calls each."""
    generator = np.random.Generator(np.random.SFC64(0))
    square = generator.standard_normal((2, SQUARE, SQUARE))
    draws = generator.standard_normal((problem.dimension, DRAWS))
    return {
        f"square, {SQUARE}": _rate(square[0], square[1]),
        f"X y, {len(problem.design)} x {problem.dimension} x {DRAWS}": _rate(problem.design, draws),
    }


def achieved(problem: Problem, compute_ns: float) -> float:
    """GFLOP/s of the products alone in an estimate that takes so long without drawing; NaN where there are none."""
    flops = 2.0 * problem.design.size * problem.samples * PASSES[problem.estimator]
    return flops / compute_ns if flops else float("nan")


def _rate(left: Floats, right: Floats) -> float:
    """GFLOP/s."""
    out = left @ right
    seconds = []
    for _ in range(CALLS):
        start = time.perf_counter()
        np.matmul(left, right, out=out)
        seconds.append(time.perf_counter() - start)
    return float(2e-9 * left.size * right.shape[1] / min(seconds))
