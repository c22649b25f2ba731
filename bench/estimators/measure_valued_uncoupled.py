"""Measure-valued gradient without coupling: draws from both parts of dp/dtheta, independent of each other.

Approximates  grad E f(y)
With          sum_j constant_p (E f(y_j <- plus_p) - E f(y_j <- minus_p)),  dp/dtheta_p = constant_p (plus_p - minus_p)
Requires      a family with such pairs of densities; f as for measure_valued.  Mohamed et al. (2020), section 6.2.
Not to be confused with measure_valued, whose two parts share their noise: the difference between both is the coupling.
"""

from bench.spec import Estimator, Family, Points


def rule(family: Family) -> Points | str:
    """The family's independent pairs as points."""
    pairs, count = family.independent_pairs, 2 * len(family.parameters)
    if pairs is None:
        reasons = dict.fromkeys(family.lacks.get("pairs", {"": "it offers none"}).values())
        return f"{family.name} has no independent pairs: {'; '.join(reasons)}"
    return Points(pairs.combine, ("value",), pairs.place, pairs.channels, evaluations=count, made_of="pairs")


PLUGIN = Estimator(
    "measure_valued_uncoupled",
    rule,
    label="measure-valued, uncoupled",
    formula=r"c_\theta \left(f(y^+) - f(y^-)\right),\quad y^+, y^- \mathrm{\ independent}",
)
