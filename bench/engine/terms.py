"""What weighs the score and the path of each member, as rows of one buffer: so the loop need not ask which.

The buffer [rows, strip] holds, one after the other: a row of ones; the fields of f as far as they are evaluated, value
[evaluations], terms, slope and curvature [evaluations, d]; and the weights that an estimator computes itself, those of
the score, then those of the path. Rules look at y first, so a weight's row of component j is the j-th of its field.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np

from bench.kernels import calls
from bench.kernels.calls import address
from bench.plan.rules import rows_of_weight
from bench.plan.streams import Member
from bench.spec import Derivatives, Family, Weight, Weights


class Terms(NamedTuple):
    """For each member m its terms t, at most 3: the score, the path, and once more the score, for log q."""

    count: Any  # [m] its terms; 0 for rules of points
    kernel: Any  # [m, 3] the address of the score or the path
    row: Any  # [m, 3] where the weight of the first component is
    step: Any  # [m, 3] rows from a component's weight, or its first one, to the next one's
    weight: Any  # [m, 3] the address of a weight that the estimator computes itself; else 0
    rows: Any  # [m, 3] the rows that it writes; a row each for
    per_parameter: Any  # [m, 3] the parameters


class Layout(NamedTuple):
    """Where the parts of the buffer begin, and where it ends."""

    ones: int
    value: int
    terms: int
    slope: int
    curvature: int
    weights: int  # that estimators compute themselves
    end: int


def layout_of(evaluate: Any, evaluations: int, d: int, own_rows: int) -> Layout:
    """The buffer of members that evaluate these of f's fields, and compute at most `own_rows` for each weight."""
    fields = [evaluations * d if needed else 0 for needed in evaluate[1:]]
    return Layout(*accumulate((1, evaluations, *fields, 2 * own_rows), initial=0))


def own_rows(members: Sequence[Member], family: Family, d: int) -> int:
    """The most rows of a weight that any member computes itself."""
    rules = [member.rule for member in members if isinstance(member.rule, Weights)]
    weights = [weight for rule in rules for weight in (rule.score, rule.path) if isinstance(weight, Weight)]
    return max((rows_of_weight(weight, family, d) for weight in weights), default=0)


def terms_of(members: Sequence[Member], family: Family, d: int, adds_score: bool, layout: Layout) -> Terms:
    """What is weighed for each member, and by what."""
    terms = Terms(
        np.zeros(len(members), dtype=np.int64), *np.zeros((len(Terms._fields) - 1, len(members), 3), dtype=int)
    )
    for m, member in enumerate(members):
        if not isinstance(member.rule, Weights):
            continue
        own_begin = layout.weights, (layout.weights + layout.end) // 2
        weights = [member.rule.score, member.rule.path, "ones" if adds_score and not member.rule.joint else None]
        kernels = family.score, family.path, family.score
        for which, (weight, kernel) in enumerate(zip(weights, kernels, strict=True)):
            if weight is None:
                continue
            t = terms.count[m]
            terms.kernel[m, t] = address(kernel, calls.WEIGH)
            if isinstance(weight, Weight):
                steps = {"component": 1, "coordinate": len(family.parameters)}
                terms.row[m, t], terms.step[m, t] = own_begin[which], steps.get(weight.per, 0)
                terms.weight[m, t] = address(weight.kernel, calls.OWN_WEIGHT)
                terms.rows[m, t] = rows_of_weight(weight, family, d)
                terms.per_parameter[m, t] = weight.per in ("parameter", "coordinate")
            elif not member.rule.joint:
                terms.row[m, t] = getattr(layout, weight)
                terms.step[m, t] = weight in Derivatives._fields[1:]
            terms.count[m] += 1
    return terms
