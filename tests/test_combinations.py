"""Law: a combination a d/d mu + b d/d sigma is the estimator's own gradients combined, draw by draw and in its moments.

Var(x + y) + Var(x - y) = 2 Var x + 2 Var y tells what combinations hold beside the parameters: their covariance.
"""

from dataclasses import replace

import numpy as np
import pytest

from bench import registry
from bench.engine.apply import constant, contributions
from bench.engine.case import Case
from bench.engine.pilot import draws, prepared
from bench.laws.cases import DATA, title
from bench.oracle import quadrature
from bench.oracle.exact import OF_STRATA
from bench.oracle.gradients import exact_gradient
from bench.oracle.measured import Measured
from bench.oracle.rows import ratio_rows
from bench.oracle.verdict import judge
from bench.plan.cells import Plan
from bench.plan.combinations import combined
from bench.plan.streams import Job
from bench.spec import Floats, Variant
from tests.support.cases import APART, EXAMPLES, KINDS, TOP, cases, covering
from tests.support.sampling import small
from tests.support.streams import CELL, PER_DATUM
from tests.support.turns import few_and_slow

WEIGHTS = {"plus": (1.0, 1.0), "minus": (1.0, -1.0)}
ONE, THREE = ([case for case in cases(d) if len(case.family.parameters) == 2] for d in (1, 3))
TAILED = "cubic-shared-gamma-untied-score_function_local"  # tails so long that the fourth moment stands still late
LONG = [case for case in THREE if title(case).startswith(f"{TAILED}-")]
FEW, MORE = ([case for case in several if case.sampler.name in ("iid", "stratified")] for several in (ONE, THREE))
SOME = [*few_and_slow(FEW), *LONG, *(pytest.param(case, marks=pytest.mark.slow) for case in covering(MORE, APART))]
COMBINED = combined(
    registry.load([*EXAMPLES, str(TOP / "examples" / "pilot_baseline.py")], kinds=KINDS),
    {**WEIGHTS, "of_mu": (-2.0, 0.0), "shear": (2.0, -3.0)},
    ["normal"],
)


def with_combinations(case: Case) -> Case:
    return replace(case, family=replace(case.family, combinations=WEIGHTS))


def rows(values: Floats) -> Floats:
    """[mu, sigma, plus, minus] of rows[components * 4, ...]."""
    return np.moveaxis(values.reshape(-1, 4, *values.shape[1:]), 1, 0)


@pytest.mark.parametrize("case", SOME, ids=title)
def test_draws_and_gradients_are_combined(case: Case) -> None:
    combination = prepared(with_combinations(case))
    noise = draws(combination, 8)
    exact = exact_gradient(combination)
    assert exact is not None
    out = contributions(combination, noise)
    joint = len(out) > combination.rows
    for values in (out[1:] if joint else out, constant(combination), exact):
        mu, sigma, plus, minus = rows(values)
        np.testing.assert_allclose(plus, mu + sigma, rtol=0, atol=1e-13 * np.abs(values).max(initial=1.0))
        np.testing.assert_allclose(minus, mu - sigma, rtol=0, atol=1e-13 * np.abs(values).max(initial=1.0))


@pytest.mark.parametrize("case", SOME, ids=title)
@pytest.mark.thinned(4)
def test_exact_variances_of_a_sum_and_a_difference_are_twice_those_of_the_parts(case: Case) -> None:
    alone, both = quadrature.exact(case), quadrature.exact(with_combinations(case))
    for samples in (case.estimator.degree, 4):
        mu, sigma, plus, minus = rows(both.at(samples)[0])
        np.testing.assert_allclose(plus + minus, 2 * (mu + sigma), rtol=1e-8)
        np.testing.assert_allclose(np.stack([mu, sigma], axis=-1).ravel(), alone.at(samples)[0], rtol=1e-8)


def test_a_variance_does_not_wait_for_its_fourth_moment() -> None:
    """The exponents of y in the square of a gradient are half of those in its fourth power."""
    (case,) = [case for case in LONG if title(case) == f"{TAILED}-latin_hypercube"]
    exact = quadrature.exact(with_combinations(case))
    variance, kurtosis = (rows(values)[2] for values in exact.at(4))
    assert np.isfinite(variance).all()
    assert np.isnan(kurtosis).all()
    assert exact.lacks(4) == OF_STRATA


@pytest.fixture(scope="module")
def results() -> tuple[Plan, dict[Job, Measured]]:
    return small([replace(CELL, samples=2)], ["pathwise", "score_function", "score_function_loo"], COMBINED)


def test_the_exact_variance_knows_the_covariance(results: tuple[Plan, dict[Job, Measured]]) -> None:
    """Pathwise, K draws: n^2 (4 v, 4 a sigma; 4 a^2 + 8 v) / K. Without the covariance it would be far off."""
    plan, measured = results
    result = measured[replace(CELL, samples=2), Variant("pathwise")]
    mu, sigma = CELL.theta
    assert isinstance(mu, float)
    assert isinstance(sigma, float)
    a, n = mu - DATA.mean(), DATA.size
    covariance = n**2 / 2 * np.array([[4 * sigma**2, 4 * a * sigma], [4 * a * sigma, 4 * a**2 + 8 * sigma**2]])
    for name, weights in COMBINED.get("family", "normal").combinations.items():
        q, w = result.parameters.index(name), np.array(weights)
        assert result.exact_variance[q] == pytest.approx(w @ covariance @ w, rel=1e-10)
        value, low, high = (end[q] for end in result.variance)
        assert low < value < high
        if name != "of_mu":
            assert abs(w**2 @ np.diag(covariance) - result.exact_variance[q]) > 3 * (high - low)
    assert judge(plan, measured).ok


def test_a_multiple_of_one_parameter_has_its_ratios(results: tuple[Plan, dict[Job, Measured]]) -> None:
    listed = list(ratio_rows(*results))
    for name in ("score_function", "score_function_loo"):
        ratios = {row["parameter"]: row for row in listed if row["numerator"] == name}
        for column in ("variance_ratio", "variance_ratio_low", "variance_ratio_high", "exact_variance_ratio"):
            assert ratios["of_mu"][column] == pytest.approx(ratios["mu"][column], rel=1e-9)
    order = list(dict.fromkeys(row["parameter"] for row in listed))
    assert order == ["mu", "sigma", "sigma2", "log_sigma", "softplus", "plus", "minus", "of_mu", "shear"]


def test_an_error_of_a_combination_is_found(results: tuple[Plan, dict[Job, Measured]]) -> None:
    """Its numbers are in the family of checks, which those of derived parameters are not."""
    plan, measured = results
    (job, result), *_ = measured.items()
    for name, failures in (("shear", 1), ("softplus", 0)):
        wrong = result.components.variance_z.copy()
        wrong[:, result.parameters.index(name)] = 50.0
        changed = replace(result, components=replace(result.components, variance_z=wrong))
        assert len(judge(plan, {**measured, job: changed}).failures) == failures


def test_where_baselines_differ_by_parameter_combinations_alone_have_no_oracle() -> None:
    """In more components than nodes fill together."""
    cell = replace(PER_DATUM, samples=2, dataset_size=5, dimension=5)
    (result,) = small([cell], ["pilot_baseline"], COMBINED, np.arange(5.0))[1].values()
    assert np.isfinite(result.exact_variance[:5]).all()
    assert np.isnan(result.exact_variance[5:]).all()
    assert np.isfinite(result.exact_gradient).all()
    assert (abs(result.gradient_z) < 6).all()
