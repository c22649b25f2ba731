"""Law of a sampler: each draw has the law of its channel, seen in as many normals as a lap of a sweep draws.

Fills are as large as those of the engine, for a sampler may do otherwise in long ones. Mean, square and the counts in
tails are z-scores under a bound that a right sampler breaks with a chance of some 1e-7 in all: a shift of a 300th of a
standard deviation is found, and a tail that is cut off.
"""

from collections.abc import Iterator

import numpy as np

from bench.laws.channels import NODES
from bench.laws.finding import Finding, against, worst
from bench.plan.streams import Stream, coupled_of
from bench.plan.tiling import BLOCK, CHUNK, GROUPS, cut
from bench.spec import BaseNoise, Floats, Sampler

BOUND = 6.0  # standard errors
PLACES = 8  # at most, of the draws that depend on each other, are looked at one by one
TAILS = (1e-5, 1e-4, 1e-3, 1e-2, 0.1, 0.5)  # their chances, at either end

Shape = tuple[int, int, int, int]  # of a fill: strips, d, coupled, columns


def shape_of(dimension: int, coupled: int, strip: int) -> Shape:
    """A fill as the engine asks for it."""
    return max(1, CHUNK // (dimension * strip)), dimension, coupled, strip // coupled


def of_a_stream(stream: Stream) -> Shape:
    """The fills of a stream."""
    return shape_of(stream.dimension, stream.coupled, stream.cut.strip)


def of_samples(sampler: Sampler, samples: int) -> Shape:
    """The fills in one component, for estimates of so many draws."""
    coupled = coupled_of(sampler, samples)
    return shape_of(1, coupled, cut(1, samples, coupled, 1, None).strip)


def fills(sampler: Sampler, channel: BaseNoise, shape: Shape) -> Iterator[tuple[Floats, Floats]]:
    """(draws of the sampler[places, n], the channel's own[n]) of one fill after the other."""
    strips, d, coupled, columns = shape
    places = np.unique(np.linspace(0, coupled - 1, min(coupled, PLACES)).astype(int))
    ours, theirs = (np.random.Generator(np.random.SFC64(seed)) for seed in (13, 14))
    out, plain = np.empty(shape), np.empty(strips * d * columns)
    for _ in range(max(1, GROUPS * BLOCK // out.size)):
        sampler.fill(ours, channel, out)
        channel.fill(theirs, plain)
        yield out[:, :, places].transpose(2, 0, 1, 3).reshape(places.size, -1), plain


def marginal_law(sampler: Sampler, channel: BaseNoise, shape: Shape) -> Finding | None:
    """Each of the coupled draws has the moments of the channel's rule, and the tails of its own fills."""
    count, sums, ours, theirs = 0, np.zeros(()), np.zeros(()), np.zeros(())
    edges = _edges(channel)
    for draws, plain in fills(sampler, channel, shape):
        count += plain.size
        sums = sums + np.array([draws.sum(axis=1), (draws**2).sum(axis=1)])
        ours = ours + np.stack([_beyond(row, edges) for row in draws], axis=1)
        theirs = theirs + _beyond(plain, edges)[:, np.newaxis]
    points, weights = channel.rule(NODES)
    means = np.array([weights @ points, weights @ points**2])[:, np.newaxis]
    errors = np.sqrt(np.array([weights @ points**2, weights @ points**4])[:, np.newaxis] - means**2) / np.sqrt(count)
    tails = [f"share {side} {edge:.3g}" for side, ends in (("below", edges[0]), ("above", edges[1])) for edge in ends]
    allowed = BOUND * np.sqrt(ours + theirs) / count
    return worst(
        [
            against(sums / count, means, BOUND * errors, "of a draw", ["mean of z", "mean of z^2"]),
            against(ours / count, theirs / count, allowed, f"in {count} draws, and of the channel's own", tails),
        ]
    )


def _edges(channel: BaseNoise) -> Floats:
    """[2, tails] Where the lower tails end and the upper ones begin, from draws that are not compared."""
    draws = np.empty(CHUNK)
    channel.fill(np.random.Generator(np.random.SFC64(15)), draws)
    chances = np.array(TAILS)
    return np.asarray(np.quantile(draws, [chances, 1 - chances]))


def _beyond(draws: Floats, edges: Floats) -> Floats:
    """[2 * tails] How many draws lie below the first edges, and above the second ones."""
    lower, upper = edges
    below, above = ([np.count_nonzero(draws < e) for e in lower], [np.count_nonzero(draws > e) for e in upper])
    return np.array([*below, *above], dtype=float)
