"""The functions of a user that fill arrays with noise, that freeze numbers, or run blocks, each tried on a little."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from bench.engine.case import Case
from bench.engine.pilot import prepared
from bench.errors import BadInput
from bench.plan.streams import Stream
from bench.probe.apart import Announce
from bench.probe.guarded import MARKS, call, require_equal, require_written
from bench.registry.held import Held
from bench.spec import BaseNoise, Executor, Family, Floats

STRIPS, COLUMNS = 2, 8  # of noise, as the engine asks for it
ITEMS = 5


def fill_all(stream: Stream, announce: Announce) -> None:
    """BadInput where a channel or the sampler does not fill what it is given, or fills it otherwise the second time."""
    shape = STRIPS, stream.dimension, stream.coupled, COLUMNS
    for channel in stream.channels:
        if isinstance(channel.fill, Held):
            announce(channel.fill.place)
            _fill(channel.fill.place, channel.fill, shape)
    if isinstance(fill := stream.sampler.fill, Held):
        announce(fill.place)
        for channel in stream.channels:
            _fill(fill.place, partial(_by_sampler, fill, channel), shape)


def call_all(family: Family, theta: Floats) -> None:
    """Call the functions of a family once at theta[k]; they are held to what they must give."""
    for function in (family.tabulate, family.breaks, family.entropy, family.entropy_gradient):
        if function is not None:
            function(theta)
    for base, derivative in family.derived.values():
        derivative(theta[list(family.parameters).index(base)])


def freeze_twice(case: Case, file: str, announce: Announce) -> None:
    """BadInput where the estimator of a user's file freezes other numbers the second time."""
    announce(place := f"plugins: {file}: freeze")
    first, second = prepared(case).frozen, prepared(case).frozen
    if first.tobytes() != second.tobytes():
        raise BadInput(
            f"{place} gives {first.tolist()}, then {second.tolist()} of the same pilot draws; allowed: numbers of "
            "these draws alone"
        )


def _fill(place: str, fill: Callable[[np.random.Generator, Floats], None], shape: tuple[int, ...]) -> None:
    def filled(mark: float) -> Floats:
        generator = np.random.Generator(np.random.SFC64(0))
        return call(lambda out: fill(generator, out), {}, (), ("out", np.full(shape, mark)), mark)

    try:
        first, again, marked = (filled(mark) for mark in (MARKS[0], *MARKS))
        if not np.array_equal(first, again, equal_nan=True):
            raise BadInput("gives other values for the same generator; allowed: draws of the generator alone")
        require_written("out", first, marked)
        require_equal("out", first, marked)
        if not np.isfinite(first).all():
            raise BadInput(f"gives {first[~np.isfinite(first)][0]}; allowed: finite numbers")
    except BadInput as error:
        raise error if str(error).startswith("plugins: ") else BadInput(f"{place}: {error}") from error


def _by_sampler(fill: Held, channel: BaseNoise, generator: np.random.Generator, out: Floats) -> None:
    fill(generator, channel, out)


def map_arrays(executor: Executor, chosen: Mapping[str, Any], place: str) -> None:
    """Let an executor map a few items to arrays, as it has to map blocks: it is held to hand on what they give."""
    parameters = {key: value for key, value in chosen.items() if key != "name"}
    for item, arrays in enumerate(list(executor.map(sums_of, range(ITEMS), **parameters))):
        if not _same(arrays, sums_of(item)):
            raise BadInput(f"{place} changes the result of item {item}; allowed: to give it as it is")


def sums_of(item: int) -> list[Floats]:
    """Arrays as a block gives them, one for each subgrid; at the top of a module, where other processes find it."""
    return [np.sin(np.arange(1.0 + item, 1.0 + item + size)).reshape(-1, 2) for size in (4, 6)]


def _same(arrays: Any, right: Sequence[Floats]) -> bool:
    """Whether these are the same arrays to the bit."""
    return (
        isinstance(arrays, list)
        and len(arrays) == len(right)
        and all(
            type(a) is np.ndarray and a.shape == b.shape and a.tobytes() == b.tobytes()
            for a, b in zip(arrays, right, strict=True)
        )
    )
