"""Noise is filled wholly, from its generator alone, with finite numbers; a family's functions are called once."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from bench.errors import BadInput
from bench.kernels.normal import NORMAL, gauss_hermite
from bench.plan.streams import Stream
from bench.plan.tiling import cut
from bench.probe.functions import call_all, fill_all, map_arrays
from bench.registry import Registry
from bench.registry.held import held
from bench.spec import BaseNoise, Executor, Sampler

GENERATOR = np.random.default_rng(0)


def stream(plugins: Registry, channel: BaseNoise = NORMAL, sampler: Sampler | None = None) -> Stream:
    sampler = sampler or plugins.get("sampler", "iid")
    return Stream(sampler, 3, 2, cut(3, 4, 2, 1, None), (channel,), ())


def right(generator, out):
    out[...] = generator.standard_normal(out.shape)


def half(generator, out):
    out[:1] = generator.standard_normal(out[:1].shape)


def foreign(generator, out):
    out[...] = GENERATOR.standard_normal(out.shape)


def infinite(generator, out):
    out[...] = np.inf


SLIPS = {
    half: r"leaves out\[1, 0, 0, 0\] unwritten; allowed: to write all of out \(2, 3, 2, 8\)$",
    foreign: r"gives other values for the same generator; allowed: draws of the generator alone$",
    infinite: r"gives inf; allowed: finite numbers$",
}


def test_what_is_right_passes_and_is_announced(plugins: Registry) -> None:
    announced: list[str] = []
    fill_all(stream(plugins, held(BaseNoise("mine", right, gauss_hermite), "my.py")), announced.append)
    assert announced == [f"plugins: {__file__}: right"]


@pytest.mark.parametrize("fill", SLIPS)
def test_a_slip_of_a_channel_or_of_a_sampler_is_told(plugins: Registry, fill: Callable[..., None]) -> None:
    of_channel = stream(plugins, held(BaseNoise("mine", fill, gauss_hermite), "my.py"))
    sampler = held(Sampler("mine", lambda generator, channel, out: fill(generator, out)), "my.py")
    for filled, name in ((of_channel, fill.__name__), (stream(plugins, sampler=sampler), "fill")):
        with pytest.raises(BadInput, match=rf"^plugins: {__file__}: {name}: {SLIPS[fill]}"):
            fill_all(filled, lambda place: None)


def test_what_the_package_fills_is_not_tried(plugins: Registry) -> None:
    fill_all(stream(plugins, BaseNoise("mine", half, gauss_hermite)), lambda place: pytest.fail(place))


def test_all_functions_of_a_family_are_called(plugins: Registry) -> None:
    normal, theta, called = plugins.get("family", "normal"), np.array([0.5, 2.0]), []
    watched = replace(
        normal,
        entropy=lambda theta: called.append("entropy"),
        tabulate=lambda theta: called.append("tabulate"),
        breaks=lambda theta: called.append("breaks"),
        entropy_gradient=None,
        derived={"sigma2": ("sigma", called.append)},
    )
    call_all(watched, theta)
    assert called == ["tabulate", "breaks", "entropy", 2.0]


def test_an_executor_maps_a_few_numbers_with_its_parameters() -> None:
    seen = []

    def run(function, items, workers):
        seen.append(workers)
        return [function(item) for item in items][::-1]

    with pytest.raises(BadInput, match="gives the result of item 4 in place 0 of 5 items"):
        map_arrays(held(Executor("e", run), "my.py"), {"name": "e", "workers": 3})
    assert seen == [3]
