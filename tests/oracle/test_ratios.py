"""One job over another: paired inside a stream, else of independent draws."""

from dataclasses import replace

import numpy as np
import pytest

from bench import registry
from bench.config import compose, settings
from bench.oracle import gradients, rows
from bench.oracle.measured import CONSTANT, Measured
from bench.oracle.ratios import ratios
from bench.plan import cells
from bench.plan.cells import Plan
from bench.plan.streams import Job
from bench.statistics.jackknife import over_independent
from bench.wrap import objective
from tests.support.cases import EXAMPLES
from tests.support.sampling import results_of, sampled_of

Sweep = tuple[Plan, dict[Job, Measured]]
QUESTION = ["study=smoke", "sigma=[0.5]", "dataset_size=[3]", "latent=[shared]", "samples=[2]"]
TARGET = ["study=smoke", "objective=[gaussian_kl,squared_error]", "dataset_size=[3]", "latent=[shared]", "samples=[1]"]


ELBO = objective("elbo", lambda y: 0.5 * (y**2).sum(axis=0) + 0.5 * np.log(2 * np.pi), slope=lambda y: y, target=True)


def sweep(*overrides: str) -> Sweep:
    """One round of a small sweep with the examples and a standard normal target, in this process."""
    plugins = registry.load(EXAMPLES)
    plugins.add(ELBO, "", "here")
    compose.store(plugins)
    config = compose.compose("sweep", list(overrides))
    plan = gradients.centred(cells.build(settings.check(config, plugins), plugins))
    return plan, results_of(plan, sampled_of(plan))


@pytest.fixture(scope="module")
def samplers() -> Sweep:
    return sweep(*QUESTION, "sampler=[iid,antithetic]", "compare_samplers=true")


def test_samplers_are_independent_and_cells_are_paired(samplers: Sweep) -> None:
    plan, results = samplers
    for job, above in results.items():
        for other in plan.denominators(job):
            variance, mse = ratios(plan, results, job, other) or ((), ())
            if other[0] == job[0]:
                assert (variance, mse) == (above.ratio, above.mse_ratio)
            else:
                np.testing.assert_array_equal(variance, over_independent(above.variance, results[other].variance))
                np.testing.assert_array_equal(mse, over_independent(above.mse, results[other].mse))


def test_rows_between_samplers_name_both_and_have_interval_and_exact_ratio(samplers: Sweep) -> None:
    listed = [row for row in rows.ratio_rows(*samplers) if "@" in row["denominator"]]
    assert {(row["sampler"], row["numerator"], row["denominator"]) for row in listed} == {
        ("antithetic", name, f"{name}@iid") for name in ("pathwise", "score_function", "score_function_local")
    }
    measured = [row for row in listed if row["status"] == "ok"]
    assert len(measured) == 4 + 5  # pathwise by mu is a constant where draws are antithetic and f is a square
    for row in measured:
        half = np.log(row["variance_ratio_high"] / row["variance_ratio"])
        assert abs(np.log(row["variance_ratio"] / row["exact_variance_ratio"])) < 3 * half < 0.5
        assert row["mse_ratio_low"] < row["mse_ratio"] < row["mse_ratio_high"]


def test_a_reference_at_a_sampler_is_below_every_cell() -> None:
    listed = list(rows.ratio_rows(*sweep(*QUESTION, "sampler=[iid,antithetic]", "reference=pathwise@iid")))
    names = {(row["sampler"], row["numerator"], row["denominator"]) for row in listed}
    assert names == {
        *(("antithetic", name, "pathwise@iid") for name in ("pathwise", "score_function", "score_function_local")),
        *(("iid", name, "pathwise") for name in ("score_function", "score_function_local")),
    }


@pytest.fixture(scope="module")
def entropies() -> Sweep:
    return sweep(
        *TARGET, "entropy=[closed_form,sticking_the_landing]", "sigma=[0.5,2]", "reference=pathwise@closed_form"
    )


def test_entropies_share_their_draws(entropies: Sweep) -> None:
    plan, results = entropies
    pairs = [(job, other) for job in results for other in plan.denominators(job) if other in results]
    assert all(ratios(plan, results, *pair) == (results[pair[0]].ratio, results[pair[0]].mse_ratio) for pair in pairs)
    assert {other[0].entropy for _, other in pairs} == {"closed_form"}


@pytest.mark.slow
def test_sticking_the_landing_over_a_closed_form_of_a_standard_normal_target() -> None:
    """By mu (1 / sigma - sigma)^2 / sigma^2: 9 at sigma = 0.5, 0.5625 at 2; nothing at 1, where it is a constant."""
    overrides = ["study=smoke", "objective=[elbo]", "latent=[shared]", "mu=[0.7]", "sigma=[0.5,1,2]", "samples=[1]"]
    entropies = ["entropy=[closed_form,sticking_the_landing]", "reference=pathwise@closed_form"]
    listed = list(rows.ratio_rows(*sweep(*overrides, *entropies)))
    stuck = [row for row in listed if row["entropy"] == "sticking_the_landing" and row["parameter"] == "mu"]
    by_path = {row["sigma"]: row for row in stuck if row["numerator"] == "pathwise"}
    for sigma, expected in ((0.5, 9.0), (2.0, 0.5625)):
        row = by_path[sigma]
        assert row["denominator"] == "pathwise@closed_form"
        assert row["exact_variance_ratio"] == pytest.approx(expected, rel=1e-10)
        assert row["variance_ratio_low"] <= expected <= row["variance_ratio_high"]
    assert by_path[1.0]["status"] == CONSTANT


def test_rows_without_the_entropy_that_is_asked_for_say_why(entropies: Sweep) -> None:
    reasons = {row["status"] for row in rows.ratio_rows(*entropies) if row["objective"] == "squared_error"}
    assert reasons == {"skipped: squared_error is no target, so it has no entropy=closed_form"}


def test_what_neither_shares_a_stream_nor_is_independent_has_no_ratio(entropies: Sweep) -> None:
    plan, results = entropies
    job, other = next((job, other) for job in results for other in plan.denominators(job) if other in results)
    assert ratios(plan, {**results, job: replace(results[job], ratio=None)}, job, other) is None
