"""The plan: cells in the order of the axes, skips with reasons, streams that depend on content alone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bench.config import compose, settings
from bench.errors import BadInput, NothingMeasured
from bench.plan import cells as plans
from bench.plan import tiling
from bench.plan.cells import Plan
from bench.plan.streams import form_of
from bench.plan.tiling import TILE
from bench.registry import Registry
from bench.spec import Variant

Build = Callable[..., Plan]


@pytest.fixture(scope="module")
def build(plugins: Registry) -> Build:
    compose.store(plugins)
    asked = settings.check(compose.compose("sweep", ["study=smoke"]), plugins)

    def plan(**changes: Any) -> Plan:
        return plans.build(replace(asked, **changes), plugins)

    return plan


def test_a_plan_built_twice_is_equal(build: Build) -> None:
    one, two = build(), build()
    assert replace(one, data={}) == replace(two, data={})
    for size, x in one.data.items():
        np.testing.assert_array_equal(x, two.data[size])


def test_cells_are_in_the_order_of_the_axes(build: Build) -> None:
    cells = build(mu=(2.0, 1.0), sigma=(3.0,), samples=(10, 1), dataset_size=(5,)).cells
    assert [(cell.latent, cell.mu, cell.samples) for cell in cells] == [
        (latent, mu, samples) for latent in ("shared", "per_datum") for mu in (2.0, 1.0) for samples in (10, 1)
    ]
    assert [cell.dimension for cell in cells] == [1] * 4 + [5] * 4


def test_null_is_all_the_data_and_no_size_comes_twice(build: Build) -> None:
    newcomb: dict[str, Any] = {"data": {"name": "newcomb"}}
    assert set(build(dataset_size=(10, None), **newcomb).data) == {10, 66}
    with pytest.raises(BadInput, match=r"dataset_size=\[66,null\] is not allowed; allowed: each size once"):
        build(dataset_size=(66, None), **newcomb)


def test_every_estimator_of_every_cell_is_served_once_or_skipped_with_a_reason(build: Build) -> None:
    plan = build(samples=(1, 3, 5000))
    served = [job for stream in plan.streams for subgrid in stream.subgrids for job in subgrid.jobs]
    everything = {(cell, variant) for cell in plan.cells for variant in plan.estimators}
    assert len(served) == len(set(served))
    assert set(served) | set(plan.skips) == everything
    assert not set(served) & set(plan.skips)
    assert set(plan.skips.values()) == {"needs latent=per_datum"}


def test_cells_share_a_stream_where_the_draws_are_the_same(build: Build) -> None:
    plan = build(samples=(1, TILE, TILE + 1), dataset_size=(1, 5), latent=("shared", "per_datum"))
    assert [(stream.dimension, stream.tile) for stream in plan.streams] == [
        (1, TILE),
        (1, 2 * TILE),
        (5, TILE),
        (5, 2 * TILE),
    ]
    shared = plan.streams[0].subgrids[0]
    assert [(point.sigma, point.dataset_size) for point in shared.cells] == [(0.5, 1), (0.5, 5), (2.0, 1), (2.0, 5)]
    assert shared.samples == (1, TILE)


def test_another_value_on_an_axis_leaves_the_streams_of_the_others(build: Build) -> None:
    def streams(plan: Plan) -> set[Any]:
        return {(s.sampler.name, s.dimension, s.tile, tuple(c.name for c in s.channels)) for s in plan.streams}

    few = streams(build())
    assert few < streams(build(dataset_size=(1, 5, 7)))
    assert few == streams(build(sigma=(0.1, 0.5, 2.0))) == streams(build(samples=(7, 1, 10)))


def test_too_many_samples_for_a_block_are_skipped(build: Build) -> None:
    plan = build(samples=(1, tiling.MOST_SAMPLES, tiling.MOST_SAMPLES + 1))
    skipped = {cell.samples for (cell, _), reason in plan.skips.items() if "do not fit a block" in reason}
    assert skipped == {tiling.MOST_SAMPLES + 1}


def test_a_plan_of_skips_alone_is_refused_with_the_reasons(build: Build) -> None:
    with pytest.raises(NothingMeasured, match="every cell is skipped: needs latent=per_datum") as caught:
        build(latent=("shared",), estimator={"score_function_local": {}})
    assert caught.value.exit_code == 5


@pytest.mark.parametrize(
    ("axes", "expected"),
    [
        ({}, [Variant("name")]),
        (
            {"k": (-3.0, 0.5), "h": (1e-3,)},
            [Variant("name", (-3.0, 1e-3), "k=-3,h=0.001"), Variant("name", (0.5, 1e-3), "k=0.5,h=0.001")],
        ),
    ],
)
def test_parameters_make_variants(axes: dict[str, tuple[float, ...]], expected: list[Variant]) -> None:
    assert list(plans.variants("name", axes)) == expected


def test_the_engine_takes_the_collapsed_form_where_there_is_one(build: Build, plugins: Registry) -> None:
    forms = plugins.get("objective", "squared_error").forms
    found = {cell.latent: form_of(cell, plugins) for cell in build().cells}
    assert found == {"shared": forms["shared"]["collapsed"], "per_datum": forms["per_datum"]["direct"]}


def test_what_an_objective_does_not_offer_is_a_reason(build: Build, plugins: Registry) -> None:
    (cell,) = build(latent=("per_datum",), sigma=(1.0,), dataset_size=(5,), samples=(1,)).cells
    estimator = replace(plugins.get("estimator", "pathwise"), needs=("value", "terms"))
    lacking = replace(cell, latent="shared")
    assert plans._reason(cell, estimator, plugins) is None
    assert plans._reason(lacking, estimator, plugins) == "needs the terms of squared_error, which offers none"
