"""From power sums to what was measured: z scores of the right size, and a status for what is not to be trusted."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from bench import registry
from bench.engine.stages import PowerSums, Sampled, relative
from bench.laws.cases import ENTROPIES
from bench.oracle import measured
from bench.oracle.measured import NONFINITE, Measured
from bench.plan.cells import Plan
from bench.plan.streams import Job
from bench.spec import Cell, Entropy, Floats, Variant
from bench.statistics import jackknife, moments
from tests.support.cases import EXAMPLES, KINDS, unsettled
from tests.support.sampling import small

Sampling = tuple[Plan, tuple[Sampled, ...]]
Results = dict[Job, Measured]
FIRST = (0, 0, 0, 0)  # cell, member, number of samples, d/dmu
SQUARES = 1  # among the power sums


def squares(sums: Floats) -> Floats:
    """[groups] The sums of squares of the first estimator in the first cell: a view."""
    return sums[(slice(None), *FIRST, SQUARES)]


def with_squares(sampled: Sampled, group: int, value: float) -> Sampled:
    """What a stream gave, with another sum of squares in a group of the first estimator in the first cell."""
    first, *others = sampled.subgrids
    sums = first.totals.copy()
    squares(sums)[group] = value
    return replace(sampled, subgrids=(replace(first, totals=sums), *others))


def statuses(sampled: Sampled, plan: Plan, precision: float = 1.0) -> list[str]:
    """All statuses, the first estimator in the first cell first."""
    return [status for _, result in measured.measured(sampled, plan, precision) for status in result.status]


@pytest.fixture
def plan(sampled: Sampling) -> Plan:
    return sampled[0]


@pytest.fixture
def stream(sampled: Sampling) -> Sampled:
    """What the first stream gave."""
    return sampled[1][0]


def test_every_job_is_measured_once(sampled: Sampling, results: Results) -> None:
    plan, streams = sampled
    jobs = [job for stream in streams for job, _ in measured.measured(stream, plan, 1.0)]
    assert sorted(map(str, jobs)) == sorted(map(str, results))
    assert set(jobs) == {(c, v) for c in plan.cells for v in plan.estimators} - set(plan.skips)


def test_numbers_are_those_of_the_sums(stream: Sampled, results: Results) -> None:
    """Those of the second estimator, at the second number of samples, in the first cell."""
    sums: PowerSums = stream.subgrids[0]
    cell, member, samples = sums.subgrid.cells[0], sums.subgrid.members[1], sums.subgrid.samples[1]
    result = results[replace(cell, samples=samples), member.variant]
    assert sums.subgrid.centre is not None
    centre = sums.subgrid.centre[0, 1]
    total, n = sums.totals.sum(axis=0)[0, 1, 1], sums.replicates.sum(axis=0)[1]
    assert result.replicates == n
    np.testing.assert_allclose(result.gradient[:2], centre + total[:, 0] / n, rtol=1e-15)
    np.testing.assert_allclose(result.variance[0][:2], (total[:, 1] - total[:, 0] ** 2 / n) / (n - 1), rtol=1e-14)
    np.testing.assert_array_equal(result.exact_gradient[:2], centre)
    np.testing.assert_array_equal(result.kurtosis[:2], moments.kurtosis(total, np.array([n])))
    np.testing.assert_allclose(result.mse[0][:2], total[:, 1] / n, rtol=1e-14)


def test_the_reference_has_no_ratio(results: Results) -> None:
    ratios = [result.ratio for (_, variant), result in results.items() if variant.name == "pathwise"]
    assert ratios == [None] * len(ratios)
    assert ratios


def test_ratios_are_over_pathwise_in_the_same_cell(results: Results) -> None:
    pathwise = {cell: result for (cell, variant), result in results.items() if variant.name == "pathwise"}
    others = [(cell, result) for (cell, variant), result in results.items() if variant.name != "pathwise"]
    assert others
    for cell, result in others:
        assert result.ratio is not None
        ratio, low, high = result.ratio
        np.testing.assert_allclose(ratio, result.variance[0] / pathwise[cell].variance[0], rtol=1e-12)
        assert (low < ratio).all()
        assert (ratio < high).all()


def test_all_is_well_with_right_kernels(results: Results) -> None:
    bound = stats.norm.isf(1e-6 / 2 / (4 * len(results)))
    for result in results.values():
        assert result.status == ("ok",) * 5
        assert np.all(abs(np.concatenate([result.gradient_z, result.variance_z])) < bound)
        assert np.all(result.components.bias <= 1)
        assert result.lacking == ("",) * 5


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_overflow_and_nan_have_a_status(plan: Plan, stream: Sampled, value: float) -> None:
    first, *others = statuses(with_squares(stream, 0, value), plan)
    assert first == NONFINITE
    assert NONFINITE not in others


@pytest.mark.parametrize(("factor", "status"), [(1.01, "unconverged"), (0.99, "ok")])
def test_a_group_that_decides_the_variance_alone_has_a_status(
    plan: Plan, stream: Sampled, factor: float, status: str
) -> None:
    """A group on the edge: its squares are the share 64**DOMINATED = 1/4 of the sum with those of the others."""
    others = squares(stream.subgrids[0].totals)[1:].sum()
    edge = others / 3
    assert statuses(with_squares(stream, 0, factor * edge), plan)[0] == status


def test_a_budget_that_ended_before_the_precision_has_a_status(plan: Plan, stream: Sampled) -> None:
    logs, _ = relative(stream.subgrids, stream.subgrids[0], plan)
    widths: Floats = jackknife.half_width(logs)
    middle = float(np.nanmedian(widths))
    counts = statuses(stream, plan, middle)
    assert counts.count("budget") == int((widths > middle).sum())
    assert {"budget", "ok"} == set(counts)


SIGMAS = (0.3, 1.0, 2.0)
MEAN_FIELD = Cell(
    Variant("mean_field"), "shared", "normal", ((0.5, -1.0, 2.0), SIGMAS), "untied", "closed_form", "iid", None, 1, 3
)


@pytest.fixture(scope="module")
def untied() -> Results:
    """A target that does not separate, a gradient for each of its components."""
    return small([MEAN_FIELD, replace(MEAN_FIELD, samples=10)], ["pathwise", "score_function", "second_order"])[1]


@pytest.mark.parametrize("name", ["pathwise", "score_function", "second_order"])
def test_untied_components_are_added_up_and_each_is_checked(untied: Results, name: str) -> None:
    """The trace, the norm of the exact gradient, the mean along it, and the z of the worst component."""
    for samples in (1, 10):
        result = untied[replace(MEAN_FIELD, samples=samples), Variant(name)]
        of = result.components
        assert of.gradient.shape == of.variance.shape == of.exact_gradient.shape == (3, 5)
        exact = np.array([[-1.5, -2.15, 9.3], [-2.73333333333, 0.0, 5.5]]).T
        np.testing.assert_allclose(of.exact_gradient[:, :2], exact, atol=1e-10)
        factors = np.array([[1, 1, 0.5 / sigma, sigma, 1 - np.exp(-sigma)] for sigma in SIGMAS])
        np.testing.assert_allclose(of.exact_gradient[:, 2:], exact[:, 1:] * factors[:, 2:], atol=1e-10)
        np.testing.assert_allclose(result.exact_gradient, np.linalg.norm(of.exact_gradient, axis=0), rtol=1e-14)
        np.testing.assert_allclose(result.variance[0], of.variance.sum(axis=0), rtol=1e-12)
        np.testing.assert_allclose(result.exact_variance, of.exact_variance.sum(axis=0), rtol=1e-14)
        along = (of.gradient * of.exact_gradient).sum(axis=0) / result.exact_gradient
        np.testing.assert_allclose(result.gradient, along, rtol=1e-13)
        worst = abs(of.gradient_z).max(axis=0)
        np.testing.assert_array_equal(abs(result.gradient_z), worst)
        np.testing.assert_array_equal(abs(result.variance_z), abs(of.variance_z).max(axis=0))
        assert (worst < 7).all()
        assert (of.bias <= 1).all()
        moving = of.exact_variance > 0
        error = np.sqrt(of.exact_variance / result.replicates)[moving]
        z = (of.gradient - of.exact_gradient)[moving] / error
        np.testing.assert_allclose(of.gradient_z[moving], z, rtol=1e-6, atol=1e-6)


def test_the_mean_along_the_gradient_has_its_own_error(untied: Results) -> None:
    for result in untied.values():
        assert (abs(result.gradient - result.exact_gradient) <= 7 * result.gradient_se + 1e-14).all()


def test_ratios_of_untied_components_are_those_of_the_sums(untied: Results) -> None:
    below = untied[MEAN_FIELD, Variant("pathwise")]
    above = untied[MEAN_FIELD, Variant("score_function")]
    assert above.ratio is not None
    np.testing.assert_allclose(above.ratio[0], above.variance[0] / below.variance[0], rtol=1e-12)
    exact = above.exact_variance[:2] / below.exact_variance[:2]
    np.testing.assert_allclose(exact, [11647.9489 / 38.0825, 24722.9628 / 168.805], rtol=1e-7)


def test_components_that_do_not_move_are_constant_all_together(untied: Results) -> None:
    result = untied[MEAN_FIELD, Variant("second_order")]
    assert result.status == ("ok", *[measured.CONSTANT] * 4)


@pytest.mark.parametrize("entropy", ENTROPIES)
def test_however_the_entropy_is_treated_the_gradient_is_the_same(entropy: Entropy) -> None:
    cell = replace(MEAN_FIELD, entropy=entropy)
    for result in small([cell], ["pathwise", "score_function"])[1].values():
        np.testing.assert_allclose(result.components.exact_gradient[:, 1], [-2.73333333333, 0, 5.5], atol=1e-10)
        assert (abs(result.gradient_z) < 7).all()
        assert (abs(result.variance_z) < 7).all()
        assert (result.components.bias <= 1).all()


def test_without_an_exact_gradient_nothing_is_judged_and_the_mean_is_still_right() -> None:
    """Power sums are then taken about a pilot's mean."""
    cell = replace(MEAN_FIELD, objective=Variant("unknown"), theta=(0.5, 0.7), components="tied", dimension=5)
    plan, results = small([cell], ["pathwise"], unsettled())
    (result,) = results.values()
    for unknown in (result.exact_gradient, result.gradient_z, result.exact_variance, result.variance_z, result.mse):
        assert np.isnan(unknown).all()
    assert np.isnan(result.components.bias).all()
    assert plan.streams[0].subgrids[0].centre is not None
    slopes = np.array([[2.0, 0.5, 0.0], [0.5, 1.0, -0.3], [0.0, -0.3, 3.0]]).sum(axis=0)
    gradient = slopes @ (0.5 - np.array([1.0, 0.0, -1.0])), 6 * 0.7 - 5 / 0.7  # trace A sigma, and the entropy of five
    assert (abs(result.gradient[:2] - gradient) < 7 * result.gradient_se[:2]).all()
    np.testing.assert_allclose(result.variance[0][0], 0.7**2 * slopes @ slopes, rtol=0.05)


