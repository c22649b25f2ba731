"""Kernels of a quadratic form, f(y) = (y - c)'A(y - c) / 2 + b, whose table is phi, then b, c[d], A[d, d].

How long phi is follows from the size of the table: d is that of y. O(d^2) a draw.
"""

import numpy as np

from bench.kernels.jit import kernel
from bench.kernels.product import TILE, add_product, inlined


@inlined
def product(y, table, first, z, g):
    """z[d, m] <- y - c and g[d, m] <- A z for m draws of y[d, draws] from the first on; gives m."""
    d = y.shape[0]
    last = min(first + TILE, y.shape[1])
    matrix = table[table.size - d * d :].reshape(d, d)
    centre = table[table.size - d * d - d : table.size - d * d]
    g[:] = 0.0
    for j in range(d):
        for i in range(first, last):
            z[j, i - first] = y[j, i] - centre[j]
    add_product(matrix, z, last - first, g)
    return last - first


@kernel
def value(y, data, table, out):
    """out[draws] <- (y - c)'A(y - c) / 2 + b."""
    d = y.shape[0]
    z, g = np.empty((d, TILE)), np.empty((d, TILE))
    out[:] = table[table.size - d * d - d - 1]
    for first in range(0, y.shape[1], TILE):
        count = product(y, table, first, z, g)
        for j in range(d):
            for i in range(count):
                out[first + i] += 0.5 * z[j, i] * g[j, i]


@kernel
def slope(y, data, table, out):
    """out[j, draws] <- (A (y - c))_j."""
    d = y.shape[0]
    z, g = np.empty((d, TILE)), np.empty((d, TILE))
    for first in range(0, y.shape[1], TILE):
        count = product(y, table, first, z, g)
        for j in range(d):
            for i in range(count):
                out[j, first + i] = g[j, i]


@kernel
def curvature(y, data, table, out):
    """out[j, draws] <- A_jj."""
    d = y.shape[0]
    for j in range(d):
        out[j] = table[table.size - d * d + j * d + j]
