"""Exact moments of random batches: closed forms of squared error, a brute mixture, and what objectives declare."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine.baseline import optimal_baseline
from bench.engine.case import Case
from bench.objectives import logistic_regression_minibatch as of_digits
from bench.oracle import quadrature
from bench.oracle.batches import OF_BATCHES
from bench.spec import Cell, Variant
from tests.support.rests import case_in, target_cell

X = np.array([0.7, -1.25, 2.0, 0.1, 1.1])
MU, SIGMA = 0.3, 1.7
DIGITS = 1e-9


def case(estimator: str, size: int, sampler: str = "iid") -> Case:
    cell = Cell(
        Variant("squared_error_minibatch", (float(size),)),
        *("shared", "normal", (MU, SIGMA), "tied", None, sampler, X.size, 1, 1),
    )
    return replace(case_in(cell, estimator), data=X)


def batches(size: int) -> np.ndarray:
    return np.array([np.roll(X, -first)[:size] for first in range(X.size)])


@pytest.mark.parametrize("size", [1, 2, 5])
def test_pathwise_has_the_noise_of_draws_over_k_and_that_of_the_batch(size: int) -> None:
    """By mu 2n (y - xbar_b): 4 n^2 v / K and 4 n^2 Var xbar_b; by sigma 2n (y - xbar_b) eps."""
    n, means = X.size, batches(size).mean(axis=1)
    for samples in (1, 10):
        exact = quadrature.exact(case("pathwise", size))
        variance, _ = exact.at(samples)
        of_draws = 4 * n**2 * SIGMA**2 / samples
        assert variance[0] == pytest.approx(of_draws + 4 * n**2 * means.var(), rel=DIGITS)
        assert exact.between is not None
        assert exact.between[0] == pytest.approx(4 * n**2 * means.var(), rel=DIGITS)
        assert exact.between[1] == pytest.approx(0.0, abs=1e-20)
        of_draws = 4 * n**2 * np.mean((MU - means) ** 2 + 2 * SIGMA**2) / samples
        assert variance[1] == pytest.approx(of_draws, rel=DIGITS)


def test_the_score_function_is_a_mixture_of_closed_forms() -> None:
    """Of f = n ((y - xbar_b)^2 + s2_b), by mu (FACTS of the shared draw)."""
    n, several = X.size, batches(2)
    a, s2, v = MU - several.mean(axis=1), several.var(axis=1), SIGMA**2
    large = a**2 + s2
    of_draws = np.mean(n**2 * (large**2 / v + 8 * a**2 + 6 * large + 15 * v))
    of_batch = np.var(2 * n * a)
    for samples in (1, 3):
        variance, _ = quadrature.exact(case("score_function", 2)).at(samples)
        assert variance[0] == pytest.approx(of_draws / samples + of_batch, rel=DIGITS)


def test_a_batch_of_all_data_is_no_batch() -> None:
    exact, plain = quadrature.exact(case("score_function_loo", 5)), quadrature.exact(case("score_function_loo", 5).full)
    assert exact.between is not None
    np.testing.assert_array_equal(exact.between, 0.0)
    for samples in (2, 7):
        np.testing.assert_allclose(exact.at(samples)[0], plain.at(samples)[0], rtol=1e-10)


def test_what_an_estimator_freezes_is_the_same_in_all_batches() -> None:
    """Which costs the square of how far it is from the best of each, times E S^2."""
    mixed = case("score_function_optimal_baseline", 1)
    exact, alone = quadrature.exact(mixed), [quadrature.exact(of_one).variance for of_one in mixed.batches]
    best = np.array([optimal_baseline(of_one) for of_one in mixed.batches])[:, 0]
    assert exact.between is not None
    expected = np.mean(alone, axis=0) + best.var(axis=0) * np.array([1.0, 2.0]) / SIGMA**2
    np.testing.assert_allclose(exact.variance - exact.between, expected, rtol=1e-9)


def test_beyond_the_variance_there_are_no_moments() -> None:
    exact = quadrature.exact(case("pathwise", 1))
    assert np.isnan(exact.kurtosis).all()
    assert exact.lacks(10) == OF_BATCHES


def test_strata_inside_a_batch_keep_what_the_batch_has() -> None:
    iid, stratified = (quadrature.exact(case("pathwise", 1, sampler)) for sampler in ("iid", "stratified"))
    assert iid.between is not None
    np.testing.assert_allclose(stratified.between, iid.between, rtol=1e-12)
    within = [exact.at(8)[0] - exact.between for exact in (stratified, iid)]
    assert (within[0] < 0.4 * within[1]).all()


def test_declared_covariances_are_those_of_the_batches() -> None:
    """31 components, 569 batches: the noise of draws against draws, that of batches against the mean slopes."""
    size, theta = 32, np.tile([0.0, 0.5], (31, 1))
    of_draws, of_batches = of_digits.slope_covariance(theta, np.empty(0), (float(size),))
    cell = replace(target_cell("closed_form", "untied"), objective=Variant(of_digits.PLUGIN.name, (float(size),)))
    exact = quadrature.exact(case_in(replace(cell, dimension=31, theta=(0.0, 0.5)), "pathwise"))
    assert exact.between is not None
    np.testing.assert_allclose(exact.at(4)[0].reshape(31, 2)[:, 0], np.diag(of_draws) / 4 + np.diag(of_batches))
    assert np.isnan(exact.between.reshape(31, 2)[:, 1]).all()
    y = 0.5 * np.random.Generator(np.random.SFC64(5)).standard_normal((32, 2000))
    slopes, count, table = np.empty((31, 2000)), 569, of_digits.tabulate((float(size),))
    means, variances = np.empty((count, 31)), np.empty((count, 31))
    for first in range(count):
        y[31] = (first + 0.5) / count
        of_digits.slope(y, np.empty(0), table, slopes)
        means[first], variances[first] = slopes.mean(axis=1), slopes.var(axis=1, ddof=1)
    error = np.sqrt(2 / 2000)  # of a variance of normal draws, relative; all batches see the same draws
    np.testing.assert_allclose(variances.mean(axis=0), np.diag(of_draws), rtol=6 * error)
    np.testing.assert_allclose(means.var(axis=0), np.diag(of_batches), rtol=6 * error)
