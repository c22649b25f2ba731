"""Laws of weights that are made of all draws of an estimate, and of what `degree` says of them.

A U-statistic of degree m is the mean over all its m draws of what it is of m draws alone, so the order of its draws
means nothing. Hoeffding (1948). An estimator that keeps numbers from one estimate to the next has no independent ones.
"""

import numpy as np

from bench.laws.finding import Finding, against
from bench.oracle.subsets import beside_subsets, values, weights_of
from bench.spec import Estimator, Weights
from bench.statistics.moments import ROUND_OFF

REPLICATES = 5
TOLERANCE = 1e3 * ROUND_OFF


def estimate_alone(rule: Weights, samples: int) -> Finding | None:
    """The weights of an estimate are those that its draws have where there is no other estimate."""
    value = values(samples * REPLICATES)
    together = weights_of(rule.joint, value, samples).reshape(samples, REPLICATES)
    single = [weights_of(rule.joint, row, samples) for row in value.reshape(samples, REPLICATES).T]
    alone = np.stack(single, axis=1)
    place = f"weight of a draw among {REPLICATES} estimates of {samples} draws, and in its estimate alone"
    return against(together, alone, TOLERANCE * (1 + np.abs(alone).max()), place)


def u_statistic(estimator: Estimator, rule: Weights, samples: int) -> Finding | None:
    """An estimate is the mean over its subsets of `degree` draws, whose order means nothing.

    None where the subsets are too many.
    """
    compared = beside_subsets(rule.joint, estimator.degree, samples)
    if compared is None:
        return None
    of_all, of_subsets, size = compared
    place = f"an estimate of {samples} draws, as the mean over each {estimator.degree} of them"
    return against(of_all, of_subsets, TOLERANCE * size, place) or order_of_draws(rule, samples)


def order_of_draws(rule: Weights, samples: int) -> Finding | None:
    """Permuted draws have permuted weights."""
    value = values(samples)
    straight = weights_of(rule.joint, value, samples)[::-1]
    permuted = weights_of(rule.joint, value[::-1], samples)
    place = f"weight of one of {samples} draws, which stand in another order"
    return against(permuted, straight, TOLERANCE * (1 + np.abs(straight).max()), place)
