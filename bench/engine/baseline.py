"""The constant that, taken off f, leaves the score function the least variance: b = E F S^2 / E S^2, by quadrature.

F is all of f and S the score by a parameter, summed over tied components. Where f is a sum over independent components,
E S = 0 gives b = E F + sum_j E (f_j - E f_j) s_j^2 / sum_j E s_j^2, so each component has nodes of its own. Where it is
no sum, nodes fill all components. At the least variance an error of b costs the square of it.
Greensmith, Bartlett & Baxter (2004), JMLR 5, section 5.
"""

import functools

import numpy as np

from bench.engine.apply import evaluated, scores, transported
from bench.engine.case import Case
from bench.spec import BaseNoise, Floats

NODES = 2**18  # of all components together
LEAST, MOST = 256, 4096  # of a component
BETWEEN_BREAKS = 128  # of a component, in all pieces
TOGETHER = 20_000  # that fill several components
MOST_TOGETHER = 4  # components that are filled


def optimal_baseline(case: Case) -> Floats | None:
    """[d, k] b for each component and parameter, the same for tied ones; None where nothing integrates it.

    Where log q is differentiated wholly the score has a weight of 1 besides, which b takes off too.
    """
    case = case if case.batch is not None else case.full  # b is linear in f
    d, is_sum = case.cell.dimension, case.form.terms is not None or case.cell.dimension == 1
    if not is_sum and d > MOST_TOGETHER:
        return None
    noise, weights = _side_by_side(case) if is_sum else _together(case)
    y = transported(case, noise)
    s = scores(case, noise, y)
    if is_sum:
        name = "value" if d == 1 else "terms"
        f = getattr(evaluated(case, y, [name]), name)[0].reshape(y.shape)
        mean = np.einsum("jm,jm->j", f, weights)
        above = np.einsum("jm,jkm,jm->jk", f - mean[:, np.newaxis], s**2, weights)
        below = np.einsum("jkm,jm->jk", s**2, weights)
        if case.cell.components == "tied":
            above, below = (np.broadcast_to(side.sum(axis=0), side.shape) for side in (above, below))
        return np.asarray(mean.sum() + above / below + case.adds_score)
    squares = s**2 if case.cell.components == "untied" else np.broadcast_to(s.sum(axis=0) ** 2, s.shape)
    f = evaluated(case, y, ["value"]).value[0]
    return np.asarray(squares @ (weights[0] * f) / (squares @ weights[0]) + case.adds_score)


def _side_by_side(case: Case) -> tuple[Floats, Floats]:
    """(noise[channels, d, m], weights[d, m]): nodes of each component for itself."""
    channels, d = case.family.channels, case.cell.dimension
    count = int(np.clip(NODES // d, LEAST, MOST) ** (1 / len(channels)))
    parts = [_product([_rule(case, c, j, count) for c in range(len(channels))]) for j in range(d)]
    m = max(weights.size for _, weights in parts)
    noise = np.array([np.pad(points, ((0, 0), (0, m - points.shape[1])), mode="edge") for points, _ in parts])
    return np.ascontiguousarray(noise.transpose(1, 0, 2)), np.array(
        [np.pad(weights, (0, m - weights.size)) for _, weights in parts]
    )


def _together(case: Case) -> tuple[Floats, Floats]:
    """(noise[channels, d, m], weights[1, m]): every combination of all components' nodes."""
    channels, d = case.family.channels, case.cell.dimension
    count = int(TOGETHER ** (1 / (d * len(channels))))
    points, weights = _product([_rule(case, c, j, count) for c in range(len(channels)) for j in range(d)])
    return points.reshape(len(channels), d, -1), weights[np.newaxis]


def _rule(case: Case, c: int, j: int, count: int) -> tuple[Floats, Floats]:
    """A rule of a channel, between the places where the family's y jumps."""
    channel: BaseNoise = case.family.channels[c]
    breaks = tuple(case.family.breaks(case.theta[j % len(case.theta)])) if c == 0 else ()
    if breaks:  # between which a discrete y is constant
        return channel.rule(len(breaks) + 1 if case.family.path is None else min(count, BETWEEN_BREAKS), breaks)
    settles = channel.fallback if channel.fallback and count >= LEAST else channel.rule
    return settles(count)


def _product(rules: list[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    """(points[rules, m], weights[m])."""
    grids = np.meshgrid(*(points for points, _ in rules), indexing="ij")
    weights = functools.reduce(np.multiply.outer, (weights for _, weights in rules))
    return np.array([grid.ravel() for grid in grids]), weights.ravel()
