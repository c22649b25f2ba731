"""Nodes that integrate over the noise of a draw: of each component for itself, or of all components together."""

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize

from bench.engine.case import Case
from bench.engine.pilot import draws
from bench.oracle.edges import points_of_f
from bench.spec import BaseNoise, Component, Floats, Points

LEAST, MOST = 32, 2048  # nodes of a channel in one component
MOST_POINTS = 2**21  # of the product of the channels of one component
LEAST_OF_STEPS = 2  # where y is constant between breaks
LEAST_TOGETHER, MOST_TOGETHER = 8, 2**20  # nodes of a channel, and of all, where they fill several components
MOST_IN_PAIRS = 2048  # draws of which all pairs are formed
TRIED = 16  # draws on which a channel is seen to be read
Rule = tuple[Floats, Floats]  # points and weights
Groups = Sequence[Sequence[int]]  # of channels
REACH = 9.0  # standard deviations of base noise in which a break of f is looked for


@dataclass(frozen=True, slots=True)
class Nodes:
    """Noise with its weights: those of each component's own nodes, or one row of whole draws."""

    noise: Floats  # [channels, d, coupled * m]
    coupled: int
    weights: Floats  # [d, m], or [1, m] together
    blocks: tuple[int, ...] = ()  # the nodes of each group of channels, where groups are integrated over for themselves


def growing(case: Case, together: bool, fallback: bool, pairs: bool = False, groups: Groups = ()) -> Iterator[Nodes]:
    """Finer and finer nodes, until there are too many; none where a channel lacks the rule that is asked for.

    With `pairs` all pairs of them are formed. With `groups` of channels each has nodes of its own, at which the others
    stand where `anywhere` puts them.
    """
    most = MOST_IN_PAIRS if pairs else MOST_TOGETHER if together else MOST_POINTS
    nodes = LEAST_TOGETHER if together else LEAST
    breaks = [breaks_of(case, j) for j in range(case.cell.dimension)]
    read = [is_read(case, c) for c in range(len(case.channels))]
    if fallback and not any(channel.fallback and seen for channel, seen in zip(case.channels, read, strict=True)):
        return
    if case.discrete:
        nodes = LEAST_OF_STEPS
    while nodes <= MOST:
        rules = [
            [
                _rule(channel, nodes, by_channel.get(channel.name, ()), fallback) if is_read else anywhere(channel)
                for channel, is_read in zip(case.channels, read, strict=True)
            ]
            for by_channel in breaks
        ]
        several = [[_of_group(case, rule, group) for rule in rules] for group in groups] or [rules]
        size = max(math.prod(len(points) for points, _ in rule) for rules_of in several for rule in rules_of)
        points = size ** (case.cell.dimension if together else 1)
        spent = points * case.cell.dimension * len(case.channels)
        if points > most or (case.budget is not None and spent > case.budget):
            return
        if together:
            yield _together(case, rules)
        else:
            yield joined([side_by_side(case, [_product(rule) for rule in rules_of]) for rules_of in several])
        nodes = nodes * 3 // 2


def is_read(case: Case, c: int) -> bool:
    """Whether a rule reads a channel: the family's own is not read by a rule that looks elsewhere than at y.

    Seen from where it looks at f and from what it makes of any values of f: of f itself draws may miss what is rare.
    Where f does not separate, all other components stay at y, so the family's own is read there.
    """
    if not isinstance(case.rule, Points):
        return True
    beside_others = case.cell.dimension > 1 and case.form.terms is None
    if (beside_others or case.adds_score) and c < len(case.family.channels):
        return True
    points, _ = case.channels[c].rule(LEAST)
    noise = np.repeat(draws(case, TRIED)[:, 0], points.size, axis=1)
    noise[c] = np.tile(points, TRIED)
    shape = case.rule.evaluations, noise.shape[1]
    f = Component(*(np.outer(np.arange(1.0, shape[0] + 1) + i, np.ones(shape[1])) for i in range(3)))
    made, of_all = np.empty((len(case.family.parameters), shape[1])), np.ascontiguousarray(noise[:, np.newaxis])
    case.rule.combine(of_all, 0, case.tables[0], case.phi, f, True, made)
    seen = np.concatenate([points_of_f(case, 0, noise), made]).reshape(-1, TRIED, points.size)
    return not np.array_equal(seen, np.broadcast_to(seen[..., :1], seen.shape), equal_nan=True)


def anywhere(channel: BaseNoise) -> tuple[Floats, Floats]:
    """One node, for a channel over which nothing is integrated."""
    points, _ = channel.rule(2)
    return points[:1], np.ones(1)


def _of_group(case: Case, rules: Sequence[Rule], group: Sequence[int]) -> list[Rule]:
    """The rules of some channels, the others anywhere."""
    return [rule if c in group else anywhere(case.channels[c]) for c, rule in enumerate(rules)]


