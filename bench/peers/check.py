"""Is what a peer computes the gradient that is asked for? Its own estimates, of its own noise, against the oracle.

mean      Student's t of the mean of N estimates against the exact gradient
variance  s2 against the exact variance, with the standard error var sqrt((kurtosis - 1) / N); where the oracle gives no
          variance, or the estimates are few, it is not asked about
What is allowed is what right peers exceed with a chance of FALSE_ALARM in all checks of a run.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import stats

from bench.errors import Disagrees
from bench.peers.problem import Problem, Truth
from bench.spec import Floats
from bench.statistics.moments import ROUND_OFF

FALSE_ALARM = 1e-6  # in all checks of a run
FEWEST = 256  # estimates that tell a variance
NORMALS = 2**20  # drawn for a check in one component
NORMALS_OF_MANY = 2**18  # and in several, where f is dear
ROWS = "mu", "sigma"


def require(name: str, problem: Problem, estimates: Floats, truth: Truth, checks: int) -> None:
    """Disagrees, with the row and both numbers, unless estimates[N, rows] have the oracle's mean and variance."""
    level, count = FALSE_ALARM / checks, len(estimates)
    mean, variance = estimates.mean(axis=0), estimates.var(axis=0, ddof=1)
    error = np.hypot(np.sqrt(variance / count), ROUND_OFF * np.abs(truth.gradient))
    _refuse(name, problem, "gradient", mean, truth.gradient, error, stats.t.isf(level / 2, count - 1))
    if count >= FEWEST:
        kurtosis = np.where(np.isnan(truth.kurtosis), stats.kurtosis(estimates, fisher=False), truth.kurtosis)
        error = truth.variance * np.sqrt((kurtosis - 1) / count)
        _refuse(name, problem, "variance", variance, truth.variance, error, stats.norm.isf(level / 2))


def _refuse(
    name: str, problem: Problem, what: str, measured: Floats, exact: Floats, error: Floats, allowed: float
) -> None:
    """Disagrees about the worst row where one is off by more than so many errors; where the oracle is silent, none."""
    where = f"{name}, {problem.objective} {problem.estimator} samples={problem.samples}"
    if not np.isfinite(measured).all():
        raise Disagrees(f"{where}: a {what} is not finite")
    z = np.nan_to_num((measured - exact) / error)
    worst = int(np.argmax(np.abs(z)))
    if abs(z[worst]) > allowed:
        numbers = f"{what} = {measured[worst]:.6g}, the oracle's {exact[worst]:.6g}"
        told = f"z = {z[worst]:.3g}, allowed {allowed:.3g}"
        raise Disagrees(f"{where} d/d{ROWS[worst % 2]}: {numbers}; {told}; this peer computes something else")


def estimates_of(batch: Callable[[], Any], problem: Problem) -> Floats:
    """[N, rows] As many estimates of a batch after the other as a check takes."""
    normals = NORMALS if problem.dimension == 1 else NORMALS_OF_MANY
    wanted = max(2, normals // (problem.samples * problem.dimension))
    parts: list[Floats] = []
    while sum(map(len, parts)) < wanted:
        parts.append(np.array(batch(), dtype=float))
    return np.concatenate(parts)
