"""Nodes where the integrands need them: panels of the noise, halved where two rules of different order disagree.

Each panel has Clenshaw and Curtis's 17 points, of which every other one is their rule of 9. Its ends are among them: a
jump inside lies between two points, so it is seen. Several channels are nested: the integral over the last is an
integrand of those before. Clenshaw & Curtis (1960), Numerische Mathematik 2; Gander & Gautschi (2000), BIT 40(1).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import numpy as np

from bench.engine.case import Case
from bench.oracle.edges import Places, edges
from bench.oracle.nodes import Groups, Nodes, anywhere, expanded, is_read, joined, side_by_side
from bench.oracle.search import SearchEnded, keep_to
from bench.spec import Floats
from bench.statistics.moments import quiet

LEVELS = (
    (16, 1e-9),
    (23, 1e-11),
    (31, 1e-12),
)  # panels that a channel begins with; what a panel's error may be of the whole
POWERS = np.array([1, 2, 4])[:, np.newaxis, np.newaxis]  # of what is integrated
MOST_NODES = 2**21  # that a search may hold
NARROWEST = 2.0**-50  # of a channel: such a panel holds a jump and nothing else
ORDER = 16  # of the finer rule

Features = Callable[[Floats], Floats]  # noise[channels, m] of one component -> [features, m], which are integrated


def clenshaw_curtis(order: int) -> tuple[Floats, Floats]:
    """Points and weights of order + 1 nodes on (-1, 1), for an even order."""
    angle, k = np.arange(order + 1) * np.pi / order, np.arange(1, order // 2 + 1)
    factors = np.where(2 * k == order, 1.0, 2.0) / (4 * k**2 - 1)
    weights = 2 / order * (1 - np.cos(2 * np.outer(angle, k)) @ factors)
    weights[[0, -1]] /= 2
    return -np.cos(angle), weights


UNIT, FINE = clenshaw_curtis(ORDER)
_, COARSE = clenshaw_curtis(ORDER // 2)


class Leaves(NamedTuple):
    """Nodes over some channels, each for one of the nodes over the channels before."""

    noise: Floats  # [channels, m]
    weights: Floats  # [m]
    owner: Places  # [m]


@dataclass(frozen=True, slots=True)
class Search:
    """What the panels of one component are laid for."""

    case: Case
    j: int
    features: Features
    marks: Floats
    count: int  # panels that a channel begins with
    end: float  # of the time, by time.process_time()
    centre: Floats | float = 0.0  # [features, 1]
    allowed: Floats | float = np.inf  # [powers, features, 1] error of a panel


def growing(
    case: Case,
    features: Callable[[Case, Floats, int], Floats],
    marks: Sequence[Floats],
    end: float,
    groups: Groups = (),
) -> Iterator[Nodes]:
    """Nodes of each component for itself, of finer and finer panels; `features` gives [d, features, m] of a route.

    With `groups` of channels each has panels of its own, at which the others stand anywhere.
    SearchEnded where the time ends, where there are too many nodes, and where a channel has no density.
    """
    channels = [c for c in range(len(case.channels)) if is_read(case, c)]
    for name in (case.channels[c].name for c in channels if case.channels[c].density is None):
        raise SearchEnded(f"the noise {name} has no density for panels")

    def of_component(j: int, noise: Floats) -> Floats:
        of_all = np.repeat(noise[:, np.newaxis], case.cell.dimension, axis=1)
        return np.asarray(features(case, *expanded(case, of_all))[j])

    for count, tolerance in LEVELS:
        blocks = []
        for group in groups or [channels]:
            grids = []
            for j, places in enumerate(marks):
                search = Search(case, j, partial(of_component, j), places, max(4, count // len(group)), end)
                leaves = laid(search, group, tolerance)
                grids.append((leaves.noise, leaves.weights / leaves.weights.sum()))
            blocks.append(side_by_side(case, grids))
        yield joined(blocks)


@quiet
def laid(search: Search, channels: Sequence[int], tolerance: float) -> Leaves:
    """Nodes over channels whose panels are halved until each is as exact as allowed, beside a first guess."""
    start = np.array([anywhere(channel)[0] for channel in search.case.channels])
    _, leaves = _fill(search, channels, start, np.ones(1))
    seen = search.features(leaves.noise)
    centre = seen @ leaves.weights
    _, second, fourth = (seen - centre[:, np.newaxis]) ** POWERS @ leaves.weights
    size = second + 1e-16 * centre**2  # of which round-off makes less
    sizes = np.array([np.sqrt(second) + abs(centre), size, fourth + 1e-3 * size**2])
    search = replace(search, centre=centre[:, np.newaxis], allowed=tolerance / ORDER * sizes[..., np.newaxis])
    return _fill(search, channels, start, np.ones(1))[1]


def _fill(search: Search, channels: Sequence[int], noise: Floats, weight: Floats) -> tuple[Floats, Leaves]:
    """Integrals[powers, features, m] over some channels at each of noise[channels, m], and the nodes that give them.

    `weight` is the density at those: an integral that counts little may be wrong by more.
    """
    if not channels:
        powers = (search.features(noise) - search.centre) ** POWERS
        return powers, Leaves(noise, np.ones(weight.size), np.arange(weight.size))
    c, *rest = channels
    channel = search.case.channels[c]
    assert channel.density is not None
    narrowest = NARROWEST * np.ptp(channel.ends)
    owner, edge = edges(search.case, search.j, search.marks, channels, noise, search.count)
    wide = (owner[1:] == owner[:-1]) & (np.diff(edge) > narrowest)
    owner, low, high = owner[:-1][wide], edge[:-1][wide], edge[1:][wide]
    total, settled = np.zeros((1, 1, weight.size)), list[Leaves]()
    while owner.size:
        keep_to(search.end)
        _keep_to_bounds(search.case, UNIT.size * owner.size + sum(leaves.owner.size for leaves in settled))
        half = 0.5 * (high - low)[:, np.newaxis]
        points = low[:, np.newaxis] + half * (UNIT + 1)
        points[:, -1] = high
        density = channel.density(points)
        at = np.repeat(noise[:, owner], UNIT.size, axis=1)
        at[c] = points.ravel()
        inner, leaves = _fill(search, rest, at, (weight[owner, np.newaxis] * density).ravel())
        parts = inner.reshape(*inner.shape[:2], *points.shape) * (density * half)
        fine, coarse = parts @ FINE, parts[..., ::2] @ COARSE
        off = abs(fine - coarse) * weight[owner] > search.allowed
        halved = off.any(axis=(0, 1)) & (half[:, 0] > narrowest)
        total = total + _by_owner(fine[..., ~halved], owner[~halved], weight.size)
        below = leaves.owner
        stays = ~halved[below // UNIT.size]
        weights = leaves.weights * (density * half * FINE).ravel()[below]
        settled.append(Leaves(leaves.noise[:, stays], weights[stays], owner[below // UNIT.size][stays]))
        middle = 0.5 * (low + high)
        owner = np.tile(owner[halved], 2)
        low, high = (np.concatenate(ends) for ends in ((low[halved], middle[halved]), (middle[halved], high[halved])))
    return total, Leaves(*(np.concatenate(parts, axis=-1) for parts in zip(*settled, strict=True)))


def _by_owner(parts: Floats, owner: Places, owners: int) -> Floats:
    """[..., owners] The sums of parts[..., panels]."""
    sums = np.zeros((owners, *parts.shape[:-1]))
    np.add.at(sums, owner, np.moveaxis(parts, -1, 0))
    return np.moveaxis(sums, 0, -1)


def _keep_to_bounds(case: Case, nodes: int) -> None:
    """SearchEnded where there are too many nodes."""
    if nodes > MOST_NODES or (case.budget is not None and nodes > case.budget):
        raise SearchEnded("the search ended with the nodes that may be spent")
