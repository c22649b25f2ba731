"""The standard normal quantile z(p), Phi(z) = p: polynomials on pieces of p, 32 to an octave, looked up by its bits.

At the upper end of a piece z is SciPy's, from there on the Taylor series of z' = 1 / phi(z), D = z', D' = z D^2, of
which a polynomial of degree 7 keeps all digits; at p = 1/2 it begins with 0, so there digits are relative too.
Errors are below 3 units in the last place; the rational functions of Wichura (1988), AS 241, need a logarithm in tails.
"""

import math

import numpy as np
from numpy.polynomial import Polynomial
from numpy.polynomial.chebyshev import cheb2poly
from scipy import special

from bench.kernels.cache import alone
from bench.kernels.jit import kernel
from bench.spec import Floats

LEAST = 2.0**-54  # smaller chances are looked up as it
OCTAVES, PIECES = 53, 32  # octaves down from 1/2, and pieces of each
COEFFICIENTS = 8  # of a piece: a cache line
TERMS = 12  # of the Taylor series, of whose ratio no piece has more than 1/33
_BITS = np.int64(47)  # of a double below those of its piece
_INSIDE = np.int64(2**47 - 1)
_FIRST = np.array(LEAST).view(np.int64)[()] >> _BITS


def _table() -> Floats:
    """[pieces + 1, COEFFICIENTS] z by rising powers of the distance from the upper end of a piece, from 0 to 1."""
    octave, piece = np.divmod(np.arange(OCTAVES * PIECES), PIECES)
    width = LEAST * 2.0**octave / PIECES
    z = special.ndtri(width * (PIECES + piece + 1))
    series = _taylor(z, -width)
    # Divided by the distance, by the Chebyshev points of (0, 1), a Chebyshev series, and powers.
    degree = COEFFICIENTS - 1
    angles = np.pi * (np.arange(degree) + 0.5) / degree
    distance = (np.cos(angles) + 1) / 2
    to_series = np.cos(np.outer(np.arange(degree), angles)) * 2 / degree
    to_series[0] /= 2
    values = series[:, 1:] @ distance ** np.arange(TERMS - 1)[:, np.newaxis]
    table = np.zeros((z.size + 1, COEFFICIENTS))  # p = 1/2 alone has the last row
    table[:-1, 0] = z
    for k, column in enumerate((values @ to_series.T).T):
        powers = Polynomial(cheb2poly([0.0] * k + [1.0]))(Polynomial([-1.0, 2.0])).coef
        table[:-1, 1 : k + 2] += np.outer(column, powers)
    return table


def _taylor(z: Floats, step: Floats) -> Floats:
    """[n, TERMS] The Taylor coefficients of the quantile at z[n], in units of step[n] of the chance."""
    series, slope = np.zeros((2, z.size, TERMS))
    series[:, 0], slope[:, 0] = z, np.sqrt(2 * np.pi) * np.exp(0.5 * z * z)
    for k in range(TERMS - 1):
        series[:, k + 1] = slope[:, k] * step / (k + 1)
        square = [sum(slope[:, i] * slope[:, m - i] for i in range(m + 1)) for m in range(k + 1)]
        slope[:, k + 1] = sum(series[:, k - m] * square[m] for m in range(k + 1)) * step / (k + 1)
    return series


TABLE = _table()


@kernel
def look_up(chances, table):
    """chances[n] in (0, 1) <- their standard normal quantiles."""
    for i in range(chances.size):  # without a branch, for which of two halves comes next is not to be guessed
        upper = 1.0 - chances[i]
        p = chances[i] if chances[i] < upper else upper
        p = p if p > LEAST else LEAST
        bits = np.float64(p).view(np.int64)
        c = table[(bits >> _BITS) - _FIRST]
        s = 1.0 - np.float64(bits & _INSIDE) * 2.0**-47
        z = ((((((c[7] * s + c[6]) * s + c[5]) * s + c[4]) * s + c[3]) * s + c[2]) * s + c[1]) * s + c[0]
        chances[i] = math.copysign(z, chances[i] - 0.5)


def quantile(chances: Floats) -> None:
    """Overwrite chances in (0, 1), a contiguous array of any shape, with their standard normal quantiles."""
    with alone(look_up):
        look_up(chances.reshape(-1, copy=False), TABLE)
