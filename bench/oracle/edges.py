"""Where panels begin and end along a channel of noise: in equal steps, and where a rule looks at marked places of f."""

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bench.engine.apply import transported
from bench.engine.case import Case
from bench.spec import Floats, Points

Places = NDArray[np.intp]

STEPS = 33  # at which a crossing is looked for along a channel
HALVINGS = 60  # until it is found


def points_of_f(case: Case, j: int, noise: Floats) -> Floats:
    """[evaluations, draws] where f is looked at for component j, of its noise[channels, draws]."""
    of_all = np.ascontiguousarray(np.repeat(noise[:, np.newaxis], j + 1, axis=1))
    if not isinstance(case.rule, Points) or case.rule.place is None:
        return transported(case, of_all)[j:]
    x, tables = np.empty((case.rule.evaluations, noise.shape[1])), case.tables
    case.rule.place(of_all, j, tables[j % len(tables)], case.phi, x)
    return x


def _points_of_column(case: Case, j: int, noise: Floats) -> Floats:
    """[points, m] where f is looked at for component j, in all the draws that nodes[channels, m] stand for."""
    if case.sampler.coupled in (1, "estimate"):
        return points_of_f(case, j, noise)
    of_channels = zip(case.channels, noise, strict=True)
    columns = np.array([case.sampler.expand(channel, np.ascontiguousarray(row)) for channel, row in of_channels])
    return points_of_f(case, j, columns.reshape(len(noise), -1)).reshape(-1, noise.shape[1])


def edges(
    case: Case, j: int, marks: Floats, channels: Sequence[int], noise: Floats, count: int
) -> tuple[Places, Floats]:
    """(owner, edge), sorted: where panels end along the first of some channels, for each of noise[channels, owners].

    `count` panels are of equal width. On either side of a mark lies an edge, with nothing but round-off between them.
    """
    c, *rest = channels
    low, high = case.channels[c].ends
    equal = np.linspace(low, high, count + 1)
    owners: Places = np.arange(noise.shape[1])
    parts: list[tuple[Places, Floats]] = [(np.repeat(owners, equal.size), np.tile(equal, owners.size))]
    for corner in itertools.product(*(case.channels[other].ends for other in rest)) if marks.size else ():
        fixed = noise.copy()
        fixed[rest] = np.reshape(corner, (-1, 1))
        parts += _crossings(case, j, marks, c, fixed)
    owner, edge = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.lexsort((edge, owner))
    return owner[order], edge[order]


def _crossings(case: Case, j: int, marks: Floats, c: int, noise: Floats) -> list[tuple[Places, Floats]]:
    """[(owner, below), (owner, above)] each mark that a point of f crosses along channel c."""

    def beyond(owner: Places, at: Floats) -> NDArray[np.bool_]:
        """[points, draws, marks] Whether the points are at a mark or beyond it."""
        moved = noise[:, owner]
        moved[c] = at
        return np.asarray(_points_of_column(case, j, moved)[..., np.newaxis] >= marks)

    owners, steps = np.arange(noise.shape[1]), np.linspace(*case.channels[c].ends, STEPS)
    sides = beyond(np.repeat(owners, STEPS), np.tile(steps, owners.size))
    sides = sides.reshape(-1, owners.size, STEPS, marks.size)
    e, owner, step, mark = np.nonzero(sides[:, :, 1:] != sides[:, :, :-1])
    low, high = steps[step], steps[step + 1]
    pick, start = np.arange(owner.size), sides[e, owner, step, mark]
    for _ in range(HALVINGS if owner.size else 0):
        middle = 0.5 * (low + high)
        same = beyond(owner, middle)[e, pick, mark] == start
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return [(owner, low), (owner, high)]
