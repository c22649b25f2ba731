"""Joint moments of (F, S), two sums over independent components, from the moments of their parts.

Cumulants add over independent parts, so one-dimensional quadrature for each part gives the exact moments of the
product F * S in any dimension. Moments m_ab / (a! b!) and cumulants k_ab / (a! b!) are the coefficients of two power
series with M = exp(K); M' = K' M gives one from the other. McCullagh (1987), Tensor Methods in Statistics, chapter 2.
"""

import math

import numpy as np

from bench.spec import Floats

ORDER = 4  # E (F S)^4 needs the orders up to (4, 4)
ORDERS = [(a, b) for a in range(ORDER + 1) for b in range(ORDER + 1) if a + b > 0]


def joint_moments(f: Floats, s: Floats, weights: Floats) -> Floats:
    """coefficients[a, b, ...] = E f^a s^b / (a! b!), by the weights of the last axis."""
    return np.array(
        [
            [(f**a * s**b) @ weights / (math.factorial(a) * math.factorial(b)) for b in range(ORDER + 1)]
            for a in range(ORDER + 1)
        ]
    )


def _lower(a: int, b: int) -> list[tuple[int, int, int]]:
    """(i, l, weight) of the recursion a m_ab = sum i k_il m_(a-i)(b-l), by the first index that is not 0."""
    return [(i, k, i if a else k) for i in range(a + 1) for k in range(b + 1) if (i if a else k)]


def cumulants(moments: Floats) -> Floats:
    """k_ab / (a! b!) from m_ab / (a! b!), [a, b, ...]."""
    result = np.zeros_like(moments)
    for a, b in ORDERS:
        rest = [w * result[i, k] * moments[a - i, b - k] for i, k, w in _lower(a, b) if (i, k) != (a, b)]
        result[a, b] = moments[a, b] - np.sum(rest, axis=0) / (a or b)
    return result


def moments(coefficients: Floats) -> Floats:
    """m_ab / (a! b!) from k_ab / (a! b!), [a, b, ...]: the inverse of `cumulants`."""
    result = np.zeros_like(coefficients)
    result[0, 0] = 1.0
    for a, b in ORDERS:
        result[a, b] = np.sum([w * coefficients[i, k] * result[a - i, b - k] for i, k, w in _lower(a, b)], axis=0) / (
            a or b
        )
    return result


def product_moments(f: Floats, s: Floats, weights: Floats) -> Floats:
    """E (F S)^p, p = 0..4, for F = sum_j f_j and S = sum_j s_j; f[d, m] and s[d, m] at m common nodes.

    F and S are scaled to unit standard deviation on the way, so high orders keep their digits.
    """
    shift = f @ weights
    centred, score = f - shift[:, np.newaxis], s - (s @ weights)[:, np.newaxis]
    scale_f, scale_s = (np.sqrt((terms**2 @ weights).sum()) or 1.0 for terms in (centred, score))
    total = cumulants(joint_moments(centred / scale_f, score / scale_s, weights)).sum(axis=-1)
    total[1, 0] += shift.sum() / scale_f
    total[0, 1] += float((s @ weights).sum()) / scale_s
    joint = moments(total)
    return np.array([joint[p, p] * math.factorial(p) ** 2 * (scale_f * scale_s) ** p for p in range(ORDER + 1)])


def central(raw: Floats) -> tuple[Floats, Floats, Floats]:
    """(mean, variance, fourth central moment) from raw moments[0..4, ...]."""
    _, m1, m2, m3, m4 = raw
    return m1, m2 - m1**2, m4 - 4 * m1 * m3 + 6 * m1**2 * m2 - 3 * m1**4
