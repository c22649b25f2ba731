"""The posterior of a normal mean: its gradient is zero at the posterior that conjugacy gives, for one z or many."""

import math
from dataclasses import replace

import numpy as np
import pytest

from bench.engine.case import Case, case_of
from bench.errors import BadInput
from bench.laws.cases import DATA, ENTROPIES
from bench.objectives.gaussian_posterior import PLUGIN
from bench.oracle import quadrature
from bench.oracle.gradients import exact_gradient
from bench.spec import Entropy, Floats, Theta, Variant
from tests.support.streams import CELL, PER_DATUM, stream_of

TAU, S = 1.3, 0.9
N = DATA.size
POSTERIOR = Variant("gaussian_posterior", (TAU, S))


def case(
    latent: str, theta: Theta, entropy: Entropy = "closed_form", estimator: str = "pathwise", data: Floats = DATA
) -> Case:
    cell = replace(CELL if latent == "shared" else PER_DATUM, objective=POSTERIOR, entropy=entropy, theta=theta)
    cell = cell if latent == "shared" else replace(cell, components="untied")
    stream = stream_of([cell], [estimator])
    (subgrid,) = stream.subgrids
    return case_of(stream, subgrid, subgrid.members[0], cell, data)


SHARED = 1 / TAU**2 + N / S**2  # precision of the posterior
OF_EACH = 1 / TAU**2 + 1 / S**2
SOLUTIONS: dict[str, Theta] = {
    "shared": (float(N * DATA.mean() / S**2 / SHARED), SHARED**-0.5),
    "per_datum": (tuple((DATA / S**2 / OF_EACH).tolist()), OF_EACH**-0.5),
}


@pytest.mark.parametrize("entropy", ENTROPIES)
@pytest.mark.parametrize("latent", SOLUTIONS)
def test_its_gradient_is_zero_at_the_posterior(latent: str, entropy: Entropy) -> None:
    gradient = exact_gradient(case(latent, SOLUTIONS[latent], entropy))
    assert gradient is not None
    assert gradient.size == (2 if latent == "shared" else 6)
    np.testing.assert_allclose(gradient, 0.0, atol=1e-14)


@pytest.mark.parametrize("latent", SOLUTIONS)
def test_sticking_the_landing_has_no_variance_at_the_posterior(latent: str) -> None:
    """log q - log p is there a constant: minus the log evidence, which the score function multiplies."""
    moments = quadrature.exact(case(latent, SOLUTIONS[latent], "sticking_the_landing"))
    np.testing.assert_allclose(moments.variance, 0.0, atol=1e-24)


def log_evidence() -> float:
    """log N(x; 0, s^2 I + tau^2 1 1')."""
    covariance = S**2 * np.eye(N) + TAU**2
    _, determinant = np.linalg.slogdet(covariance)
    return float(-0.5 * (DATA @ np.linalg.solve(covariance, DATA) + determinant + N * np.log(2 * np.pi)))


def test_at_the_posterior_f_with_log_q_is_minus_the_log_evidence() -> None:
    """So no constant of p is forgotten, nor one of q."""
    mu, sigma = SOLUTIONS["shared"]
    assert isinstance(mu, float)
    assert isinstance(sigma, float)
    made = case("shared", (mu, sigma))
    eps = np.linspace(-3, 3, 7)
    f = np.empty(7)
    made.form.value((mu + sigma * eps)[np.newaxis], made.form.summarise(DATA), np.array([TAU, S]), f)
    log_q = -(eps**2) / 2 - np.log(sigma) - np.log(2 * np.pi) / 2
    np.testing.assert_allclose(f + log_q, -log_evidence(), rtol=1e-12)


def test_a_z_for_each_datum_is_as_many_posteriors_of_one_datum() -> None:
    many = case("per_datum", (0.4, 0.8))
    rows = exact_gradient(many)
    assert rows is not None
    for datum, row in zip(DATA, rows.reshape(3, 2), strict=True):
        single = exact_gradient(case("shared", (0.4, 0.8), data=np.array([datum])))
        np.testing.assert_allclose(row, single, rtol=1e-13)  # type: ignore[arg-type]
    z = np.array([[0.3], [-0.2], [1.0]])
    f, g = np.empty(1), np.empty(1)
    many.form.value(z, DATA, np.array([TAU, S]), f)
    one = case("shared", (0.4, 0.8))
    total = 0.0
    for point, datum in zip(z, DATA, strict=True):
        one.form.value(point[np.newaxis], one.form.summarise(np.array([datum])), np.array([TAU, S]), g)
        total += g[0]
    assert f[0] == pytest.approx(total, rel=1e-14)


@pytest.mark.parametrize(("phi", "key"), [((0.0, 1.0), "tau=0"), ((1.0, -1.0), "s=-1"), ((math.nan, 1.0), "tau=nan")])
def test_a_standard_deviation_is_positive(phi: tuple[float, float], key: str) -> None:
    with pytest.raises(BadInput, match=f"^objective.gaussian_posterior.{key} is not allowed; allowed: numbers > 0$"):
        PLUGIN.dimension("shared", 1, phi)
