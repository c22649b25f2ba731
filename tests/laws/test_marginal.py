"""The law of a draw, seen in as many normals as a lap draws: small shifts, short tails, what long fills alone do."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from bench.engine.noise import spans, tiles_of
from bench.kernels.normal import NORMAL
from bench.kernels.uniform import UNIFORM
from bench.laws.marginal import marginal_law, of_a_stream, of_samples
from bench.spec import BaseNoise, Cell, Floats, Sampler
from tests.support.cases import EVERYTHING
from tests.support.streams import CELL, PER_DATUM, stream_of

Change = Callable[[Floats], object]


def changed(change: Change) -> Sampler:
    """Independent draws that something is done to."""

    def fill(generator: np.random.Generator, channel: BaseNoise, out: Floats) -> None:
        channel.fill(generator, out)
        change(out)

    return Sampler("changed", fill)


def shifted_if_long(out: Floats) -> None:
    """As the engine asks for them."""
    if out.shape[-1] > 500:
        out += 0.003


CHANGES: dict[str, tuple[Change, str]] = {
    "shifted": (lambda out: np.add(out, 0.01, out=out), "mean of z"),
    "shifted where many columns are asked for": (shifted_if_long, "mean of z"),
    "a 300th too wide": (lambda out: np.multiply(out, 1 + 1 / 300, out=out), "mean of z^2"),
    "clipped": (lambda out: np.clip(out, -3.5, 3.5, out=out), "share"),
    "a tail folded back": (lambda out: np.copysign(out, np.where(out > 3, -1, out), out=out), "share"),
}


@pytest.mark.parametrize("channel", [NORMAL, UNIFORM], ids=lambda channel: channel.name)
def test_independent_draws_keep_it(channel: BaseNoise) -> None:
    sampler = EVERYTHING.get("sampler", "iid")
    assert marginal_law(sampler, channel, of_samples(sampler, 4)) is None


@pytest.mark.parametrize("name", CHANGES)
def test_control_small_changes_are_caught(name: str) -> None:
    change, place = CHANGES[name]
    finding = marginal_law(changed(change), NORMAL, (204, 1, 1, 640))
    assert finding is not None
    assert finding.place.startswith(place)


def test_control_one_of_many_coupled_draws_is_caught() -> None:
    """The last of fifty."""

    def last(out: Floats) -> None:
        out[:, :, -1] += 0.05

    assert marginal_law(changed(last), NORMAL, (200, 1, 50, 13)) is not None


@pytest.mark.parametrize("cell", [CELL, PER_DATUM, replace(CELL, sampler="stratified", samples=6)])
def test_fills_are_as_large_as_those_of_the_engine(cell: Cell) -> None:
    stream = stream_of([cell], ["pathwise"])
    shape = strips, d, coupled, columns = of_a_stream(stream)
    assert (d, coupled, coupled * columns) == (stream.dimension, stream.coupled, stream.cut.strip)
    assert strips == max(size for _, size in spans(stream, tiles_of(stream)))
    assert d > 1 or shape == of_samples(stream.sampler, cell.samples)
