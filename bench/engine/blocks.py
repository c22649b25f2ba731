"""Blocks of draws: what is drawn in one, and what the estimators of a stream make of it.

Every block has its own generator, keyed by the seed, what is drawn (sampler, dimension, tile, channel) and the
block's number: never by the place in the grid.
"""

import hashlib
import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np

from bench.engine import driver
from bench.engine.sum_tree import tree_of
from bench.errors import BadInput
from bench.kernels import jit
from bench.plan.cells import Group, Stream, channels_of, panel_of
from bench.spec import Evaluation, Floats

BLOCK = 204_800  # draws of a block in one dimension; fewer in more, but always whole tiles
STRIP = 32_768  # normals of a strip, so that it and what is computed from it stay in the cache
CHUNK = 131_072  # normals drawn by one call of a sampler
LINE = 8  # numbers of a cache line
REDUCE = ((driver.fold, driver.FOLD), (driver.accumulate, driver.ACCUMULATE))
SIGNATURES = (jit.VALUE, jit.DERIVATIVE, jit.DERIVATIVE, jit.DERIVATIVE)


@cache
def strip_of(dimension: int) -> int:
    """Draws of a strip: the largest divisor of the panel that fits the cache, a multiple of 8.

    32 or more where memory allows, or what is done once a component is not spread over enough draws.
    """
    panel, most = panel_of(dimension), max(STRIP, min(32 * dimension, CHUNK * 8))
    fitting = [strip for strip in range(8, panel + 1, 8) if panel % strip == 0 and strip * dimension <= most]
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
    strip = strip_of(stream.dimension)
    total, size = tiles * stream.tile // strip, max(1, CHUNK // (stream.dimension * strip))
    for first in range(0, total, size):
        yield first, min(size, total - first)


def buffer(stream: Stream, tiles: int) -> Floats:
    """Room for the noise of the largest chunk: [strips, channels, d, strip]."""
    size = max(size for _, size in spans(stream, tiles))
    return empty(size, len(stream.channels), stream.dimension, strip_of(stream.dimension))


def fill(stream: Stream, sources: list[np.random.Generator], noise: Floats) -> None:
    """Draw noise[strips, channels, d, strip], each channel from its own generator."""
    for c, (generator, channel) in enumerate(zip(sources, stream.channels, strict=True)):
        own = noise[:, c] if len(sources) == 1 else np.empty(noise[:, c].shape)
        stream.sampler.fill(generator, channel, own.reshape(*own.shape[:2], stream.sampler.unit, -1))
        if len(sources) > 1:
            noise[:, c] = own


def program(stream: Stream, group: Group, data: Mapping[int, Floats]) -> driver.Program:
    """A group as the arrays that the driver reads; kernels are compiled here."""
    own = data if group.objective.uses_data else {0: np.empty(0)}
    kept = {n: np.ascontiguousarray(group.form.summarise(x), dtype=float) for n, x in own.items()}
    if any(part.ndim != 1 for part in kept.values()):
        raise BadInput(f"objective {group.objective.name!r}: summarise gives more than one dimension; allowed: one")
    stops = dict(zip(kept, np.cumsum([part.size for part in kept.values()]).tolist(), strict=True))
    sizes = [point.dataset_size or 0 for point in group.points]
    needs = {need for _, estimator in group.estimators for need in estimator.needs}
    kernels = [getattr(group.form, field) if field in needs else None for field in Evaluation._fields]
    (first, leader), names = group.estimators[0], [channel.name for channel in stream.channels]
    exact = group.objective.exact
    whole = any(estimator.estimate for _, estimator in group.estimators)
    joint = jit.address(driver.reduce_joint, driver.JOINT) if whole else 0
    return driver.Program(
        channels=np.array([names.index(channel.name) for channel in channels_of(leader)]),
        mu=np.array([point.mu for point in group.points]),
        sigma=np.array([point.sigma for point in group.points]),
        data=np.concatenate(list(kept.values())),
        data_range=np.array([(stops[n] - kept[n].size, stops[n]) for n in sizes]),
        theta=np.array([point.objective.theta for point in group.points], dtype=float).reshape(len(sizes), -1),
        estimator_theta=np.array(first.theta, dtype=float),
        centre=np.array(
            [exact(p.mu, p.sigma, own[n], p.objective.theta) for p, n in zip(group.points, sizes, strict=True)],
            dtype=float,
        ),
        place=jit.address(leader.place, jit.PLACE),
        evaluate=np.array([jit.address(k, s) if k else 0 for k, s in zip(kernels, SIGNATURES, strict=True)]),
        combine=np.array([jit.address(e.combine, jit.COMBINE) for _, e in group.estimators]),
        estimate=np.array([jit.address(e.estimate, jit.ESTIMATE) if e.estimate else 0 for _, e in group.estimators]),
        reduce=np.array([jit.address(*one) for one in REDUCE] + [joint]),
        tree=tree_of(group.samples, stream.sampler.unit, panel_of(stream.dimension), stream.tile),
        samples=np.array(group.samples),
        wanted=np.array([[_wanted(group, v, k) for k in group.samples] for v, _ in group.estimators]),
        evaluations=leader.points,
        widths=np.array([estimator.width for _, estimator in group.estimators]),
        unit=stream.sampler.unit,
        panel=panel_of(stream.dimension),
        panels=stream.tile // panel_of(stream.dimension),
    )


