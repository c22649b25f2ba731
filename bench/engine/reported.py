"""The parameters that are reported: the family's own, and those derived from them by the chain rule.

A gradient has rows [1, k] where components are tied, [d, k] where each has its own theta. Of untied components the
reported variance is the sum over them, the trace: of a derived parameter, sum_j (d theta_j / d name_j)^2 Var_j.
"""

import numpy as np

from bench.engine.case import theta_of
from bench.plan.streams import Subgrid, rows_of
from bench.spec import Cell, Family, Floats
from bench.statistics.moments import ROUND_OFF


def names(family: Family) -> list[str]:
    """The reported parameters, the family's own first."""
    return [*family.parameters, *family.derived]


def bases(family: Family) -> list[int]:
    """Which of the family's parameters each reported one is, or is derived from."""
    order = list(family.parameters)
    return [*range(len(order))] + [order.index(base) for base, _ in family.derived.values()]


def factors(family: Family, cell: Cell) -> Floats:
    """[1 or d, reported] d theta/d name: what turns a gradient by theta into one by the reported parameter."""
    theta, order = theta_of(cell.theta), list(family.parameters)
    columns = [np.ones(len(theta)) for _ in order]
    columns += [
        np.array([chain(value) for value in theta[:, order.index(base)]]) for base, chain in family.derived.values()
    ]
    components = rows_of(cell, family) // len(order)
    return np.broadcast_to(np.array(columns).T, (components, len(columns)))


def by_parameter(values: Floats, family: Family) -> Floats:
    """[..., rows] -> [..., 1 or d, reported], not yet times `factors`."""
    shape = (*values.shape[:-1], -1, len(family.parameters))
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
