"""The gamma quantile and its derivative by alpha, against known numbers, SciPy, and the tables made of them."""

import numpy as np
import pytest
from scipy import special

from bench.kernels import gamma_quantile
from bench.kernels.gamma_quantile import DEGREE, REACH, log_quantile, piece, polynomial, slope_of_log, tables
from bench.spec import Floats

EPSILON = 64 * np.finfo(float).eps
ALPHAS = [0.05, 0.1, 0.3, 0.5, 1.0, 2.0, 7.5, 20.0, 150.0, 1000.0]
PROMISED = {"from a half": 6e-12, "of small": 1e-9}  # by the docstring of bench.kernels.gamma_quantile
Z = np.linspace(-REACH, REACH, 1001)


def promised(alpha: float) -> float:
    """The relative error of T and of dT/dalpha from the tables."""
    return PROMISED["from a half" if alpha >= 0.5 else "of small"]


def looked_up(z: Floats, alpha: float) -> tuple[Floats, Floats]:
    """(log T, d log T/d alpha)[z] by the tables."""
    theta = np.concatenate([[alpha, 1.0], tables(alpha)])
    begins = [piece(at, theta) for at in z]
    rows = [
        [polynomial(at, theta, begin + row) for at, begin in zip(z, begins, strict=True)] for row in (0, DEGREE + 1)
    ]
    return np.array(rows[0]), np.array(rows[1])


@pytest.mark.parametrize(
    ("y", "alpha", "derivative"),
    [(0.1, 0.5, 0.509765567), (1.0, 1.0, 1.17356303), (2.0, 2.0, 1.08620858), (20.0, 10.0, 1.40932156)],
)
def test_the_path_derivative_is_the_known_one(y: float, alpha: float, derivative: float) -> None:
    """J(y, alpha) = -(dF/dalpha) / p, to the nine digits that it is known to."""
    found = y * slope_of_log(np.array([np.log(y)]), alpha)[0]
    assert abs(found / derivative - 1) < 5e-9


@pytest.mark.parametrize("alpha", ALPHAS)
def test_the_quantile_is_that_of_scipy_where_scipy_keeps_its_digits(alpha: float) -> None:
    """In the smaller tail, and where the quantile is a number that is not tiny."""
    z = Z[abs(Z) < 5]
    known = np.where(z < 0, special.gammaincinv(alpha, special.ndtr(z)), special.gammainccinv(alpha, special.ndtr(-z)))
    log_t = log_quantile(z, alpha)
    kept = known > 1e-250
    assert kept.sum() > 100
    np.testing.assert_allclose(log_t[kept], np.log(known[kept]), rtol=0, atol=10 * EPSILON * (1 + abs(log_t).max()))


@pytest.mark.parametrize("alpha", ALPHAS)
def test_the_tails_of_the_quantile_are_those_of_the_normal(alpha: float) -> None:
    """F(T) = Phi(z) in the smaller tail, where SciPy gives a number; d log F/d log T magnifies what is lost."""
    log_t = log_quantile(Z, alpha)
    t = np.exp(log_t)
    tail = np.where(Z < 0, special.gammainc(alpha, t), special.gammaincc(alpha, t))
    normal, kept = special.ndtr(-abs(Z)), (t > 1e-250) & (tail > 1e-250)
    with np.errstate(under="ignore"):
        density = np.exp(alpha * log_t - t - special.gammaln(alpha))  # of log T
    condition = density / np.where(kept, tail, 1.0)
    # the exponents that both sides form lose as many digits as they are large
    size = 1 + alpha * abs(log_t) + t + abs(special.gammaln(alpha)) + condition * (1 + abs(log_t))
    assert kept.sum() > 400
    assert np.all(abs(tail / normal - 1)[kept] < (EPSILON * size + PROMISED["from a half"] * condition)[kept])


@pytest.mark.parametrize("alpha", ALPHAS)
def test_the_derivative_is_that_of_the_quantile(alpha: float) -> None:
    """Richardson's extrapolation of central differences in alpha, with its own disagreement as the tolerance."""
    step = 1e-3 * alpha

    def central(h: float) -> Floats:
        return (log_quantile(Z, alpha + h) - log_quantile(Z, alpha - h)) / (2 * h)

    fine, coarse = (4 * central(step) - central(2 * step)) / 3, (4 * central(2 * step) - central(4 * step)) / 3
    log_t = log_quantile(Z, alpha)
    slope = slope_of_log(log_t, alpha)
    tolerance = abs(fine - coarse) + EPSILON * (1 + abs(log_t)) / step
    assert np.all(abs(slope - fine) < tolerance)
    assert np.all(abs(1.001 * slope - fine) > tolerance)  # and one that is 0.1 % off would be seen


@pytest.mark.parametrize("alpha", ALPHAS)
def test_the_tables_keep_what_the_docstring_promises(alpha: float) -> None:
    z = np.linspace(-REACH, REACH, 2003)  # within pieces and at their ends
    log_t = log_quantile(z, alpha)
    ours, derivative = looked_up(z, alpha)
    slope = slope_of_log(log_t, alpha)
    assert np.max(abs(np.expm1(ours - log_t))) < promised(alpha)
    # dT/dalpha = T d log T/dalpha: the relative errors of both count
    assert np.max(abs(np.exp(ours - log_t) * derivative / slope - 1)) < promised(alpha)


def test_the_docstring_promises_what_is_tested() -> None:
    promise = gamma_quantile.__doc__
    assert promise is not None
    assert "below 6e-12 from alpha = 1/2 up, and below 1e-9 down to 0.05" in promise


@pytest.mark.parametrize("alpha", ALPHAS)
def test_beyond_the_tables_the_last_polynomial_goes_on(alpha: float) -> None:
    """Finite numbers, even where no draw will ever be."""
    z = np.array([REACH, 10.0, 12.0])
    for side in (z, -z[::-1]):
        log_t, slope = looked_up(side, alpha)
        assert np.all(np.isfinite(log_t))
        assert np.all(np.isfinite(slope))


def test_every_number_of_the_tables_is_finite() -> None:
    for alpha in ALPHAS:
        assert np.isfinite(tables(alpha)).all()
