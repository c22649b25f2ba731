"""Sines and cosines of rows of numbers, in loops that vectorise: libm's do not.

x = N pi/2 + r with N even for the sine and odd for the cosine, |r| <= pi/2: both are sin(r), or minus that. pi/2 is
taken in four parts, of which N times each of the first three is exact. Cody & Waite (1980), chapter 8.
sin(r) = r + r^3 P(r^2), P minimax on r^2 <= (pi/2)^2, to 4e-19: Remez's exchange in 40 digits, which
`tests/kernels/test_trigonometric.py` repeats to the last bit.

Right to 2 units in the last place up to |x| = REACH. What lies beyond is left to libm, one number after the other.
"""

import math

import numpy as np

from bench.kernels.elementary import ROUNDER, inlined

REACH = 1e6  # where N is below 2^20
PER_PI = 0.3183098861837907  # 1 / pi
HALF_PI = (1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32)
SINE = (
    *(-0.16666666666666666, 0.008333333333333316, -0.00019841269841254999, 2.755731921916942e-06),
    *(-2.505210761771278e-08, 1.6058977355053812e-10, -7.643971551992377e-13, 2.731459300087156e-15),
)
SIGN = np.int64(63)  # the bit of a double that holds it


@inlined
def _signed_sine(x, multiple, turns):
    """sin(x - multiple pi/2), and minus that where the last bit of `turns` is set."""
    first = x - multiple * HALF_PI[0]
    second = first - multiple * HALF_PI[1]
    lost = (first - second) - multiple * HALF_PI[1]  # in the rounding of the second; 0 where that is small
    r = (second + (lost - multiple * HALF_PI[2])) - multiple * HALF_PI[3]
    z = r * r
    p = SINE[7]
    p = p * z + SINE[6]
    p = p * z + SINE[5]
    p = p * z + SINE[4]
    p = p * z + SINE[3]
    p = p * z + SINE[2]
    p = p * z + SINE[1]
    p = p * z + SINE[0]
    result = r + (r * z) * p
    return np.int64(np.float64(result).view(np.int64) ^ (np.float64(turns).view(np.int64) << SIGN)).view(np.float64)


@inlined
def sines(scale, x, out):
    """out[n] <- sin(scale * x[n]); out is another array than x."""
    beyond = 0
    for i in range(x.size):
        at = scale * x[i]
        turns = at * PER_PI + ROUNDER
        out[i] = _signed_sine(at, 2.0 * (turns - ROUNDER), turns)
        beyond += not abs(at) <= REACH
    if beyond:
        for i in range(x.size):
            if not abs(scale * x[i]) <= REACH:
                out[i] = math.sin(scale * x[i])


@inlined
def cosines(scale, x, out):
    """out[n] <- cos(scale * x[n]); out is another array than x."""
    beyond = 0
    for i in range(x.size):
        at = scale * x[i]
        turns = (at * PER_PI - 0.5) + ROUNDER
        out[i] = _signed_sine(at, 2.0 * (turns - ROUNDER) + 1.0, turns + 1.0)
        beyond += not abs(at) <= REACH
    if beyond:
        for i in range(x.size):
            if not abs(scale * x[i]) <= REACH:
                out[i] = math.cos(scale * x[i])
