"""The exact variance of estimates whose draws lie in strata: intervals of equal chance in each component.

Where the gradient is a sum over components, and the K draws of each lie K / m in each of m intervals, uniform in there
and independent, an estimate is a sum of independent terms: its variance is sum_s Var_s / (m K), Var_s that inside the
interval s, and its fourth cumulant is sum_s k4_s / (m K^3). Owen (2013), section 8.4.
Each interval has nodes of its own, which are added until the variance stands still, and the fourth moment too.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any

import numpy as np

from bench.engine.case import Case
from bench.oracle import routes
from bench.oracle.exact import DEPENDENT, Exact
from bench.oracle.nodes import breaks_of
from bench.spec import BaseNoise, Floats
from bench.statistics.moments import ROUND_OFF, quiet

LEAST, MOST = 4, 96  # nodes of a piece
MOST_NODES = 2**21  # of all pieces
PIECES = 32  # of equal width, into which the noise is cut besides: the outermost intervals are long
AGREE = 1e-11  # relative change from one number of nodes to the next
MOST_LOST = 1e-6  # the largest relative error that round-off may cause


def with_strata(moments: Exact, case: Case, is_sum: bool) -> Exact:
    """The moments of a draw, with those of estimates of draws that are all coupled, or with the reason why not.

    `is_sum` says whether the gradient is a sum over components.
    """
    if case.sampler.coupled != "estimate":
        return moments
    if reason := _lacking(case, is_sum):
        return replace(moments, reason=moments.reason or reason)
    return replace(moments, of_draws=cache(partial(_moments, case)))


def _lacking(case: Case, is_sum: bool) -> str:
    """Why the strata of a sampler do not tell the variance; empty where they do."""
    if case.sampler.strata is None:
        return DEPENDENT
    if not is_sum:
        return f"{DEPENDENT}; their strata tell the variance of a sum over components alone"
    if len(case.channels) > 1:
        return f"{DEPENDENT}; their strata tell the variance where they read one channel of noise alone"
    (channel,) = case.channels
    if channel.quantile is None or channel.density is None:
        return f"{DEPENDENT}; to integrate their strata the noise {channel.name} lacks a quantile function or a density"
    return ""


@quiet
def _moments(case: Case, samples: int) -> tuple[Floats, Floats]:
    """(variance, fourth central moment)[rows] of estimates of so many draws; NaN where they do not stand still.

    A fourth moment stands still later than its variance, or not at all where the tails carry it.
    """
    settled, coarse, nodes = np.full((2, case.rows), np.nan), np.full((2, case.rows), np.nan), LEAST
    while np.isnan(settled).any() and nodes <= MOST and (fine := _at(case, samples, nodes)) is not None:
        moments, lost = fine[:2], fine[2]
        tolerance = AGREE + np.where(lost < MOST_LOST, lost, 0.0)
        still = np.logical_and.accumulate(abs(moments - coarse) <= tolerance * moments)
        settled = np.where(np.isnan(settled) & still, moments, settled)
        coarse, nodes = moments, nodes * 3 // 2
    return settled[0], settled[1]


def _at(case: Case, samples: int, nodes: int) -> Floats | None:
    """[3, rows] Variance, fourth central moment, and what round-off may be of them; None where nodes are too many."""
    assert case.sampler.strata is not None
    (channel,), d = case.channels, case.cell.dimension
    strata = case.sampler.strata(samples, d)
    breaks = [point for j in range(d) for point in breaks_of(case, j).get(channel.name, ())]
    noise, weights, owner = pieces(channel, strata, nodes, breaks)
    if noise.size * d > (MOST_NODES if case.budget is None else min(MOST_NODES, case.budget)):
        return None
    columns = routes.columns_of(case, np.ascontiguousarray(np.broadcast_to(noise, (1, d, noise.size))), 1)  # [d, k, m]
    moments = [inside(row, weights, owner, strata) for rows in columns for row in rows]
    second, fourth, square = np.array(moments).T.reshape(3, *columns.shape[:2])
    parts = np.array([second / samples, fourth / samples**3, second, square])
    of_rows = parts.reshape(4, -1) if case.cell.components == "untied" else parts.sum(axis=1)
    variance, fourth, second, square = of_rows
    lost = 64 * np.finfo(float).eps * np.sqrt(square / np.where(second > 0, second, 1.0))
    return np.array([variance, fourth + 3 * variance**2, lost])


def inside(values: Floats, weights: Floats, owner: Any, strata: int) -> tuple[float, float, float]:
    """Variance and fourth cumulant of values[m] inside an interval, in the mean over intervals; the mean square."""

    def means(powers: Floats) -> Floats:
        return np.asarray(np.bincount(owner, weights * powers, strata), dtype=float)

    centred = values - means(values)[owner]
    second, square = means(centred**2), float(means(values**2).mean())
    if second.mean() <= ROUND_OFF**2 * square:
        return 0.0, 0.0, square
    return float(second.mean()), float((means(centred**4) - 3 * second**2).mean()), square


def pieces(channel: BaseNoise, strata: int, nodes: int, breaks: Sequence[float] = ()) -> tuple[Floats, Floats, Any]:
    """(noise[m], weights[m], the interval of each [m]): so many nodes a piece; the weights of an interval sum to 1."""
    assert channel.quantile is not None
    assert channel.density is not None
    between = np.arange(1, strata) / strata
    channel.quantile(between)
    edges = np.unique(np.concatenate([np.linspace(*channel.ends, PIECES + 1), between, breaks]))
    points, weights = np.polynomial.legendre.leggauss(nodes)
    half, middle = 0.5 * np.diff(edges)[:, np.newaxis], 0.5 * (edges[:-1] + edges[1:])
    noise, owner = middle[:, np.newaxis] + half * points, np.repeat(np.searchsorted(between, middle), nodes)
    mass = (half * weights * channel.density(noise)).ravel()
    return noise.ravel(), mass / np.bincount(owner, mass, strata)[owner], owner
