"""Eight schools, centred and not: closed forms beside nodes, one posterior in two coordinates."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from bench.engine.apply import constant, contributions
from bench.engine.case import Case
from bench.laws import kernels
from bench.laws.variance import drawn
from bench.objectives import eight_schools, eight_schools_noncentred
from bench.objectives.eight_schools import EFFECTS, ERRORS, SCHOOLS
from bench.oracle import quadrature
from bench.oracle.gradients import exact_gradient
from bench.spec import Floats, Variant
from tests.support.rests import case_in, target_cell

BOTH = ["eight_schools", "eight_schools_noncentred"]
MEAN = (6.0, 5.0, 4.0, 4.5, 3.0, 3.5, 7.0, 5.0, 4.2, 1.3)
SIGMA = (1.5, 1.2, 1.1, 0.9, 1.0, 1.3, 0.8, 1.4, 0.7, 0.4)


def case(name: str, estimator: str = "pathwise") -> Case:
    cell = replace(target_cell(), objective=Variant(name), dimension=10, theta=(MEAN, SIGMA))
    return case_in(cell, estimator)


def nodes() -> tuple[Floats, Floats]:
    """noise[1, 10, m] and weights[m] that are exact for f: its only powers beyond squares are those of tau.

    No two schools multiply, so two points serve all of them together; two serve mu.
    """
    points, weights = np.polynomial.hermite_e.hermegauss(60)
    effects, mu, tau = np.meshgrid([-1.0, 1.0], [-1.0, 1.0], points, indexing="ij")
    noise = np.concatenate([np.repeat(effects.reshape(1, -1), SCHOOLS, axis=0), [mu.ravel()], [tau.ravel()]])
    return np.ascontiguousarray(noise[np.newaxis]), np.tile(weights / weights.sum(), 4) / 4


@pytest.mark.parametrize("name", BOTH)
def test_the_closed_form_is_the_integral_of_the_slopes(name: str) -> None:
    made, (noise, weights) = case(name), nodes()
    integrated, gradient = contributions(made, noise) @ weights + constant(made), exact_gradient(made)
    assert gradient is not None
    np.testing.assert_allclose(gradient, integrated, rtol=1e-9, atol=1e-9)
    assert not np.allclose(gradient * 1.001, integrated, rtol=1e-6)


def test_both_are_one_posterior() -> None:
    """f(theta) - 8 log tau is the other f at eta = (theta - mu) / tau: the Jacobian of the change."""
    y = np.random.Generator(np.random.SFC64(4)).standard_normal((10, 5))
    moved, tau = y.copy(), np.exp(y[9])
    moved[:8] = y[8] + tau * y[:8]
    centred, other = np.empty(5), np.empty(5)
    eight_schools.value(moved, np.empty(0), np.empty(0), centred)
    eight_schools_noncentred.value(y, np.empty(0), np.empty(0), other)
    np.testing.assert_allclose(centred - SCHOOLS * y[9], other, rtol=1e-13)


def test_the_value_is_minus_the_log_of_its_densities() -> None:
    y = np.random.Generator(np.random.SFC64(5)).standard_normal((10, 1))
    (theta, mu, t), f = (y[:8, 0], y[8, 0], y[9, 0]), np.empty(1)
    expected = stats.norm.logpdf(EFFECTS, theta, ERRORS).sum() + stats.norm.logpdf(theta, mu, np.exp(t)).sum()
    expected += stats.norm.logpdf(mu, 0, 5) + stats.halfcauchy.logpdf(np.exp(t), 0, 5) + t
    eight_schools.value(y, np.empty(0), np.empty(0), f)
    assert f[0] == pytest.approx(-expected, rel=1e-13)


@pytest.mark.parametrize("name", BOTH)
def test_kernels_keep_their_laws(name: str) -> None:
    for estimator in ("pathwise", "score_function", "second_order"):
        made = case(name, estimator)
        noise = drawn(made, 1, 5, seed=7)
        for law in (kernels.compiled_as_written, kernels.inputs_untouched, kernels.draws_alone):
            assert law(made, noise, 1) is None


def test_where_there_is_no_exact_variance_the_row_says_why() -> None:
    assert "10 components that do not separate" in quadrature.exact(case("eight_schools")).reason