def test_what_a_family_lacks_for_a_parameter_is_said_of_it_and_of_what_is_derived() -> None:
    plugins = registry.load(EXAMPLES, kinds=KINDS)
    lacks = {"path": {"sigma": "not written"}, "pairs": dict.fromkeys(("mu", "sigma"), "none")}
    plugins.add(replace(plugins.get("family", "normal"), name="half", pairs=None, lacks=lacks), "", "here")
    cell = Cell(Variant("squared_error"), "shared", "half", (0.3, 1.0), "tied", None, "iid", 3, 1, 1)
    plugins.plugins["objective"]["squared_error"] = replace(plugins.get("objective", "squared_error"), exact={})
    results = small([cell], ["pathwise", "score_function"], plugins)[1]
    assert results[cell, Variant("pathwise")].lacking == ("", *["not written"] * 4)
    assert results[cell, Variant("score_function")].lacking == ("",) * 5


def test_stratified_draws_are_unbiased_and_spread_less() -> None:
    """Where f is monotone; the exact variance of their strata stands beside them."""
    cell = Cell(Variant("squared_error"), "shared", "normal", (3.0, 0.7), "tied", None, "stratified", 3, 10, 1)
    (stratified,) = small([cell], ["pathwise"])[1].values()
    (plain,) = small([replace(cell, sampler="iid")], ["pathwise"])[1].values()
    assert (abs(stratified.gradient_z) < 7).all()
    assert (stratified.components.bias <= 1).all()
    assert (abs(stratified.variance_z) < 7).all()
    assert (stratified.exact_variance < plain.exact_variance).all()
    assert stratified.variance[0][0] < 0.05 * plain.variance[0][0]
    assert stratified.variance[2][1] < plain.variance[1][1]
    np.testing.assert_array_equal(stratified.exact_gradient, plain.exact_gradient)
