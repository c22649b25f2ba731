"""The reverse divergence to the normal of the data: zero at that normal, and its gradient with it."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine.case import Case, case_of
from bench.errors import BadInput
from bench.laws.cases import DATA, ENTROPIES
from bench.objectives.gaussian_kl import summary
from bench.oracle import quadrature
from bench.oracle.gradients import exact_gradient
from bench.spec import Entropy, Floats, Variant
from tests.support.streams import CELL, stream_of

XBAR, S2 = DATA.mean(), DATA.var()


def case(mu: float, sigma: float, entropy: Entropy = "closed_form", estimator: str = "pathwise") -> Case:
    cell = replace(CELL, objective=Variant("gaussian_kl"), entropy=entropy, theta=(mu, sigma))
    stream = stream_of([cell], [estimator])
    (subgrid,) = stream.subgrids
    return case_of(stream, subgrid, subgrid.members[0], cell, DATA)


def gradient(of: Case) -> Floats:
    found = exact_gradient(of)
    assert found is not None
    return found


@pytest.mark.parametrize("entropy", ENTROPIES)
def test_its_solution_is_the_mean_and_the_spread_of_the_data(entropy: Entropy) -> None:
    np.testing.assert_allclose(gradient(case(XBAR, np.sqrt(S2), entropy)), 0.0, atol=1e-14)


@pytest.mark.parametrize(("mu", "sigma"), [(0.0, 1.0), (2.0, 0.3), (-1.0, 5.0)])
def test_its_gradient_is_that_of_the_divergence(mu: float, sigma: float) -> None:
    """KL = log(s / sigma) + (sigma^2 + (mu - xbar)^2) / (2 s2) - 1/2."""
    np.testing.assert_allclose(gradient(case(mu, sigma)), [(mu - XBAR) / S2, sigma / S2 - 1 / sigma], rtol=1e-13)


def test_its_value_is_the_divergence_where_log_q_is_added() -> None:
    """E[log q - log p]: constants included."""
    mu, sigma = 0.4, 0.8
    made = case(mu, sigma, "monte_carlo", "score_function")
    points, weights = made.channels[0].rule(40)
    y, out = mu + sigma * points, np.empty(points.size)
    made.form.value(y[np.newaxis], summary(DATA), np.empty(0), out)
    log_q = -(points**2) / 2 - np.log(sigma) - np.log(2 * np.pi) / 2
    divergence = np.log(np.sqrt(S2) / sigma) + (sigma**2 + (mu - XBAR) ** 2) / (2 * S2) - 0.5
    assert (out + log_q) @ weights == pytest.approx(divergence, rel=1e-12)


def test_sticking_the_landing_has_no_variance_at_the_solution() -> None:
    """There log q - log p is 0 wherever y is."""
    for name in ("pathwise", "score_function"):
        moments = quadrature.exact(case(XBAR, np.sqrt(S2), "sticking_the_landing", name))
        np.testing.assert_allclose(moments.variance, 0.0, atol=1e-24)


def test_it_ends_where_more_errors_would_not() -> None:
    """Unlike squared errors, whose gradient by sigma has no zero but at 0, it changes its sign at s."""
    small, large = (gradient(case(XBAR, factor * np.sqrt(S2)))[1] for factor in (0.9, 1.1))
    assert small < 0 < large


def test_data_that_do_not_vary_are_refused() -> None:
    with pytest.raises(BadInput, match=r"^objective=gaussian_kl: the 3 data do not vary; allowed: data of two values"):
        summary(np.full(3, 2.0))
