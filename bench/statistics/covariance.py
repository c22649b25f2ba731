"""Moments of the sample covariance of K independent pairs (f, s), of which leave-one-out is one, for any K.

g = (P - A B / K) / (K - 1) + c B / K,  P = sum f s, A = sum f, B = sum s over the draws, E f = E s = 0.
The generating function of (P, A, B) is the K-th power of that of a single draw, whose coefficients are the joint
moments E f^(a+b) s^(a+c) / (a! b! c!). Hoeffding (1948) has the variance; McCullagh (1987), chapter 2, the algebra.
"""

import itertools
import math

import numpy as np

from bench.spec import Floats
from bench.statistics.cumulants import ORDER

ORDERS = range(ORDER + 1)
INDICES = [(a, b, c) for a, b, c in itertools.product(ORDERS, repeat=3) if a + b <= ORDER and a + c <= ORDER]


def _product(left: Floats, right: Floats) -> Floats:
    """The series [a, b, c, n] of a product, as far as E g^4 needs it."""
    result = np.zeros_like(left)
    for a, b, c in INDICES:
        result[a:, b:, c:] += left[a, b, c] * right[: ORDER + 1 - a, : ORDER + 1 - b, : ORDER + 1 - c]
    return result


def _power(series: Floats, exponent: int) -> Floats:
    """The series to a whole power > 0, by squaring."""
    result = series
    for bit in f"{exponent:b}"[1:]:
        result = _product(result, result)
        result = _product(result, series) if bit == "1" else result
    return result


def _of_draws(joint: Floats, samples: int) -> Floats:
    """E (P - E P)^a A^b B^c / (a! b! c!), [a, b, c, n], of so many draws, from E f^a s^b / (a! b!)[a, b, n]."""
    series, centring = np.zeros((2, *(ORDER + 1,) * 3, joint.shape[-1]))
    for a, b, c in INDICES:
        series[a, b, c] = joint[a + b, a + c] * math.comb(a + b, a) * math.perm(a + c, a)
    for a in ORDERS:
        centring[a, 0, 0] = (-joint[1, 1]) ** a / math.factorial(a)
    return _power(_product(series, centring), samples)


def moments(joint: Floats, samples: int, of_s: Floats | float = 0.0) -> tuple[Floats, Floats, Floats]:
    """(mean, variance, fourth central moment)[n] of g, c = `of_s`, from E f^a s^b / (a! b!)[a, b, n]; samples > 1."""
    draws, mean = _of_draws(joint, samples), joint[1, 1]
    scale = of_s * (samples - 1) / samples

    def central(order: int) -> Floats:
        """E ((P - E P) + E f s - A B / K + scale B)^order / (K - 1)^order."""
        total = np.zeros_like(mean)
        for i, k, m in itertools.product(range(order + 1), repeat=3):
            if (rest := order - i - k - m) >= 0:
                ways = math.factorial(order) / math.factorial(rest) * math.factorial(k + m) / math.factorial(m)
                total += ways * mean**rest * (-1 / samples) ** k * scale**m * draws[i, k, k + m]
        return np.asarray(total / (samples - 1) ** order)

    return mean, central(2), central(4)