def _rule(channel: BaseNoise, nodes: int, breaks: Sequence[float], fallback: bool) -> tuple[Floats, Floats]:
    rule = channel.fallback if fallback and channel.fallback else channel.rule
    return rule(nodes, breaks) if breaks else rule(nodes)


def breaks_of(case: Case, j: int) -> Mapping[str, Sequence[float]]:
    """Where, by channel, what is integrated over component j's noise jumps or kinks."""
    tables = case.tables
    theta = case.theta[j % len(case.theta)]
    by_channel = {case.channels[0].name: [*case.family.breaks(theta)]}
    if case.breaks and not case.family.breaks(theta):
        noise, y = np.zeros((len(case.channels), j + 1, 1)), np.empty(1)

        def beyond(z: float, point: float) -> float:
            noise[0, j] = z
            case.family.transport(noise, j, tables[j % len(tables)], y)
            return float(y[0] - point)

        for point in case.breaks:
            if beyond(-REACH, point) * beyond(REACH, point) < 0:
                by_channel[case.channels[0].name].append(optimize.brentq(beyond, -REACH, REACH, (point,), xtol=1e-15))
    if isinstance(case.rule, Points) and case.rule.breaks:
        for name, points in case.rule.breaks(theta, case.phi).items():
            by_channel[name] = [*by_channel.get(name, ()), *points]
    return met(case, by_channel)


def met(case: Case, breaks: Mapping[str, Sequence[float]]) -> Mapping[str, tuple[float, ...]]:
    """By channel, in order, the nodes of which a draw is at a break: those that a break stands for."""
    points = {c.name: expand(case, c, np.array(breaks[c.name])) for c in case.channels if breaks.get(c.name)}
    return {name: tuple(np.unique(draws).tolist()) for name, draws in points.items()}


def breaks_elsewhere(case: Case) -> bool:
    """Whether f breaks elsewhere than y passes: a rule puts points there."""
    return bool(case.breaks and isinstance(case.rule, Points) and case.rule.place and not case.discrete)


def _product(rules: Sequence[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    """(points[axes, m], weights[m]) of the product of some rules."""
    grids = np.meshgrid(*(points for points, _ in rules), indexing="ij")
    weights = rules[0][1]
    for _, more in rules[1:]:
        weights = np.multiply.outer(weights, more)
    return np.array([grid.ravel() for grid in grids]), weights.ravel()


def expanded(case: Case, points: Floats) -> tuple[Floats, int]:
    """[channels, d, m] -> [channels, d, coupled * m]: the draws that each node stands for; how many they are."""
    of_channels = zip(case.channels, points, strict=True)
    several = np.array([[expand(case, channel, row) for row in rows] for channel, rows in of_channels])
    return np.ascontiguousarray(several.reshape(*points.shape[:-1], -1)), several.shape[2]


def expand(case: Case, channel: BaseNoise, nodes: Floats) -> Floats:
    """[coupled, m] The draws that each of nodes[m] stands for; itself, where all draws of an estimate are coupled."""
    together = case.sampler.coupled == "estimate"
    return nodes[np.newaxis] if together else case.sampler.expand(channel, np.ascontiguousarray(nodes))


def side_by_side(case: Case, grids: Sequence[tuple[Floats, Floats]]) -> Nodes:
    """Each component's own (noise[channels, m], weights[m]); where one has fewer, nodes of weight 0 fill it up."""
    m = max(weights.size for _, weights in grids)
    noise = np.array([np.pad(points, ((0, 0), (0, m - points.shape[1])), mode="edge") for points, _ in grids])
    weights = np.array([np.pad(weights, (0, m - weights.size)) for _, weights in grids])
    return Nodes(*expanded(case, noise.transpose(1, 0, 2)), weights)


def joined(several: Sequence[Nodes]) -> Nodes:
    """The nodes of groups of channels, one block after the other."""
    if len(several) == 1:
        return several[0]
    coupled, shape = several[0].coupled, several[0].noise.shape[:2]
    noise = np.concatenate([n.noise.reshape(*shape, coupled, -1) for n in several], axis=-1)
    weights = np.concatenate([n.weights for n in several], axis=-1)
    return Nodes(noise.reshape(*shape, -1), coupled, weights, tuple(n.weights.shape[1] for n in several))


def _together(case: Case, rules: Sequence[Sequence[tuple[Floats, Floats]]]) -> Nodes:
    """Every combination of all components' nodes."""
    points, weights = _product(list(itertools.chain.from_iterable(rules)))
    noise = points.reshape(len(rules), -1, weights.size).transpose(1, 0, 2)
    return Nodes(*expanded(case, noise), weights[np.newaxis])
