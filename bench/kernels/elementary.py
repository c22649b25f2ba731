"""Elementary functions that vectorise where they are called: libm's do not.

`exp` by Cody and Waite (1980): x = n log 2 + r, |r| <= log 2 / 2, and exp(x) = 2^n exp(r) by the Taylor series.
"""

from functools import partial

import numpy as np

from bench.kernels.jit import kernel

# Rounding is part of these algorithms, so nothing may be reassociated; each caller compiles its own copy.
inlined = partial(kernel, fastmath={"contract"}, forceinline=True)

LOWEST, HIGHEST = -708.0, 709.0
PER_LOG_2 = 1.4426950408889634  # 1 / log 2
LOG_2_HIGH, LOG_2_LOW = 0.6931471803691238, 1.9082149292705877e-10  # the first has 21 zeros at its end: n * it is exact
ROUNDER = 1.5 * 2.0**52  # x + ROUNDER has the integer nearest to x in its last bits
EXPONENT = np.int64(52)  # where the exponent of a double begins


@inlined
def exp(x):  # type: ignore[no-untyped-def]
    """exp(x) to 2 units in the last place on [LOWEST, HIGHEST]; beyond it as at the ends, so never 0 and never inf."""
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
    bits = np.float64(p).view(np.int64) + (np.float64(shifted).view(np.int64) << EXPONENT)
    return np.int64(bits).view(np.float64)
