"""The parameters that are reported: the family's own, those derived from them by the chain rule, and combinations.

A gradient has rows [1, r] where components are tied, [d, r] where each has its own theta: r is k, the number of the
family's parameters, and that of their combinations, which have rows of their own. Of untied components the
reported variance is the sum over them, the trace: of a derived parameter, sum_j (d theta_j / d name_j)^2 Var_j.
"""

from collections.abc import Mapping

import numpy as np

from bench.engine.case import theta_of
from bench.plan.streams import Subgrid, rows_of
from bench.spec import Cell, Family, Floats
from bench.statistics.moments import ROUND_OFF


def bases(family: Family) -> list[int]:
    """Which row of a component's gradient each reported parameter is, or is derived from."""
    order = list(family.parameters)
    derived = [order.index(base) for base, _ in family.derived.values()]
    return [*range(len(order)), *derived, *range(len(order), family.rows)]


def measured(family: Family) -> tuple[int, ...]:
    """Which of the reported parameters have a row of their own: all but the derived ones."""
    k, end = len(family.parameters), len(family.reported)
    return (*range(k), *range(end - len(family.combinations), end))


def lacking(reasons: Mapping[str, str], family: Family) -> tuple[str, ...]:
    """Why there is no gradient by a reported parameter, from the reasons of the family's own; empty where there is."""
    words = [reasons.get(name, "") for name in family.parameters]
    for weights in family.combinations.values():
        words.append(next((word for word, a in zip(words, weights, strict=False) if a and word), ""))
    return tuple(words[row] for row in bases(family))


def factors(family: Family, cell: Cell) -> Floats:
    """[1 or d, reported] d theta/d name: what turns a gradient by theta into one by the reported parameter."""
    theta, order = theta_of(cell.theta), list(family.parameters)
    columns = [np.ones(len(theta)) for _ in order]
    columns += [
        np.array([chain(value) for value in theta[:, order.index(base)]]) for base, chain in family.derived.values()
    ]
    columns += [np.ones(len(theta)) for _ in family.combinations]
    components = rows_of(cell, family) // family.rows
    return np.broadcast_to(np.array(columns).T, (components, len(columns)))


def by_parameter(values: Floats, family: Family) -> Floats:
    """[..., rows] -> [..., 1 or d, reported], not yet times `factors`."""
    shape = (*values.shape[:-1], -1, family.rows)
    return np.asarray(values.reshape(shape)[..., bases(family)])


def squares(subgrid: Subgrid) -> Floats:
    """[cells, 1 or d, reported] The squares of the factors."""
    return np.array([factors(subgrid.family, cell) ** 2 for cell in subgrid.cells])


def floor(subgrid: Subgrid) -> Floats:
    """[cells, members, 1, rows] A variance up to this is nothing but round-off."""
    return np.asarray((ROUND_OFF * size(subgrid)[:, :, np.newaxis]) ** 2)


def size(subgrid: Subgrid) -> Floats:
    """[cells, members, rows] Of the mean of what is summed, and of what cancels in it: round-off is a share of it."""
    assert subgrid.centre is not None
    return abs(subgrid.centre) + (0.0 if subgrid.cancelled is None else subgrid.cancelled)


def traces(variances: Floats, subgrid: Subgrid) -> Floats:
    """[..., cells, members, samples, rows] -> [..., cells, members, samples, reported]."""
    weights = squares(subgrid)[:, np.newaxis, np.newaxis]
    return np.asarray((by_parameter(variances, subgrid.family) * weights).sum(axis=-2))
