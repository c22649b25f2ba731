"""The plan: cells in the order of the axes, and skips with reasons."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bench.errors import BadInput, NothingMeasured
from bench.plan import cells as plans
from bench.plan import room, tiling
from bench.plan.cells import across, denominator
from bench.spec import Variant
from tests.support.cases import EVERYTHING
from tests.support.plans import Build

NO_TERMS = "needs latent=per_datum, or an objective of several components"


def test_a_plan_built_twice_is_equal(build: Build) -> None:
    first, second = build(), build()
    assert replace(first, data={}) == replace(second, data={})
    for size, x in first.data.items():
        np.testing.assert_array_equal(x, second.data[size])


def test_cells_are_in_the_order_of_the_axes(build: Build) -> None:
    cells = build(mu=(2.0, 1.0), sigma=(3.0,), samples=(10, 1), dataset_size=(5,)).cells
    assert [(cell.latent, cell.theta[0], cell.samples) for cell in cells] == [
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
    assert set(plan.skips.values()) == {NO_TERMS}


def test_what_null_brings_must_have_room_too(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_COMPONENTS", 65)
    newcomb: dict[str, Any] = {"data": {"name": "newcomb"}, "dataset_size": (None,)}
    with pytest.raises(
        BadInput, match="dataset_size=66 is not allowed; allowed: up to 65 where the latent is per_datum"
    ):
        build(latent=("per_datum",), **newcomb)


def test_too_many_samples_are_skipped(build: Build) -> None:
    plan = build(samples=(1, tiling.MOST_SAMPLES, tiling.MOST_SAMPLES + 1))
    skipped = {
        cell.samples for (cell, _), reason in plan.skips.items() if "the most that an estimate may average" in reason
    }
    assert skipped == {tiling.MOST_SAMPLES + 1}


def test_a_plan_of_skips_alone_is_refused_with_the_reasons(build: Build) -> None:
    shared = {"latent": ("shared",), "samples": (1,)}
    with pytest.raises(NothingMeasured, match=f"every cell is skipped: {NO_TERMS}; needs samples >= 2") as caught:
        build(**shared, estimator={"score_function_local": {}, "score_function_loo": {}})
    assert caught.value.exit_code == 5
    with pytest.raises(BadInput, match=f"estimator='score_function_local' is not allowed; .*: {NO_TERMS}$"):
        build(**shared, estimator={"score_function_local": {}})


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


def test_the_reference_is_pathwise_where_it_runs_and_else_the_score_function(build: Build) -> None:
    plan = build()
    cell = plan.cells[0]
    assert plan.reference(cell) == (cell, Variant("pathwise"))
    without = replace(plan, skips={(cell, Variant("pathwise")): "declines"})
    assert without.reference(cell) == (cell, Variant("score_function"))
    assert without.reference(plan.cells[1]) == (plan.cells[1], Variant("pathwise"))
    local = build(latent=("per_datum",), estimator={"score_function_local": {}})
    assert local.reference(local.cells[0]) is None


def test_a_reference_that_is_asked_for_is_below_every_ratio(build: Build) -> None:
    """Even where it does not run: its ratios are then skipped with its reason."""
    plan = build(reference="score_function_local")
    shared, per_datum = plan.cells[0], plan.cells[-1]
    assert (shared, Variant("score_function_local")) in plan.skips
    for cell in (shared, per_datum):
        assert plan.reference(cell) == (cell, Variant("score_function_local"))


def test_a_job_is_held_against_the_reference_and_against_itself_with_independent_draws(build: Build) -> None:
    """Never against itself in its own cell, and against nothing twice."""
    samplers = {"sampler": ("iid", "antithetic"), "samples": (2,)}
    pathwise, score = Variant("pathwise"), Variant("score_function")

    def denominators(**changes: Any) -> dict[tuple[str, str], list[str]]:
        plan = build(**samplers, **changes)
        cells = {cell.sampler: cell for cell in plan.cells[:: len(plan.cells) - 1]}
        return {
            (sampler, variant.name): [denominator(cell, other) for other in plan.denominators((cell, variant))]
            for sampler, cell in cells.items()
            for variant in (pathwise, score)
        }

    inside = {("iid", "pathwise"): [], ("iid", "score_function"): ["pathwise"]}
    assert denominators() == inside | {("antithetic", "pathwise"): [], ("antithetic", "score_function"): ["pathwise"]}
    assert denominators(compare_samplers=True) == inside | {
        ("antithetic", "pathwise"): ["pathwise@iid"],
        ("antithetic", "score_function"): ["pathwise", "score_function@iid"],
    }
    assert denominators(compare_samplers=True, reference="pathwise@iid") == inside | {
        ("antithetic", "pathwise"): ["pathwise@iid"],
        ("antithetic", "score_function"): ["pathwise@iid", "score_function@iid"],
    }


def test_jobs_with_a_ratio_over_other_draws_are_those_on_either_side_that_run(build: Build) -> None:
    samplers = {"sampler": ("iid", "antithetic"), "estimator": {"pathwise": {}, "score_function_local": {}}}
    assert across(build(**samplers, samples=(2,))) == frozenset()
    plan = build(**samplers, samples=(1, 2), latent=("shared",), compare_samplers=True)
    names = {(cell.sampler, cell.samples, variant.name) for cell, variant in across(plan)}
    assert names == {("iid", 2, "pathwise"), ("antithetic", 2, "pathwise")}


def test_only_targets_have_an_entropy_and_it_is_closed_unless_told_otherwise(build: Build) -> None:
    both = {"squared_error": {}, "gaussian_kl": {}}

    def entropies(**changes: Any) -> list[tuple[str, str | None]]:
        cells = build(
            objective=both, latent=("shared",), dataset_size=(5,), samples=(1,), sigma=(1.0,), **changes
        ).cells
        return [(cell.objective.name, cell.entropy) for cell in cells]

    assert entropies() == [("squared_error", None), ("gaussian_kl", "closed_form")]
    assert entropies(entropy=("monte_carlo", "sticking_the_landing")) == [
        ("squared_error", None),
        ("gaussian_kl", "monte_carlo"),
        ("gaussian_kl", "sticking_the_landing"),
    ]


def test_a_budget_too_small_for_an_interval_is_refused(build: Build) -> None:
    axes: dict[str, Any] = {"latent": ("shared",), "samples": (1, 10)}
    assert build(budget=8 * 64 * 10, **axes).streams[0].cut.groups == 8
    with pytest.raises(
        BadInput, match=r"^budget=5119 is not allowed; allowed: a whole number >= 5120, for samples=10 "
    ):
        build(budget=8 * 64 * 10 - 1, **axes)


def test_families_stand_in_the_plan_by_name(build: Build) -> None:
    assert build().families == {"normal": EVERYTHING.get("family", "normal")}


@pytest.mark.parametrize(
    ("variant", "label"), [(Variant("name"), "name"), (Variant("name", (-3.0,), "k=-3"), "name(k=-3)")]
)
def test_a_variant_is_known_by_its_name_and_its_parameters(variant: Variant, label: str) -> None:
    assert plans.label(variant) == label
