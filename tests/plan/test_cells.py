"""The plan: cells in the order of the axes, and skips with reasons."""

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
from bench.registry import Registry
from bench.spec import Variant

Build = Callable[..., Plan]


@pytest.fixture(scope="module")
def build(plugins: Registry) -> Build:
    compose.store(plugins)
    smoke = settings.check(compose.compose("sweep", ["study=smoke"]), plugins)

    def plan(**changes: Any) -> Plan:
        return plans.build(replace(smoke, **changes), plugins)

    return plan


def test_a_plan_built_twice_is_equal(build: Build) -> None:
    first, second = build(), build()
    assert replace(first, data={}) == replace(second, data={})
    for size, x in first.data.items():
        np.testing.assert_array_equal(x, second.data[size])


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


def test_too_many_samples_are_skipped(build: Build) -> None:
    plan = build(samples=(1, tiling.MOST_SAMPLES, tiling.MOST_SAMPLES + 1))
    skipped = {
        cell.samples for (cell, _), reason in plan.skips.items() if "the most that an estimate may average" in reason
    }
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


def test_what_an_objective_does_not_offer_is_a_reason(build: Build, plugins: Registry) -> None:
    (cell,) = build(latent=("per_datum",), sigma=(1.0,), dataset_size=(5,), samples=(1,)).cells
    estimator = replace(plugins.get("estimator", "pathwise"), needs=("value", "terms"))
    lacking = replace(cell, latent="shared")
    assert plans._reason(cell, estimator, plugins) is None
    assert plans._reason(lacking, estimator, plugins) == "needs the terms of squared_error, which offers none"


def test_the_reference_is_the_estimator_below_every_ratio(build: Build) -> None:
    assert build().reference == Variant("pathwise")
    assert build(latent=("per_datum",), estimator={"score_function_local": {}}).reference is None


@pytest.mark.parametrize(
    ("variant", "label"), [(Variant("name"), "name"), (Variant("name", (-3.0,), "k=-3"), "name(k=-3)")]
)
def test_a_variant_is_known_by_its_name_and_its_parameters(variant: Variant, label: str) -> None:
    assert plans.label(variant) == label
