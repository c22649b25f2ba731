"""Kernels of a logistic regression, f(y) = sum_i log(1 + exp(x_i'y)) + |y|^2 / (2 s^2) + d log(2 pi s^2) / 2.

That is minus the log joint density of coefficients y ~ N(0, s^2 I) and labels of 0 and 1, where x_i is the design's row
with its sign turned for a label of 1. The table is s, then X[n, d]; d is that of y. Tiles of draws stay in the cache
from the product X y, through the logistic function, to the product with X'.
"""

import math

import numpy as np

from bench.kernels.elementary import exp
from bench.kernels.jit import kernel
from bench.kernels.product import ROWS, TILE, add_product, inlined


@inlined
def log1p(t):
    """log(1 + t) for t in [0, 1], to 2 units in the last place: 2 artanh(t / (2 + t)) by its Taylor series."""
    s = t / (2.0 + t)
    q = s * s
    p = 1 / 31
    p = p * q + 1 / 29
    p = p * q + 1 / 27
    p = p * q + 1 / 25
    p = p * q + 1 / 23
    p = p * q + 1 / 21
    p = p * q + 1 / 19
    p = p * q + 1 / 17
    p = p * q + 1 / 15
    p = p * q + 1 / 13
    p = p * q + 1 / 11
    p = p * q + 1 / 9
    p = p * q + 1 / 7
    p = p * q + 1 / 5
    p = p * q + 1 / 3
    return 2.0 * s + 2.0 * s * q * p


@inlined
def softplus(a):
    """log(1 + exp(a))."""
    return max(a, 0.0) + log1p(exp(-abs(a)))


@inlined
def logistic(a):
    """1 / (1 + exp(-a)), without a loss of digits on either side."""
    t = exp(-abs(a))
    return (1.0 if a >= 0.0 else t) / (1.0 + t)


@inlined
def copied(y, first, z):
    """z[d, TILE] <- the draws of y[d, draws] from the first on; gives how many."""
    count = min(TILE, y.shape[1] - first)
    for j in range(y.shape[0]):
        for i in range(count):
            z[j, i] = y[j, first + i]
    return count


@kernel
def value(y, data, table, out):
    """out[draws] <- f."""
    d = y.shape[0]
    rows, precision = table[1:].reshape(-1, d), 1.0 / table[0] ** 2
    z, a = np.empty((d, TILE)), np.empty((ROWS, TILE))
    for first in range(0, y.shape[1], TILE):
        count, target = copied(y, first, z), out[first : first + TILE]
        target[:] = d * (math.log(table[0]) + 0.5 * math.log(2.0 * math.pi))
        for j in range(d):
            for i in range(count):
                target[i] += 0.5 * precision * z[j, i] ** 2
        for r in range(0, len(rows), ROWS):
            some = rows[r : r + ROWS]
            a[:] = 0.0
            add_product(some, z, count, a)
            for i in range(count):
                a[0, i] = softplus(a[0, i])
            for k in range(1, len(some)):
                for i in range(count):
                    a[0, i] += softplus(a[k, i])
            for i in range(count):  # a sum of sums of few terms loses fewer digits
                target[i] += a[0, i]


@kernel
def slope(y, data, table, out):
    """out[j, draws] <- sum_i logistic(x_i'y) x_ij + y_j / s^2."""
    d = y.shape[0]
    rows, precision = table[1:].reshape(-1, d), 1.0 / table[0] ** 2
    z, a, g = np.empty((d, TILE)), np.empty((ROWS, TILE)), np.empty((d, TILE))
    for first in range(0, y.shape[1], TILE):
        count = copied(y, first, z)
        for j in range(d):
            for i in range(count):
                g[j, i] = precision * z[j, i]
        for r in range(0, len(rows), ROWS):
            some = rows[r : r + ROWS]
            a[:] = 0.0
            add_product(some, z, count, a)
            for k in range(len(some)):
                for i in range(count):
                    a[k, i] = logistic(a[k, i])
            add_product(some.T, a, count, g)
        for j in range(d):
            for i in range(count):
                out[j, first + i] = g[j, i]


@kernel
def curvature(y, data, table, out):
    """out[j, draws] <- sum_i logistic(x_i'y) logistic(-x_i'y) x_ij^2 + 1 / s^2."""
    d = y.shape[0]
    rows, precision = table[1:].reshape(-1, d), 1.0 / table[0] ** 2
    z, a, g, squares = np.empty((d, TILE)), np.empty((ROWS, TILE)), np.empty((d, TILE)), np.empty((ROWS, d))
    for first in range(0, y.shape[1], TILE):
        count = copied(y, first, z)
        g[:] = precision
        for r in range(0, len(rows), ROWS):
            some = rows[r : r + ROWS]
            a[:] = 0.0
            add_product(some, z, count, a)
            for k in range(len(some)):
                for j in range(d):
                    squares[k, j] = some[k, j] ** 2
                for i in range(count):
                    a[k, i] = logistic(a[k, i]) * logistic(-a[k, i])
            add_product(squares[: len(some)].T, a, count, g)
        for j in range(d):
            for i in range(count):
                out[j, first + i] = g[j, i]
