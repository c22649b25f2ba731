"""The objectives that are sums: published numbers, and closed forms of a gamma, a Bernoulli and of options."""

import math

import numpy as np
import pytest

from tests.support.known import DIGITS, FOUR, case, gradient, variance
from tests.support.sums import DIGITS_OF_VARIANCES, SUMS, of


@pytest.mark.parametrize(
    ("name", "phi", "score_function", "pathwise", "measure_valued", "digits"),
    [
        ("quadratic", -3.0, (495, 1546), (4, 72), (16 * (16 / math.pi - 4), 68), DIGITS),
        ("quadratic", 0.0, (30, 136), (4, 12), (16 / math.pi - 4, 8), DIGITS),
        ("exponential", 10.0, (0.07694, 0.009035), (0.9416, 0.8921), None, FOUR),
        ("cosine", 5.0, (0.5, 1.0), (12.5, 12.5), (0.2957, 1.0), FOUR),
    ],
)
def test_published_objectives_at_mu_1_sigma_1(
    name: str,
    phi: float,
    score_function: tuple[float, float],
    pathwise: tuple[float, float],
    measure_valued: tuple[float, float] | None,
    digits: float,
) -> None:
    """The coupled pair of exp(-10 y^2) is (0.02066, 0.1167): in two channels, where the oracle takes seconds."""
    np.testing.assert_allclose(variance(of(name, (1.0, 1.0), "score_function", phi)), score_function, rtol=digits)
    np.testing.assert_allclose(variance(of(name, (1.0, 1.0), "pathwise", phi)), pathwise, rtol=digits)
    if measure_valued:
        np.testing.assert_allclose(variance(of(name, (1.0, 1.0), "measure_valued", phi)), measure_valued, rtol=digits)


@pytest.mark.parametrize(
    ("name", "phi", "theta", "score_function", "pathwise", "digits"),
    [
        ("polynomial", (), (0.0, 1.0), (17, 84), (4, 9), DIGITS),
        ("sine", (1.0,), (0.0, 1.0), (0.3351, 0.8647), (0.1998, 0.2970), FOUR),
        ("sine", (10.0,), (0.0, 1.0), (0.5, 1), (50, 50), FOUR),
        ("sum_of_powers", (2.0,), (2.0, 1.0), (87, None), (4, None), DIGITS),
    ],
)
def test_known_objectives_of_the_normal(
    name: str,
    phi: tuple[float, ...],
    theta: tuple[float, float],
    score_function: tuple[float, float | None],
    pathwise: tuple[float, float | None],
    digits: float,
) -> None:
    for estimator, expected in {"score_function": score_function, "pathwise": pathwise}.items():
        got = variance(of(name, theta, estimator, *phi))
        known = [value is not None for value in expected]
        np.testing.assert_allclose(got[known], [value for value in expected if value is not None], rtol=digits)


@pytest.mark.parametrize(("sigma", "d"), [(1.0, 1), (0.5, 3), (2.0, 10)])
def test_a_constant_and_a_sum_in_d_components(sigma: float, d: int) -> None:
    """d/dsigma_j at N(0.5, sigma^2 I): of c (y_j^0: d) 2 c^2 / sigma^2, of sum_j y_j d^2 / (2 sigma^2) + 2 d + 8."""
    expected = {
        ("constant", 100.0): 2 * 100**2 / sigma**2,
        ("sum_of_powers", 0.0): 2 * d**2 / sigma**2,
        ("linear",): d**2 / (2 * sigma**2) + 2 * d + 8,
    }
    for (name, *before), by_sigma in expected.items():
        phi = (*before, float(d))
        made = case(SUMS[name], "normal", (0.5, sigma), "score_function", "untied", d, phi)
        np.testing.assert_allclose(variance(made).reshape(d, 2)[:, 1], by_sigma, rtol=DIGITS_OF_VARIANCES)


@pytest.mark.parametrize(
    ("alpha", "name", "phi", "by_alpha", "score_function", "pathwise"),
    [
        (1.0, "linear", (), 1.0, 4.28986813, 0.289868134),
        (1.0, "quadratic", (0.0,), 3.0, 100.478418, 19.5411673),
        (2.0, "linear", (), 1.0, 4.8696044, 0.136859104),
        (2.0, "sum_of_powers", (2.0,), 5.0, 194.392088, 27.6862516),
    ],
)
def test_of_a_gamma(
    alpha: float, name: str, phi: tuple[float, ...], by_alpha: float, score_function: float, pathwise: float
) -> None:
    theta = alpha, 1.0
    assert gradient(of(name, theta, "pathwise", *phi, family="gamma"))[0] == pytest.approx(by_alpha, rel=DIGITS)
    for estimator, expected in {"score_function": score_function, "pathwise": pathwise}.items():
        got = variance(of(name, theta, estimator, *phi, family="gamma"))[0]
        assert got == pytest.approx(expected, rel=DIGITS_OF_VARIANCES)


@pytest.mark.parametrize(
    ("theta", "by_logit", "score_function", "of_two", "of_four"),
    [(0.5, 0.025, 0.0159390625, 0.000625, 1.041666667e-4), (0.1, 0.009, 0.0077000625, 0.000369, 1.575e-4)],
)
def test_of_a_bernoulli(theta: float, by_logit: float, score_function: float, of_two: float, of_four: float) -> None:
    """(b - 0.45)^2; the pair of densities has no variance at all."""
    logit = (math.log(theta / (1 - theta)),)
    known = {
        ("score_function", 1): score_function,
        ("score_function_loo", 2): of_two,
        ("score_function_loo", 4): of_four,
    }
    for (estimator, samples), expected in known.items():
        got = variance(of("quadratic", logit, estimator, 0.45, family="bernoulli"), samples)
        assert got[0] == pytest.approx(expected, rel=DIGITS_OF_VARIANCES)
    pair = of("quadratic", logit, "measure_valued", 0.45, family="bernoulli")
    assert gradient(pair)[0] == pytest.approx(by_logit, rel=DIGITS)
    assert variance(pair)[0] == pytest.approx(0.0, abs=1e-24)


def test_greeks_are_those_of_black_and_scholes() -> None:
    """Delta and vega beside differences of the price in closed form."""
    spot, strike, rate, vol, maturity = 100.0, 110.0, 0.05, 0.2, 2.0

    def price(spot: float, vol: float) -> float:
        spread = vol * math.sqrt(maturity)
        d = (math.log(spot / strike) + (rate + vol**2 / 2) * maturity) / spread
        chances = [0.5 * math.erfc(-at / math.sqrt(2)) for at in (d, d - spread)]
        return spot * chances[0] - strike * math.exp(-rate * maturity) * chances[1]

    theta = math.log(spot) + (rate - vol**2 / 2) * maturity, vol * math.sqrt(maturity)
    by_mu, by_sigma = gradient(of("call_option", theta, "pathwise", strike, rate, maturity))
    step = 1e-4
    delta = (price(spot + step, vol) - price(spot - step, vol)) / (2 * step)
    vega = (price(spot, vol + step) - price(spot, vol - step)) / (2 * step)
    assert by_mu / spot == pytest.approx(delta, rel=DIGITS_OF_VARIANCES)
    assert -vol * maturity * by_mu + math.sqrt(maturity) * by_sigma == pytest.approx(vega, rel=DIGITS_OF_VARIANCES)
