"""Where an error could hide: what the cells of a sweep, all taken together, cannot show of an estimator.

A forgotten power of sigma is 1 at sigma = 1, a forgotten multiple of mu is 0 at mu = 0, and a wrong factor of a
gradient that is 0, as by mu where the data lie evenly about it, leaves it 0.
"""

import numpy as np

from bench.oracle.checks import Results
from bench.plan.cells import Plan

UNSEEN = {1.0: "a forgotten power of it would not show", 0.0: "a forgotten multiple of it would not show"}


def blind_spots(plan: Plan, results: Results) -> tuple[str, ...]:
    """What would not show, in words, of each family's parameters; nothing where the cells tell."""
    spots = []
    for name, family in plan.families.items():
        of_family = [(cell, result) for (cell, _), result in results.items() if cell.family == name]
        prefix = f"{name}: " if len(plan.families) > 1 else ""
        for q, parameter in enumerate(family.parameters if of_family else ()):
            values = set(np.concatenate([np.ravel(cell.theta[q]) for cell, _ in of_family]).tolist())
            if len(values) == 1 and (value := values.pop()) in UNSEEN:
                spots.append(f"{prefix}{parameter} is {value:g} in every cell: {UNSEEN[value]}")
            gradients = [result.components.exact_gradient[:, q] for _, result in of_family if not result.lacking[q]]
            if gradients and not np.concatenate(gradients).any():
                spots.append(f"{prefix}d/d{parameter} is 0 in every cell: a wrong factor of it would not show")
    return tuple(spots)
