"""Kernels of a logistic regression on a batch of its data, f(y) = n/B sum_{i in b} log(1 + exp(x_i'y)) + the prior's.

Of `bench.kernels.logistic`, whose f it is when b holds all data. Behind the d components y has a row that tells the
batch: b is the B rows of the design from the floor(u n)-th on. The table is B, the prior's s, then X'[d, 2n], the
design twice: of each draw the products with its batch are contiguous.
"""

import math

import numpy as np

from bench.kernels.jit import kernel
from bench.kernels.logistic import logistic, softplus
from bench.kernels.product import inlined


@inlined
def products(columns, y, i, first, a):
    """a[B] <- the products of the rows first, ..., first + B - 1 of the design with draw i."""
    a[:] = 0.0
    for j in range(columns.shape[0]):
        column, component = columns[j, first : first + a.size], y[j, i]
        for k in range(a.size):
            a[k] += component * column[k]


@kernel
def value(y, data, table, out):
    """out[draws] <- f."""
    d, size = y.shape[0] - 1, int(table[0])
    columns, precision = table[2:].reshape(d, -1), 1.0 / table[1] ** 2
    n, a = columns.shape[1] // 2, np.empty(size)
    constant = d * (math.log(table[1]) + 0.5 * math.log(2.0 * math.pi))
    for i in range(out.size):
        products(columns, y, i, int(y[d, i] * n), a)
        of_data, of_prior = 0.0, 0.0
        for k in range(size):
            of_data += softplus(a[k])
        for j in range(d):
            of_prior += y[j, i] ** 2
        out[i] = n / size * of_data + 0.5 * precision * of_prior + constant


@kernel
def slope(y, data, table, out):
    """out[j, draws] <- n/B sum_{i in b} logistic(x_i'y) x_ij + y_j / s^2."""
    d, size = y.shape[0] - 1, int(table[0])
    columns, precision = table[2:].reshape(d, -1), 1.0 / table[1] ** 2
    n, a = columns.shape[1] // 2, np.empty(size)
    for i in range(out.shape[1]):
        first = int(y[d, i] * n)
        products(columns, y, i, first, a)
        for k in range(size):
            a[k] = logistic(a[k])
        for j in range(d):
            column, total = columns[j, first : first + size], 0.0
            for k in range(size):
                total += column[k] * a[k]
            out[j, i] = n / size * total + precision * y[j, i]


@kernel
def curvature(y, data, table, out):
    """out[j, draws] <- n/B sum_{i in b} logistic(x_i'y) logistic(-x_i'y) x_ij^2 + 1 / s^2."""
    d, size = y.shape[0] - 1, int(table[0])
    columns, precision = table[2:].reshape(d, -1), 1.0 / table[1] ** 2
    n, a = columns.shape[1] // 2, np.empty(size)
    for i in range(out.shape[1]):
        first = int(y[d, i] * n)
        products(columns, y, i, first, a)
        for k in range(size):
            a[k] = logistic(a[k]) * logistic(-a[k])
        for j in range(d):
            column, total = columns[j, first : first + size], 0.0
            for k in range(size):
                total += column[k] ** 2 * a[k]
            out[j, i] = n / size * total + precision
