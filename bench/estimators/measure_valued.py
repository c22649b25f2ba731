"""Measure-valued gradient (weak derivative): f at draws from the positive and the negative part of dp/dtheta.

Approximates  grad E f(y)
With          sum_j constant_p (E f(y_j <- plus_p) - E f(y_j <- minus_p)),  dp/dtheta_p = constant_p (plus_p - minus_p)
Requires      a family with such pairs of densities; f need not be differentiable, and where it is no sum over its
              components it is evaluated for one after the other.              Mohamed et al. (2020), section 6.
Not to be confused with finite differences: the two parts are densities of their own, not p at other parameters.
"""

from bench.spec import Estimator, Family, Points


def rule(family: Family) -> Points | str:
    """The family's pairs as points."""
    if family.pairs is None:
        reasons = dict.fromkeys(family.lacks.get("pairs", {"": "it offers none"}).values())
        return f"{family.name} has no pairs: {'; '.join(reasons)}"
    pairs, count = family.pairs, 2 * len(family.parameters)
    return Points(pairs.combine, ("value",), pairs.place, pairs.channels, evaluations=count, made_of="pairs")


PLUGIN = Estimator(
    "measure_valued",
    rule,
    label="measure-valued",
    formula=r"c_\theta \left(f(y^+) - f(y^-)\right)",
)
