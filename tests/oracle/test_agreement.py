"""How far measured is from exact: z scores, biases in tolerances, and projections of untied components."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from bench.oracle import agreement
from bench.oracle.agreement import ByComponent
from bench.oracle.exact import Exact
from bench.spec import Floats


def test_z_scores_have_the_standard_errors_of_normal_theory_and_the_exact_fourth_moment() -> None:
    """For a normal of variance s^2: sd(mean) = s / sqrt(n), sd(variance) = s^2 sqrt(2 / (n - 1))."""
    n, s2, repetitions = 50, 4.0, 4000
    data = np.random.default_rng(6).normal(scale=2.0, size=(repetitions, n))
    kurtosis = 3.0
    error = s2**2 * ((kurtosis - 3) / n + 2 / (n - 1))
    variance_z = agreement.z_of(data.var(axis=1, ddof=1) - s2, np.array(error), np.zeros(1))
    gradient_z = agreement.z_of(data.mean(axis=1), np.array(s2 / n), np.zeros(1))
    for scores in (gradient_z, variance_z):
        fourth = stats.kurtosis(scores, fisher=False)
        assert abs(scores.var() - 1) < stats.norm.isf(1e-6) * np.sqrt((fourth - 1) / repetitions)
        assert abs(scores.mean()) < stats.norm.isf(1e-6) / np.sqrt(repetitions)


@pytest.mark.parametrize(("difference", "expected"), [(0.0, 0.0), (1e-13, 0.0), (1e-11, np.inf), (-1e-11, np.inf)])
def test_what_has_no_variance_agrees_to_round_off_or_not_at_all(difference: float, expected: float) -> None:
    assert agreement.z_of(np.array([difference]), np.zeros(1), np.array([1e-12])).item() == expected


@pytest.mark.parametrize(
    ("mean", "variance", "agrees"),
    [(2.0, 1, True), (2.0 + 1e-8, 1, True), (2.0 + 4e-8, 1, False), (2.0 + 4e-8, 1e6, True), (np.nan, 1, False)],
)
def test_bias_is_in_units_of_its_tolerance(mean: float, variance: float, agrees: bool) -> None:
    exact = Exact(*(np.array([value]) for value in (mean, variance, 3.0, variance)), 1, 1)
    assert bool(agreement.bias_of(exact, np.array([2.0]), np.zeros(1)) <= 1) is agrees


def test_a_constant_that_cancels_the_gradient_leaves_its_round_off() -> None:
    """An integral of size 1 and an entropy that takes it away: 0, up to the digits of 1."""
    exact = Exact(np.array([2e-16]), np.zeros(1), np.full(1, 3.0), np.zeros(1), 1, 1)
    assert agreement.bias_of(exact, np.zeros(1), np.array([1.0])) < 1e-5
    assert agreement.bias_of(exact, np.zeros(1), np.zeros(1)) > 1


def by_component(gradient: Floats, exact: Floats, variance: Floats) -> ByComponent:
    nothing = np.full_like(gradient, np.nan)
    return ByComponent(exact, gradient, nothing, variance, nothing, nothing, nothing, nothing)


def test_of_one_component_the_projection_is_the_gradient_itself() -> None:
    """With its sign, and the error of a mean of n."""
    single = by_component(np.array([[-2.0, 3.0]]), np.array([[-2.1, 3.1]]), np.array([[4.0, 9.0]]))
    along, error = agreement.projections(single, np.zeros((8, 1, 2)), 100.0)
    assert (along.tolist(), error.tolist()) == ([-2.0, 3.0], [0.2, 0.3])


def test_of_several_it_is_the_mean_along_the_exact_gradient() -> None:
    exact = np.array([[3.0], [4.0]])
    several = by_component(np.array([[1.0], [2.0]]), exact, np.ones((2, 1)))
    groups = np.random.default_rng(2).normal(size=(64, 2, 1))
    along, error = agreement.projections(several, groups, 100.0)
    assert along == pytest.approx([(1 * 3 + 2 * 4) / 5])
    spread = (groups[:, :, 0] @ [0.6, 0.8]).std(ddof=1)
    assert error == pytest.approx([spread / 8])
    unknown = replace(several, exact_gradient=np.full((2, 1), np.nan))
    assert agreement.projections(unknown, groups, 100.0)[0] == pytest.approx([np.sqrt(5)])


def test_where_there_is_no_gradient_it_is_the_mean_along_the_diagonal() -> None:
    """Not 0 with no error: what was measured is told."""
    nothing = by_component(np.array([[1.0], [2.0]]), np.zeros((2, 1)), np.ones((2, 1)))
    groups = np.random.default_rng(2).normal(size=(64, 2, 1))
    along, error = agreement.projections(nothing, groups, 100.0)
    assert along == pytest.approx([3 / np.sqrt(2)])
    assert error == pytest.approx([groups.sum(axis=1).std(ddof=1) / np.sqrt(2) / 8])


def test_the_projection_error_covers() -> None:
    """The standard error of the projection, from correlated components, is that of its repetitions."""
    generator, direction, groups, n = np.random.default_rng(3), np.array([0.6, 0.8]), 64, 400
    mix = np.array([[1.0, 0.0], [0.9, 0.5]])
    scores = []
    for _ in range(500):
        means = generator.normal(size=(groups, 2)) @ mix.T
        case = by_component(means.mean(axis=0)[:, np.newaxis], direction[:, np.newaxis], np.ones((2, 1)))
        along, error = agreement.projections(case, means[:, :, np.newaxis], n)
        scores.append((along / error).item())
    assert abs(np.mean(scores)) < stats.norm.isf(1e-6) / np.sqrt(500)
    assert abs(np.var(scores) - groups / (groups - 2)) < stats.norm.isf(1e-6) * np.sqrt(2 / 500) * 1.1


def test_the_worst_component_is_the_one_farthest_off_with_its_sign() -> None:
    scores = np.array([[1.0, np.nan, np.nan], [-3.0, 0.5, np.nan], [2.0, -0.7, np.nan]])
    worst = agreement.worst(scores)
    assert worst[:2].tolist() == [-3.0, -0.7]
    assert np.isnan(worst[2])
    assert np.isinf(agreement.worst(np.array([[1.0], [-np.inf]]))).all()
