"""Joint moments of (F, S), two sums over independent components, from the moments of their parts.

Cumulants add over independent parts, so one-dimensional quadrature for each part gives the exact moments of the
product F * S in any dimension. Moments m_ab / (a! b!) and cumulants k_ab / (a! b!) are the coefficients of two power
series with M = exp(K); M' = K' M gives one from the other. McCullagh (1987), Tensor Methods in Statistics, chapter 2.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

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


class Sums(NamedTuple):
    """Joint cumulants k_ab / (a! b!) of (F, S), each divided by a scale so that high orders keep their digits."""

    cumulants: Floats  # [a, b, n]
    scale: Floats  # [n] that of F times that of S
    scale_f: Floats  # [n]

    def with_means(self, of_f: float) -> "Sums":
        """The same spread about E F = `of_f` and E S = 0."""
        centred = self.cumulants.copy()
        centred[1, 0], centred[0, 1] = of_f / self.scale_f, 0.0
        return self._replace(cumulants=centred)

    def shifted(self, by: Floats) -> "Sums":
        """(F + by[n], S)."""
        moved = self.cumulants.copy()
        moved[1, 0] += by / self.scale_f
        return self._replace(cumulants=moved)

    def products(self) -> Floats:
        """[5, n] E (F S)^p, p = 0..4."""
        joint = moments(self.cumulants)
        return np.array([joint[p, p] * math.factorial(p) ** 2 * self.scale**p for p in range(ORDER + 1)])


def sums_of(f: Floats, s: Floats, weights: Floats, untied: bool = False) -> Sums:
    """F = sum_j f_j and S = sum_j s_j, from f[d, m] and s[d, m] at m nodes of each component, with weights[d, m].

    `untied`: F beside each s_j alone, n = d; else n = 1.
    """
    shift, score_shift = (np.einsum("jm,jm->j", terms, weights) for terms in (f, s))
    centred, score = f - shift[:, np.newaxis], s - score_shift[:, np.newaxis]
    spreads = [np.einsum("jm,jm->j", terms**2, weights) for terms in (centred, score)]
    scale_f = float(np.sqrt(spreads[0].sum())) or 1.0
    scale_s = float(np.sqrt(np.max(spreads[1]) if untied else spreads[1].sum())) or 1.0
    total = cumulants(joint_moments(centred / scale_f, score / scale_s, weights))
    if untied:  # what is of F alone adds up, what is joint is that component's
        total[:, 0] = total[:, 0].sum(axis=-1, keepdims=True)
    else:
        total = total.sum(axis=-1, keepdims=True)
    total[1, 0] += shift.sum() / scale_f
    total[0, 1] += (score_shift if untied else score_shift.sum()) / scale_s
    n = total.shape[-1]
    return Sums(total, np.full(n, scale_f * scale_s), np.full(n, scale_f))


def joined(several: Sequence[Sums]) -> Sums:
    """Those of each, side by side: the first of all of them, then the second."""
    fields = (np.stack(parts, axis=-1) for parts in zip(*several, strict=True))
    return Sums(*(values.reshape(*values.shape[:-2], -1) for values in fields))


def product_moments(f: Floats, s: Floats, weights: Floats, untied: bool = False) -> Floats:
    """[5, n] E (F S)^p, p = 0..4, of `sums_of`."""
    return sums_of(f, s, weights, untied).products()


def central(raw: Floats) -> tuple[Floats, Floats, Floats]:
    """(mean, variance, fourth central moment) from raw moments[0..4, ...]."""
    _, m1, m2, m3, m4 = raw
    return m1, m2 - m1**2, m4 - 4 * m1 * m3 + 6 * m1**2 * m2 - 3 * m1**4
