"""Exact moments by brute force: tensor nodes over all noise of an estimate, through the real kernels."""

import functools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from bench.engine import apply
from bench.engine.case import Case
from bench.engine.pilot import prepared
from bench.oracle.nodes import breaks_elsewhere, breaks_of, expand
from bench.spec import BaseNoise, Floats

REACH = 12.0  # fourth powers of quantiles have their mass far out
MOST_SAMPLES = 8  # times the least, up to which an estimator may decline
MOST_POINTS = 200_000  # of a tensor rule
GAUSS = 64  # the most nodes of Gauss and Hermite; more are in equal steps
STEPS = 2_000  # the most of these: fewer are enough for a narrow f below a wide density
Moments = tuple[Floats, Floats, Floats]


def refined(case: Case, samples: int, count: int) -> Iterator[tuple[Moments, Moments]]:
    """Moments with what they may be off by: nothing at first and by a finer rule, then what a coarser one is off by."""
    fine = moments(case, samples, count)
    nothing = np.zeros_like(fine[0])
    yield fine, (nothing, nothing, nothing)
    if (more := min(STEPS, _of_an_axis(case, samples, MOST_POINTS))) > max(count, GAUSS):
        count, fine = more, moments(case, samples, more)
        yield fine, (nothing, nothing, nothing)
    coarse = moments(case, samples, fewer(count))
    mean, second, fourth = (abs(moment - rough) for moment, rough in zip(fine, coarse, strict=True))
    yield fine, (mean, second, fourth)


def moments(case: Case, samples: int, nodes: int) -> Moments:
    """(mean, variance, fourth central moment)[rows] of estimates of so many draws.

    The noise of every draw in every component and channel is a dimension of the tensor rule; where draws depend on each
    other, that of every column of them is.
    """
    case = prepared(case)
    assert isinstance(case.sampler.coupled, int)
    columns = samples // case.sampler.coupled
    channels, d = len(case.channels), case.cell.dimension
    rules = [rule for _ in range(columns) for j in range(d) for rule in rules_of(case, j, nodes)]
    axes = np.meshgrid(*(points for points, _ in rules), indexing="ij")
    grid = np.array([axis.ravel() for axis in axes]).reshape(columns, d, channels, -1)
    weights = functools.reduce(np.multiply.outer, (weights for _, weights in rules)).ravel()
    expanded = np.array(
        [[[expand(case, *of) for of in zip(case.channels, rows, strict=True)] for rows in column] for column in grid]
    )
    # [columns, d, channels, coupled, m] -> noise[channels, d, draws of the estimate * m], the layout of a tile
    noise = np.ascontiguousarray(expanded.transpose(2, 1, 3, 0, 4).reshape(channels, d, -1))
    out = apply.estimates(case, noise, samples) + apply.constant(case)[:, np.newaxis]
    mean = out @ weights
    centred = out - mean[:, np.newaxis]
    return mean, centred**2 @ weights, centred**4 @ weights


def rules_of(case: Case, j: int, nodes: int) -> list[tuple[Floats, Floats]]:
    """A rule for each channel of component j, between the breaks of the family, of f and of the estimator."""
    breaks = breaks_of(case, j)
    return [_rule(case, channel, nodes, tuple(breaks.get(channel.name, ()))) for channel in case.channels]


def _rule(case: Case, channel: BaseNoise, nodes: int, breaks: tuple[float, ...]) -> tuple[Floats, Floats]:
    """Two points for steps; equal steps for a quantile function, which Gauss and Hermite's nodes are too few for."""
    if breaks:
        is_smooth = not case.discrete and channel is case.channels[0]  # between breaks of f
        return channel.rule(nodes if is_smooth else 2, breaks)
    if channel.fallback is None or (nodes <= GAUSS and not by_quantile(case)):
        return channel.rule(nodes)
    points = np.linspace(-REACH, REACH, nodes)
    weights = np.exp(-(points**2) / 2)
    return points, weights / weights.sum()


def by_quantile(case: Case) -> bool:
    """Whether y is a tabulated quantile function of its noise, no polynomial."""
    return len(case.tables[0]) > len(case.theta[0])


def fewest(case: Case) -> int:
    """The fewest draws of an estimate."""
    assert isinstance(case.sampler.coupled, int)
    least = max(case.estimator.degree, case.sampler.coupled)
    counts = range(least, MOST_SAMPLES * least, case.sampler.coupled)
    runs = (count for count in counts if case.estimator.skip(replace(case.cell, samples=count)) is None)
    return next(runs, least)


def nodes(case: Case, samples: int, most: int = MOST_POINTS) -> int:
    """As many as so many points of the tensor rule allow."""
    return min(300 if by_quantile(case) else GAUSS, _of_an_axis(case, samples, most))


def _of_an_axis(case: Case, samples: int, most: int) -> int:
    """The nodes of an axis, of so many points of the tensor rule."""
    assert isinstance(case.sampler.coupled, int)
    axes = len(case.channels) * case.cell.dimension * (samples // case.sampler.coupled)
    return int(most ** (1 / axes))


def fewer(nodes: int) -> int:
    """Nodes of a coarser rule, beside which the error of a finer one shows."""
    return max(2, nodes * 2 // 3)


def is_coarse(case: Case) -> bool:
    """Whether brute force has too few nodes: of many axes for a quantile function or what breaks, or beside breaks."""
    draws = 1 if case.sampler.coupled == "estimate" else fewest(case)
    in_pieces = by_quantile(case) or (case.breaks and not case.discrete)
    return breaks_elsewhere(case) or bool(in_pieces and draws * case.cell.dimension * len(case.channels) > 2)
