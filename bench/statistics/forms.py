"""Quadratic forms of a standard normal vector, Q = a + b'z + z'Mz / 2: moments in closed form, joint with a second one.

log E exp(u Q + v R) = u a + v a_R + (u b + v c)'(I - u M - v N)^-1 (u b + v c) / 2 - log det(I - u M - v N) / 2, whose
coefficients in u and v are the joint cumulants k_ij / (i! j!). Mathai & Provost (1992), sections 3.2 and 3.3.
"""

from typing import NamedTuple

import numpy as np

from bench.spec import Floats
from bench.statistics.cumulants import ORDER, ORDERS, Sums


class Quadratic(NamedTuple):
    """a + b'z + z'Mz / 2, with M symmetric."""

    constant: float
    linear: Floats  # [d]
    matrix: Floats  # [d, d]


def central_moments(form: Quadratic) -> tuple[float, float, float]:
    """(mean, variance, fourth central moment)."""
    b, m = form.linear, form.matrix
    square = m @ m
    variance = float(b @ b + np.sum(m * m) / 2)
    fourth_cumulant = float(3 * np.sum(square * square) + 12 * b @ square @ b)
    return form.constant + float(np.trace(m)) / 2, variance, fourth_cumulant + 3 * variance**2


def joint_sums(f: Quadratic, s: Quadratic) -> Sums:
    """Joint cumulants of two forms, as those of sums are kept: each divided by the spread of its form."""
    scale_f, scale_s = (float(np.sqrt(central_moments(form)[1])) or 1.0 for form in (f, s))
    forms = [
        Quadratic(form.constant / scale, form.linear / scale, form.matrix / scale)
        for form, scale in ((f, scale_f), (s, scale_s))
    ]
    coefficients = _cumulants(*forms)[..., np.newaxis]
    return Sums(coefficients, np.array([scale_f * scale_s]), np.array([scale_f]))


def _cumulants(f: Quadratic, s: Quadratic) -> Floats:
    """[a, b] k_ab / (a! b!) of (F, S), by words of a letters M and b letters N.

    Of u M + v N the coefficients of the powers' traces, over twice their length, are those of -log det / 2, and those
    of b'(power)b, two letters shorter, are those of the other term.
    """
    d = f.linear.size
    words = {(0, 0): np.eye(d)}  # the sum of all words with so many letters of either kind
    for i, j in ORDERS:
        words[i, j] = np.zeros((d, d))
        for matrix, shorter in ((f.matrix, (i - 1, j)), (s.matrix, (i, j - 1))):
            if min(shorter) >= 0:
                words[i, j] += matrix @ words[shorter]
    result = np.zeros((ORDER + 1, ORDER + 1))
    for i, j in ORDERS:
        result[i, j] = np.trace(words[i, j]) / (2 * (i + j))
        for left, of_left in ((f.linear, (1, 0)), (s.linear, (0, 1))):
            for right, of_right in ((f.linear, (1, 0)), (s.linear, (0, 1))):
                rest = i - of_left[0] - of_right[0], j - of_left[1] - of_right[1]
                if min(rest) >= 0:
                    result[i, j] += left @ words[rest] @ right / 2
    result[1, 0] += f.constant
    result[0, 1] += s.constant
    return result
