"""Parcels: what another registry makes of them gives the same bytes; no machine code is sent."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from bench import registry
from bench.cluster.parcel import packed, unpacked
from bench.engine import blocks
from bench.engine.blocks import Assignment
from bench.errors import BadInput
from bench.kernels.jit import kernel
from bench.objectives.linear import value
from bench.plan.tiling import TILE
from bench.registry import Registry
from tests.support.cases import EXAMPLES
from tests.support.streams import PER_DATUM, at_sigma, stream_of, with_block

KINDS = ("objective", "estimator", "family", "sampler")
HERE = registry.load(EXAMPLES, KINDS)
THERE = registry.load(EXAMPLES, KINDS)


def test_a_block_of_what_arrives_has_the_same_bytes_with_the_plugins_that_are_there() -> None:
    cells = [replace(at_sigma(PER_DATUM, sigma), samples=10) for sigma in (0.5, 2.0)]
    stream = with_block(stream_of(cells, ("pathwise", "measure_valued", "minibatch"), HERE), TILE)
    work = partial(blocks.run, Assignment(b"sent", stream, {3: np.array([0.5, -1.0, 2.0])}, 7))
    arrived = unpacked(packed(work, HERE), THERE)
    for mine, other in zip(work(1), arrived(1), strict=True):
        np.testing.assert_array_equal(mine, other)
    (first, *_), (second, *_) = stream.subgrids, arrived.args[0].stream.subgrids
    assert first == second  # their kernels too: those of the package are the same objects in this process
    names = [member.estimator.name for subgrid in arrived.args[0].stream.subgrids for member in subgrid.members]
    for name in names:
        assert any(
            member.estimator is THERE.get("estimator", name)
            for subgrid in arrived.args[0].stream.subgrids
            for member in subgrid.members
        )


def test_the_same_thing_is_the_same_bytes() -> None:
    stream = stream_of([PER_DATUM], ["pathwise"], HERE)
    assert packed(stream, HERE) == packed(stream, HERE)


def test_a_kernel_goes_by_its_name() -> None:
    content = packed(value, Registry())
    assert len(content) < 200
    assert unpacked(content, Registry()) is value


def test_a_kernel_without_a_name_is_refused() -> None:
    @kernel
    def hidden(y, data, phi, out):  # type: ignore[no-untyped-def]
        out[:] = y[0]

    with pytest.raises(BadInput, match="hidden is made inside a function; on a cluster allowed: at the top of its mod"):
        packed(hidden, Registry())


def test_a_plugin_that_the_other_lacks_is_named() -> None:
    content = packed(HERE.get("estimator", "minibatch"), HERE)
    with pytest.raises(BadInput, match="unknown estimator 'minibatch'"):
        unpacked(content, registry.load(kinds=KINDS))
