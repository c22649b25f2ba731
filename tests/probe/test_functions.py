"""Noise is filled wholly, from its generator alone, with finite numbers; a family's functions are called once."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from bench.engine.case import Case
from bench.errors import BadInput
from bench.kernels.normal import NORMAL, gauss_hermite
from bench.plan.streams import Stream
from bench.plan.tiling import cut
from bench.probe.functions import call_all, fill_all, freeze_twice, map_arrays
from bench.registry import Registry
from bench.registry.held import held
from bench.spec import BaseNoise, Cell, Estimator, Executor, Sampler, Variant, Weights

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


def test_an_executor_maps_a_few_items_with_its_parameters() -> None:
    seen = []

    def run(function, items, workers):
        seen.append(workers)
        return [function(item) for item in items][::-1]

    with pytest.raises(BadInput, match="gives the result of item 4 in place 0 of 5 items"):
        map_arrays(held(Executor("e", run), "my.py"), {"name": "e", "workers": 3}, "here")
    assert seen == [3]


def last_bit(arrays):
    return [np.nextafter(array, np.inf) for array in arrays]


@pytest.mark.parametrize(
    "edit",
    [
        last_bit,
        tuple,
        lambda arrays: arrays[:1],
        lambda arrays: [array.T for array in arrays],
        lambda arrays: [np.ma.array(array) for array in arrays],
    ],
)
def test_an_executor_that_edits_results_is_told(edit: Callable[..., object]) -> None:
    executor = Executor("e", lambda function, items: (edit(function(item)) for item in items))
    with pytest.raises(BadInput, match=r"^here changes the result of item 0; allowed: to give it as it is$"):
        map_arrays(executor, {"name": "e"}, "here")


@pytest.mark.parametrize("name", ["serial", "threads"])
def test_the_executors_of_the_package_edit_nothing(plugins: Registry, name: str) -> None:
    map_arrays(plugins.get("executor", name), {"name": name}, "here")


@pytest.mark.parametrize("step", [0.0, 1e-300])
def test_what_is_frozen_is_frozen_twice(plugins: Registry, step: float) -> None:
    counted = np.zeros(1)

    def freeze(pilot):
        counted[:] += step
        return counted.copy()

    cell = Cell(Variant("squared_error"), "shared", "normal", (1.0, 1.0), "tied", None, "iid", 1, 1, 1)
    f, normal = plugins.get("objective", "squared_error"), plugins.get("family", "normal")
    estimator = Estimator("mine", Weights(score="value"), freeze=freeze)
    rest = estimator.rule, Variant("mine"), plugins.get("sampler", "iid"), cell, np.ones(1)
    case, announced = Case(f, f.forms["shared"]["direct"], normal, estimator, *rest), []
    if step:
        with pytest.raises(BadInput, match=r"^plugins: my\.py: freeze gives \[1e-300\], then \[2e-300\] of the same "):
            freeze_twice(case, "my.py", announced.append)
    else:
        freeze_twice(case, "my.py", announced.append)
    assert announced == ["plugins: my.py: freeze"]
