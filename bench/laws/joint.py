"""Laws of weights that are made of all draws of an estimate, and of what `degree` says of them.

A U-statistic of degree m is the mean over all its m draws of what it is of m draws alone, so the order of its draws
means nothing. Hoeffding (1948). An estimator that keeps numbers from one estimate to the next has no independent ones.
"""

import numpy as np

from bench.laws.finding import Finding, against, largest
from bench.oracle.subsets import TOLERANCE, beside_subsets, in_another_order, values, weights_of
from bench.spec import Estimator, Weights

REPLICATES = 5


def estimate_alone(rule: Weights, samples: int) -> Finding | None:
    """The weights of an estimate are those that its draws have where there is no other estimate."""
    value = values(samples * REPLICATES)
    together = weights_of(rule.joint, value, samples).reshape(samples, REPLICATES)
    single = [weights_of(rule.joint, row, samples) for row in value.reshape(samples, REPLICATES).T]
    alone = np.stack(single, axis=1)
    place = f"weight of a draw among {REPLICATES} estimates of {samples} draws, and in its estimate alone"
    return against(together, alone, TOLERANCE * (1 + largest(alone)), place)


def u_statistic(estimator: Estimator, rule: Weights, samples: int) -> Finding | None:
    """An estimate is the mean over its subsets of `degree` draws, whose order means nothing."""
    beside = beside_subsets(rule.joint, estimator.degree, samples)
    place = f"weight of one of {samples} draws, and the mean of its weights among each {estimator.degree} of them"
    of_subsets = against(*beside, place) if beside and not beside.agree else None
    return of_subsets or order_of_draws(rule, samples)


def order_of_draws(rule: Weights, samples: int) -> Finding | None:
    """Permuted draws have permuted weights."""
    permuted = in_another_order(rule.joint, samples)
    place = f"weight of one of {samples} draws, which stand in another order"
    return None if permuted.agree else against(*permuted, place)
