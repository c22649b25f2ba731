"""Blocks of draws: what is drawn in one, and what the estimators of a stream make of it.

Every block has its own generator, keyed by the seed, what is drawn (sampler, dimension, tile, channel) and the
block's number: never by the place in the grid.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from bench import driver, jit
from bench.plan import TILE, Group, Stream, channels_of
from bench.spec import Evaluation, Floats

BLOCK = 100 * 2048  # draws of a block in one dimension; fewer in more, but always whole tiles
STRIP = 32_768  # normals of a strip, so that it and what is computed from it stay in the cache
CHUNK = 131_072  # normals drawn by one call of a sampler
SIGNATURES = (jit.VALUE, jit.DERIVATIVE, jit.DERIVATIVE, jit.DERIVATIVE)


def strip_of(dimension: int, tile: int) -> int:
    """Draws of a strip: the largest divisor of the smallest tile that fits the cache, a multiple of 8."""
    fitting = [strip for strip in range(8, TILE + 1, 8) if TILE % strip == 0 and strip * dimension <= STRIP]
    return max(fitting, default=8)


def tiles_of(stream: Stream) -> int:
    """Tiles of a block."""
    return max(1, BLOCK // (stream.dimension * stream.tile))


def generators(stream: Stream, seed: int, block: int) -> list[np.random.Generator]:
    """A generator for each noise channel of a block."""

    def of(channel: str) -> np.random.Generator:
        content = f"{stream.sampler.name}\0{stream.dimension}\0{stream.tile}\0{channel}"
        words = np.frombuffer(hashlib.sha256(content.encode()).digest(), "<u4")
        return np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, *map(int, words), block])))

    return [of(channel.name) for channel in stream.channels]


def spans(stream: Stream, tiles: int) -> Iterator[tuple[int, int]]:
    """(first strip, strips) of each chunk of so many tiles."""
    strip = strip_of(stream.dimension, stream.tile)
    total, size = tiles * stream.tile // strip, max(1, CHUNK // (stream.dimension * strip))
    for first in range(0, total, size):
        yield first, min(size, total - first)


def buffer(stream: Stream, tiles: int) -> Floats:
    """Room for the noise of the largest chunk: [channels, strips, d, strip]."""
    size = max(size for _, size in spans(stream, tiles))
    return np.empty((len(stream.channels), size, stream.dimension, strip_of(stream.dimension, stream.tile)))


def fill(stream: Stream, sources: list[np.random.Generator], noise: Floats) -> None:
    """Draw noise[channels, strips, d, strip], each channel from its own generator."""
    for generator, channel, part in zip(sources, stream.channels, noise, strict=True):
        stream.sampler.fill(generator, channel, part.reshape(*part.shape[:2], stream.sampler.unit, -1))


def program(stream: Stream, group: Group, data: Mapping[int, Floats]) -> driver.Program:
    """A group as the arrays that the driver reads; kernels are compiled here."""
    own = data if group.objective.uses_data else {0: np.empty(0)}
    kept = {n: np.ascontiguousarray(group.form.summarise(x), dtype=float) for n, x in own.items()}
    stops = dict(zip(kept, np.cumsum([part.size for part in kept.values()]).tolist(), strict=True))
    sizes = [point.dataset_size or 0 for point in group.points]
    needs = {need for _, estimator in group.estimators for need in estimator.needs}
    kernels = [getattr(group.form, field) if field in needs else None for field in Evaluation._fields]
    nodes, where = folding([k // stream.sampler.unit for k in group.samples])
    (first, leader), names = group.estimators[0], [channel.name for channel in stream.channels]
    exact = group.objective.exact
    return driver.Program(
        channels=np.array([names.index(channel.name) for channel in channels_of(leader)]),
        mu=np.array([point.mu for point in group.points]),
        sigma=np.array([point.sigma for point in group.points]),
        data=np.concatenate(list(kept.values())),
        data_range=np.array([(stops[n] - kept[n].size, stops[n]) for n in sizes]),
        theta=np.array([point.objective.theta for point in group.points]).reshape(len(sizes), -1),
        estimator_theta=np.array(first.theta, dtype=float),
        centre=np.array(
            [exact(p.mu, p.sigma, own[n], p.objective.theta) for p, n in zip(group.points, sizes, strict=True)]
        ),
        place=jit.address(leader.place, jit.PLACE),
        evaluate=np.array([jit.address(k, s) if k else 0 for k, s in zip(kernels, SIGNATURES, strict=True)]),
        combine=np.array([jit.address(e.combine, jit.COMBINE) for _, e in group.estimators]),
        estimate=np.array([jit.address(e.estimate, jit.ESTIMATE) if e.estimate else 0 for _, e in group.estimators]),
        arithmetic=np.array([jit.address(driver.fold, driver.FOLD), jit.address(driver.accumulate, driver.ACCUMULATE)]),
        source=np.array([source for source, _ in nodes]),
        factor=np.array([factor for _, factor in nodes]),
        size=np.array(sizes_of(stream, nodes)),
        node=np.array(where),
        samples=np.array(group.samples),
        wanted=np.array([[_wanted(group, v, k) for k in group.samples] for v, _ in group.estimators]),
        evaluations=leader.points,
        width=max(estimator.width for _, estimator in group.estimators),
        unit=stream.sampler.unit,
    )


def folding(columns: list[int]) -> tuple[list[tuple[int, int]], list[int]]:
    """The tree of sums: nodes (source, factor), and the node that holds the sums of each number of columns.

    The way to a number does not depend on the others: 1000 comes from 100, from 10, from 1; 64 from 32; 7 from 1.
    """
    nodes, found = [(0, 1)], {1: 0}

    def node(number: int) -> int:
        if number not in found:
            factor = 10 if number % 10 == 0 else 2 if number % 2 == 0 else number
            nodes.append((node(number // factor), factor))
            found[number] = len(nodes) - 1
        return found[number]

    return nodes, [node(number) for number in columns]


def sizes_of(stream: Stream, nodes: list[tuple[int, int]]) -> list[int]:
    """Columns of each node of the tree of sums, in one tile."""
    sizes = [stream.tile // stream.sampler.unit]
    for source, factor in nodes[1:]:
        sizes.append(sizes[source] // factor)
    return sizes


def replicates_of(stream: Stream, group: Group) -> Floats:
    """Estimates that one tile gives, for each number of samples."""
    nodes, where = folding([k // stream.sampler.unit for k in group.samples])
    return np.array(sizes_of(stream, nodes), dtype=float)[where]


def _wanted(group: Group, variant: Any, samples: int) -> bool:
    return any(job[1] == variant and job[0].samples == samples for job in group.jobs)


def run(stream: Stream, programs: list[driver.Program], seed: int, block: int) -> list[Floats]:
    """The power sums of one block: for each group [points, estimators, samples, 2, POWERS]."""
    tiles, sources = tiles_of(stream), generators(stream, seed, block)
    noise, rooms = buffer(stream, tiles), [room(stream, one) for one in programs]
    for first, size in spans(stream, tiles):
        fill(stream, sources, noise[:, :size])
        for one, (numbers, sums) in zip(programs, rooms, strict=True):
            driver.run(noise[:, :size], first, one, numbers, sums)
    return [sums for _, sums in rooms]


def room(stream: Stream, one: driver.Program) -> tuple[Floats, Floats]:
    """(numbers[points or 1, m, width, tile], zeroed sums[points, m, samples, 2, POWERS]) for a program."""
    points, estimators = one.mu.size, one.combine.size
    rows = points if strip_of(stream.dimension, stream.tile) < stream.tile else 1
    numbers = np.empty((rows, estimators, one.width, stream.tile))
    return numbers, np.zeros(shape_of(one))


def shape_of(one: driver.Program) -> tuple[int, int, int, int, int]:
    """The shape of a program's power sums: [points, estimators, samples, 2, POWERS]."""
    return one.mu.size, one.combine.size, one.samples.size, 2, driver.POWERS
