"""The oracle against numbers known beforehand, and where it must say that it does not know."""

import numpy as np
import pytest
from bench.oracle.apply import Case

from bench.oracle import quadrature
from bench.spec import Cell, Floats, Variant
from tests.support.cases import EVERYTHING, NORMAL_FAMILY


def exact(
    estimator: str,
    data: Floats,
    latent: str = "shared",
    sampler: str = "iid",
    mu: float = 0.0,
    sigma: float = 1.0,
    objective: Variant = Variant("squared_error"),  # noqa: B008
) -> quadrature.Exact | None:
    f = EVERYTHING.get("objective", objective.name)
    form = next(iter(f.forms[latent].values()))
    d = f.dimension(latent, data.size, objective.phi)
    cell = Cell(objective, latent, sampler, mu, sigma, data.size or None, 1, d)  # type: ignore[arg-type]
    rule = EVERYTHING.get("estimator", estimator)
    case = Case(
        form,
        NORMAL_FAMILY,
        rule,
        Variant(estimator),
        EVERYTHING.get("sampler", sampler),
        cell,
        data,
    )
    return quadrature.exact(case)


def variance(*arguments: object, **keywords: object) -> Floats:
    moments = exact(*arguments, **keywords)  # type: ignore[arg-type]
    assert moments is not None
    return moments.variance


@pytest.mark.parametrize(("n", "mu_ratio"), [(1, 3.75), (3, 8.75), (10, 42.0), (100, 2652.0)])
def test_a_latent_for_each_datum(n: int, mu_ratio: float) -> None:
    """x_i = 0, sigma = 1: (n + 2)(n + 4) / 4 with the joint score, 3.75 with the local one."""
    x = np.zeros(n)
    pathwise = variance("pathwise", x, "per_datum")
    np.testing.assert_allclose(variance("score_function", x, "per_datum")[0] / pathwise[0], mu_ratio, rtol=1e-10)
    np.testing.assert_allclose(variance("score_function_local", x, "per_datum")[0] / pathwise[0], 3.75, rtol=1e-10)


@pytest.mark.parametrize(("k", "score_function", "pathwise"), [(-3.0, (495, 1546), (4, 72)), (0.0, (30, 136), (4, 12))])
def test_one_quadratic(k: float, score_function: tuple[float, ...], pathwise: tuple[float, ...]) -> None:
    """f = (y - k)^2 at mu = sigma = 1, one draw."""
    x = np.array([k])
    np.testing.assert_allclose(variance("score_function", x, mu=1.0), score_function, rtol=1e-10)
    np.testing.assert_allclose(variance("pathwise", x, mu=1.0), pathwise, rtol=1e-10)


def test_cosine_where_the_score_function_wins() -> None:
    cosine = Variant("cosine", (5.0, 1.0))
    np.testing.assert_allclose(variance("score_function", np.empty(0), mu=1.0, objective=cosine), (0.5, 1.0), rtol=1e-3)
    np.testing.assert_allclose(variance("pathwise", np.empty(0), mu=1.0, objective=cosine), (12.5, 12.5), rtol=1e-3)


def test_ratios_at_a_0_s2_v() -> None:
    """5.5 for mu and 12 for sigma^2, for every n; 3.75 and 9.25 as sigma grows."""
    for n in (2, 50):
        x = np.tile([1.0, -1.0], n // 2)
        np.testing.assert_allclose(variance("score_function", x) / variance("pathwise", x), (5.5, 12.0), rtol=1e-10)
        wide = [variance(name, x, sigma=1e4) for name in ("score_function", "pathwise")]
        np.testing.assert_allclose(wide[0] / wide[1], (3.75, 9.25), rtol=1e-6)


def test_variance_of_an_average() -> None:
    """f = y^2, N(2, 1): 87/K and 4/K."""
    for samples in (1, 10, 1000):
        for name, variance in (("score_function", 87.0), ("pathwise", 4.0)):
            moments = exact(name, np.zeros(1), mu=2.0)
            assert moments is not None
            np.testing.assert_allclose(moments.at(samples)[0][0] * samples, variance, rtol=1e-10)


def test_a_constant_gradient_has_no_variance_and_no_excess() -> None:
    moments = exact("second_order", np.array([0.1, 0.7, -0.3]), mu=0.37, sigma=0.91)
    assert moments is not None
    assert moments.variance[1] == 0
    assert moments.kurtosis[1] == 3


def test_no_exact_route_is_none() -> None:
    assert exact("leave_one_out", np.zeros(3), "per_datum") is None
    assert exact("score_function", np.zeros(3), "per_datum", sampler="antithetic") is None
    assert exact("pathwise", np.empty(0), sigma=1e4, objective=Variant("cosine", (5.0, 1.0))) is None
