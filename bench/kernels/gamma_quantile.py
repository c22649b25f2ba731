"""The gamma quantile T(z) with F(T; alpha) = Phi(z), at rate 1, and d log T/d alpha at fixed z, also as tables.

With t = x exp(-v) below x and t = x exp(v) above, both tails and their derivatives are integrals without cancellation:

    F(x)     = p(x) x  int_0^inf exp(-alpha v + x (1 - exp(-v))) dv
    1 - F(x) = p(x) x  int_0^inf exp( alpha v - x (exp(v) - 1)) dv

and dF/dalpha has the integrands times log t - psi(alpha), of one sign below and above x = exp(psi(alpha)).
At fixed z, d log T/d alpha = -(dF/dalpha) / (p(T) T): Figurnov, Mohamed, Mnih (2018), section 3 and appendix.

The tables hold log T and d log T/d alpha as polynomials in z on short pieces: where y is drawn, nothing is inverted.
Relative errors of T and of its derivative stay below 6e-12 from alpha = 1/2 up, and below 1e-9 down to 0.05.
"""

from functools import cache, lru_cache

import numpy as np
from scipy import special

from bench.kernels.jit import subroutine
from bench.spec import Floats

REACH = 9.5  # of z in the tables; beyond it, with a chance of 2e-21, the last polynomial goes on
PIECES, DEGREE = 76, 9  # in the tables: pieces of length 1/4
NODES, NODES_OF_SMALL, SMALL_ALPHA = 160, 320, 0.15  # Chebyshev nodes in z, of which the pieces are interpolated
SMALL = 45.0  # an integrand below exp(-SMALL) of its start is left out
SIDES = 12, 8  # Newton steps on log F, then on log (1 - F) where z > 0
POINTS, WEIGHTS = np.polynomial.legendre.leggauss(128)  # of the integrals
WIDTH = 2 * DEGREE + 2  # numbers of a piece: both polynomials, highest power first


@subroutine
def piece(z, tables):
    """Where the polynomials of z begin, in tables[..., PIECES * WIDTH] behind theta[2]."""
    index = int((z + REACH) * (PIECES / (2 * REACH)))
    return 2 + WIDTH * min(max(index, 0), PIECES - 1)


@subroutine
def polynomial(z, tables, begin):
    """The polynomial whose coefficients start there, in z from the middle of its piece."""
    index = (begin - 2) // WIDTH
    t = z - ((index + 0.5) * (2 * REACH / PIECES) - REACH)
    total = tables[begin]
    for power in range(1, DEGREE + 1):
        total = total * t + tables[begin + power]
    return total


@lru_cache(maxsize=256)
def tables(alpha: float) -> Floats:
    """[PIECES * WIDTH] Coefficients of log T and of d log T/d alpha; not to be written to, for they are kept."""
    z, to_pieces = _interpolation(NODES if alpha >= SMALL_ALPHA else NODES_OF_SMALL)
    log_t = log_quantile(z, alpha)
    values = np.stack([log_t, slope_of_log(log_t, alpha)])
    by_piece = (to_pieces @ values.T).reshape(PIECES, DEGREE + 1, 2).transpose(0, 2, 1)
    coefficients = np.ascontiguousarray(by_piece).ravel()
    coefficients.flags.writeable = False
    return coefficients


@np.errstate(divide="ignore", invalid="ignore", over="ignore")
def log_quantile(z: Floats, alpha: float) -> Floats:
    """log T[z], by Newton's method on the logarithm of the smaller tail."""
    low, high = special.log_ndtr(z), special.log_ndtr(-z)
    u = (low + special.gammaln(alpha + 1)) / alpha  # F(x) <= x^alpha / Gamma(alpha + 1): from below
    for _ in range(SIDES[0]):
        tail, _ = _below(u, alpha)
        u = u - (_log_density(u, alpha) + np.log(tail) - low) * tail
    upper = z > 0
    for _ in range(SIDES[1]):
        tail, _ = _above(u[upper], alpha)
        step = (_log_density(u[upper], alpha) + np.log(tail) - high[upper]) * tail
        u[upper] += np.clip(step, -1.0, 1.0)
    return np.asarray(u)


@np.errstate(divide="ignore", invalid="ignore", over="ignore")
def slope_of_log(log_t: Floats, alpha: float) -> Floats:
    """d log T/d alpha at fixed z, for values of log T."""
    below = log_t < special.digamma(alpha)
    return np.where(below, _below(log_t, alpha)[1], _above(log_t, alpha)[1])


def _log_density(u: Floats, alpha: float) -> Floats:
    """log (p(x) x) at x = exp(u)."""
    return np.asarray(alpha * u - np.exp(u) - special.gammaln(alpha))


def _below(u: Floats, alpha: float) -> tuple[Floats, Floats]:
    """(F, -dF/dalpha) / (p(x) x) at x = exp(u); the derivative keeps its digits where u < psi(alpha)."""
    x = np.exp(u)
    end = (SMALL + x) / alpha  # there the exponent is below -SMALL; then closer, for it is concave
    for _ in range(12):
        beyond = np.maximum(alpha * end + x * np.expm1(-end) - SMALL, 0)
        end = end - beyond / np.maximum(alpha - x * np.exp(-end), 1e-300)
    v = end[:, np.newaxis] * (POINTS + 1) / 2
    mass = np.exp(-alpha * v - x[:, np.newaxis] * np.expm1(-v)) * WEIGHTS * end[:, np.newaxis] / 2
    return mass.sum(axis=1), (mass * (special.digamma(alpha) - u[:, np.newaxis] + v)).sum(axis=1)


def _above(u: Floats, alpha: float) -> tuple[Floats, Floats]:
    """(1 - F, -dF/dalpha) / (p(x) x) at x = exp(u); the derivative keeps its digits where u > psi(alpha)."""
    x = np.exp(u)
    end = np.log1p((SMALL + alpha * 8) / x) + 1.0
    for _ in range(12):
        beyond = np.maximum(x * np.expm1(end) - alpha * end - SMALL, 0)
        end = end - beyond / np.maximum(x * np.exp(end) - alpha, 1e-300)
    v = end[:, np.newaxis] * (POINTS + 1) / 2
    mass = np.exp(alpha * v - x[:, np.newaxis] * np.expm1(v)) * WEIGHTS * end[:, np.newaxis] / 2
    return mass.sum(axis=1), (mass * (u[:, np.newaxis] + v - special.digamma(alpha))).sum(axis=1)


@cache
def _interpolation(nodes: int) -> tuple[Floats, Floats]:
    """(z[nodes], matrix[PIECES * (DEGREE + 1), nodes]): from values at z to the coefficients of the pieces."""
    x = np.cos((np.arange(nodes) + 0.5) * np.pi / nodes)
    middles = (np.arange(PIECES) + 0.5) * (2 * REACH / PIECES) - REACH
    half = REACH / PIECES
    local = np.cos((np.arange(DEGREE + 1) + 0.5) * np.pi / (DEGREE + 1))
    powers = np.linalg.inv(np.vander(local, DEGREE + 1)) / half ** np.arange(DEGREE, -1, -1)[:, np.newaxis]
    at = (middles[:, np.newaxis] + half * local) / REACH  # [PIECES, DEGREE + 1]
    to_values = np.polynomial.chebyshev.chebvander(at, nodes - 1) @ (
        np.polynomial.chebyshev.chebvander(x, nodes - 1).T * np.where(np.arange(nodes) > 0, 2, 1)[:, np.newaxis] / nodes
    )
    return x * REACH, np.asarray(powers @ to_values).reshape(-1, nodes)
