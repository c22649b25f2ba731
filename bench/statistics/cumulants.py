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
    """coefficients[a, b, d] = E f_j^a s_j^b / (a! b!), by the weights of each component."""
    orders = range(ORDER + 1)
    scale = [math.factorial(order) for order in orders]
    means = [[np.einsum("jm,jm,jm->j", f**a, s**b, weights) / (scale[a] * scale[b]) for b in orders] for a in orders]
    return np.array(means)


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


def product_moments(f: Floats, s: Floats, weights: Floats, untied: bool = False) -> Floats:
    """[5, 1] E (F S)^p, p = 0..4, for F = sum_j f_j and S = sum_j s_j; `untied` gives [5, d] E (F s_j)^p.

    f[d, m] and s[d, m] are at m nodes of each component, with weights[d, m]. F and S are scaled to unit standard
    deviation on the way, so high orders keep their digits.
    """
    shift, score_shift = (np.einsum("jm,jm->j", part, weights) for part in (f, s))
    centred, score = f - shift[:, np.newaxis], s - score_shift[:, np.newaxis]
    spreads = [np.einsum("jm,jm->j", part**2, weights) for part in (centred, score)]
    scale_f = np.sqrt(spreads[0].sum()) or 1.0
    scale_s = np.sqrt(np.max(spreads[1]) if untied else spreads[1].sum()) or 1.0
    of_component = cumulants(joint_moments(centred / scale_f, score / scale_s, weights))
    total = of_component.sum(axis=-1, keepdims=True)
    if untied:  # of F and one component's score: what is of F alone adds up, what is joint is that component's
        total, all_of_f = of_component.copy(), total
        total[:, 0] = all_of_f[:, 0]
    total[1, 0] += shift.sum() / scale_f
    total[0, 1] += (score_shift if untied else score_shift.sum()) / scale_s
    joint = moments(total)
    return np.array([joint[p, p] * math.factorial(p) ** 2 * (scale_f * scale_s) ** p for p in range(ORDER + 1)])


def central(raw: Floats) -> tuple[Floats, Floats, Floats]:
    """(mean, variance, fourth central moment) from raw moments[0..4, ...]."""
    _, m1, m2, m3, m4 = raw
    return m1, m2 - m1**2, m4 - 4 * m1 * m3 + 6 * m1**2 * m2 - 3 * m1**4
