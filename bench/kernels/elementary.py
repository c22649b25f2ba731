"""Elementary functions that vectorise where they are called: libm's do not. exp, log and softplus = log(1 + exp).

Each is right to 2 units in the last place for every double: subnormal numbers, infinities and NaN included.

exp       x = n log 2 + r, |r| <= log 2 / 2: 2^n exp(r) by the Taylor series. Cody & Waite (1980), chapter 6
log       x = 2^n (1 + f), 1 + f from sqrt(1/2) to sqrt(2), s = f / (2 + f): log(1 + f) = f - s (f - s^2 P(s^2)), for
          log((1 + s) / (1 - s)) = 2 s + s^3 P(s^2)
softplus  max(x, 0) + log(1 + u), u = exp(-|x|), s = u / (2 + u) and a P of higher degree, for s goes up to 1/3

The polynomials P are minimax, found by Remez's exchange in 40 digits: `tests/kernels/test_elementary.py` finds them
again, to the last bit. Sines and cosines are in `bench.kernels.trigonometric`.
"""

from functools import partial

import numpy as np

from bench.kernels.jit import kernel

# Rounding is part of these algorithms, so nothing may be reassociated; each caller compiles its own copy.
inlined = partial(kernel, fastmath={"contract"}, forceinline=True)

LOWEST, HIGHEST = -746.0, 710.0  # exp is 0 below, and infinite above
PER_LOG_2 = 1.4426950408889634  # 1 / log 2
LOG_2_HIGH, LOG_2_LOW = 0.6931471803691238, 1.9082149292705877e-10  # the first has 21 zeros at its end: n * it is exact
ROUNDER = 1.5 * 2.0**52  # x + ROUNDER has the integer nearest to x in its last bits
EXPONENT = np.int64(52)  # where the exponent of a double begins
ONE = np.int64(1023 << 52)  # the bits of 1.0
FRACTION = np.int64((1 << 52) - 1)
LEAST_NORMAL, LIFT = 2.0**-1022, 54.0
INTEGER, OF_INTEGER = np.int64(0x433 << 52), 2.0**52  # the bits of 2^52: a small whole number added to them is a double
SQRT_2 = 2.0**0.5
# P of log, on s^2 <= (3 - sqrt(8))^2, to 3e-16; and of softplus, on s^2 <= 1/9, to 9e-17.
LOG = (
    *(0.666666666666667, 0.39999999999898506, 0.28571428626372447, 0.222222110771188, 0.18182892909467865),
    *(0.15331607220921065, 0.14617745760803902),
)
LOG_1P = (
    *(0.6666666666666666, 0.40000000000015246, 0.2857142856694839, 0.22222222732285749, 0.1818178874698978),
    *(0.15385588012669138, 0.13313869718013366, 0.1200351898427581, 0.0878898473594503, 0.1618757452483668),
)


@inlined
def exp(x):
    """exp(x)."""
    x = LOWEST if x < LOWEST else x
    x = HIGHEST if x > HIGHEST else x
    shifted = x * PER_LOG_2 + ROUNDER
    n = shifted - ROUNDER
    r = (x - n * LOG_2_HIGH) - n * LOG_2_LOW
    p = 1 / 6227020800
    p = p * r + 1 / 479001600
    p = p * r + 1 / 39916800
    p = p * r + 1 / 3628800
    p = p * r + 1 / 362880
    p = p * r + 1 / 40320
    p = p * r + 1 / 5040
    p = p * r + 1 / 720
    p = p * r + 1 / 120
    p = p * r + 1 / 24
    p = p * r + 1 / 6
    p = p * r + 1 / 2
    p = p * r + 1.0
    p = p * r + 1.0
    # in two steps, for 2^n alone may be too large, or p 2^n subnormal
    half = 0.5 * n + ROUNDER
    other = (n - (half - ROUNDER)) + ROUNDER
    once = np.int64(ONE + (np.float64(half).view(np.int64) << EXPONENT)).view(np.float64)
    again = np.int64(ONE + (np.float64(other).view(np.int64) << EXPONENT)).view(np.float64)
    return (p * once) * again


@inlined
def log(x):
    """log(x): -inf at 0, NaN below."""
    is_small = x < LEAST_NORMAL
    bits = np.float64(x * 2.0**LIFT if is_small else x).view(np.int64)
    n = np.int64(INTEGER + (bits >> EXPONENT)).view(np.float64) - (OF_INTEGER + 1023.0)
    m = np.int64(ONE + (bits & FRACTION)).view(np.float64)
    is_large = m > SQRT_2
    n = (n + 1.0 if is_large else n) - (LIFT if is_small else 0.0)
    f = (0.5 * m if is_large else m) - 1.0
    s = f / (2.0 + f)
    z = s * s
    p = LOG[6]
    p = p * z + LOG[5]
    p = p * z + LOG[4]
    p = p * z + LOG[3]
    p = p * z + LOG[2]
    p = p * z + LOG[1]
    p = p * z + LOG[0]
    of_positive = n * LOG_2_HIGH + (f - (s * (f - z * p) - n * LOG_2_LOW))
    of_normal = of_positive if x < np.inf else x  # infinity and NaN as they are
    of_zero = -np.inf if x == 0.0 else of_normal
    return np.nan if x < 0.0 else of_zero


@inlined
def softplus(x):
    """log(1 + exp(x))."""
    u = exp(-abs(x))
    s = u / (2.0 + u)
    z = s * s
    p = LOG_1P[9]
    p = p * z + LOG_1P[8]
    p = p * z + LOG_1P[7]
    p = p * z + LOG_1P[6]
    p = p * z + LOG_1P[5]
    p = p * z + LOG_1P[4]
    p = p * z + LOG_1P[3]
    p = p * z + LOG_1P[2]
    p = p * z + LOG_1P[1]
    p = p * z + LOG_1P[0]
    return (0.0 if x < 0.0 else x) + (u - s * (u - z * p))