def replicates_of(stream: Stream, group: Group) -> Floats:
    """Estimates that one tile gives, for each number of samples."""
    return np.array([stream.tile // k for k in group.samples], dtype=float)


def _wanted(group: Group, variant: Any, samples: int) -> bool:
    return any(job[1] == variant and job[0].samples == samples for job in group.jobs)


def run(stream: Stream, programs: list[driver.Program], seed: int, block: int) -> list[Floats]:
    """The power sums of one block: for each group [points, estimators, samples, 2, POWERS]."""
    tiles, sources = tiles_of(stream), generators(stream, seed, block)
    noise, rooms = buffer(stream, tiles), [room(stream, one) for one in programs]
    for first, size in spans(stream, tiles):
        fill(stream, sources, noise[:size])
        send(noise[:size], first, programs, rooms)
    return [own.sums for own in rooms]


def send(noise: Floats, first: int, programs: list[driver.Program], rooms: list[driver.Room]) -> None:
    """Strips of noise, of which `first` came before in the block, through every program."""
    for one, own in zip(programs, rooms, strict=True):
        with jit.alone(driver.run):
            driver.run(noise, first, one, own)


def empty(*shape: int) -> Floats:
    """An array that begins with a cache line: vector loads that straddle two cost twice."""
    size = math.prod(shape)
    room = np.empty(size + LINE)
    begin = -room.ctypes.data // room.itemsize % LINE
    return room[begin : begin + size].reshape(shape)


def room(stream: Stream, one: driver.Program) -> driver.Room:
    """What a program keeps between strips; its power sums are 0."""
    d, strip, channels = stream.dimension, strip_of(stream.dimension), one.channels.tolist()
    pairs, shape = (one.mu.size, one.combine.size), (one.evaluations, d, strip)
    raw = one.estimate.any() or (one.tree.late & (one.tree.source < 0)).any()  # what combine gives is kept for a tile
    columns = stream.tile if raw else one.panel
    return driver.Room(
        eps=empty(0 if channels == list(range(len(stream.channels))) else len(channels), d, strip),
        x=empty(*shape),
        f=Evaluation(
            empty(one.evaluations, strip), *(empty(*shape if used else (0, 0, 0)) for used in one.evaluate[1:])
        ),
        out=empty(one.widths.max(), strip),
        numbers=empty(*(pairs if columns > strip else (1, 1)), one.widths.max(), columns),
        kept=empty(*pairs, 2, one.tree.length),
        sums=np.zeros(shape_of(one)),
    )


def shape_of(one: driver.Program) -> tuple[int, int, int, int, int]:
    """The shape of a program's power sums: [points, estimators, samples, 2, POWERS]."""
    return one.mu.size, one.combine.size, one.samples.size, 2, driver.POWERS
