"""Whether what is integrated has died out at the outermost nodes.

A moment that is infinite, or whose mass lies beyond the nodes, stands still as well once they end at the same place:
what is integrated there, times the little mass that the noise has beyond, must be nothing beside the moment.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bench.engine.apply import transported
from bench.engine.case import Case
from bench.engine.pilot import draws
from bench.oracle.exact import Exact
from bench.oracle.nodes import Nodes, expanded
from bench.spec import Floats
from bench.statistics.moments import ROUND_OFF, quiet

ENDLESS = "what is integrated has not died out where the noise ends"
BEYOND = 1e-10, 1e-7, 1e-3  # of a mean, a variance and a fourth moment, which but judges the variance
TRIED = 16  # draws of all other noise, beside the end of one channel
STEPS = 97  # of a channel, over which y is seen to move
MASS = float(np.finfo(float).eps)  # the most that a law has beyond its ends

Those = tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]  # of means, variances, kurtoses[rows]
Integrand = Callable[[Case, Floats, int], Floats]  # [d, rows, m] of each component's noise, or [1, rows, m] of all


@quiet
def within(moments: Exact, case: Case, integrand: Integrand, grid: Nodes) -> Those:
    """Whose means, variances and fourth moments have nothing beyond the nodes."""
    apart = len(grid.weights) == case.cell.dimension
    centre, spread, tails = np.zeros(case.rows), np.zeros(case.rows), np.zeros((3, case.rows))
    for j in [slice(None)] if apart else range(case.cell.dimension):
        noise, mass = _ends(case, grid, j)
        seen = integrand(case, *expanded(case, noise))
        seen = seen.reshape(*seen.shape[:2], len(mass) + 1, -1)
        middle = np.median(seen[..., :1, :], axis=-1, keepdims=True)
        off = abs(seen - middle)
        of_ends = [(off[..., 1:, :] ** p).mean(axis=-1) @ mass for p in (1, 2, 4)]
        tails += [_by_row(case, share) for share in of_ends]
        centre = _by_row(case, abs(middle[..., 0, 0]))
        spread = _by_row(case, off[..., 0, :].mean(axis=-1))
    size = abs(moments.mean) + spread
    floor = (ROUND_OFF * (size + centre)) ** 2
    sizes = size, moments.variance + floor, moments.kurtosis * moments.variance**2 + floor**2
    mean, variance, kurtosis = (tail <= most * moment for most, tail, moment in zip(BEYOND, tails, sizes, strict=True))
    constant = moments.variance == 0
    return mean, variance | constant, kurtosis | constant


def _ends(case: Case, grid: Nodes, j: int | slice) -> tuple[Floats, Floats]:
    """(noise[channels, d, (1 + ends) * TRIED], mass[ends]): plain draws, then some with component j at an end."""
    plain = draws(case, TRIED)
    blocks, mass = [plain], list[float]()
    for c, channel in enumerate(case.channels):
        if channel.density is None:
            continue
        for end in _outermost(case, c, float(grid.noise[c, j].min()), float(grid.noise[c, j].max())):
            moved = plain.copy()
            moved[c, j] = end
            blocks.append(moved)
            mass.append(min(MASS, float(channel.density(np.array([end]))[0])))
    return np.concatenate(blocks, axis=-1), np.array(mass)


def _outermost(case: Case, c: int, low: float, high: float) -> tuple[float, float]:
    """Where, between two ends of a channel, y still moves: a table of quantiles ends where the rest has no mass."""
    if c >= len(case.family.channels) or low == high:
        return low, high
    noise = np.repeat(draws(case, 1), STEPS, axis=-1)
    noise[c] = np.linspace(low, high, STEPS)
    (moves,) = np.nonzero((np.diff(transported(case, noise)) != 0).any(axis=0))
    if not moves.size:
        return low, high
    first, last = int(moves[0]), int(moves[-1])
    return noise[c, 0, first + (first > 0)], noise[c, 0, last + (last == STEPS - 2)]


def _by_row(case: Case, parts: Floats) -> Floats:
    """[rows] of parts[d, k], which add up where components are tied, or of [1, rows]."""
    return np.asarray(parts.ravel() if parts.size == case.rows else parts.sum(axis=0))
