"""Products of a matrix with vectors of draws, in tiles that stay in the cache."""

from functools import partial

from bench.kernels.jit import kernel

TILE = 320  # draws of a tile
ROWS = 32  # of a tall matrix at once

inlined = partial(kernel, forceinline=True)  # each caller compiles its own copy


@inlined
def add_product(matrix, vectors, count, out):
    """out[m, TILE] += matrix[m, k] @ vectors[k, TILE], in the first `count` draws of a tile.

    Four rows by four columns at once: 16 products for 8 loads.
    """
    m, k = matrix.shape
    for r in range(0, m - 3, 4):
        o0, o1, o2, o3 = out[r], out[r + 1], out[r + 2], out[r + 3]
        for j in range(0, k - 3, 4):
            v0, v1, v2, v3 = vectors[j], vectors[j + 1], vectors[j + 2], vectors[j + 3]
            a00, a01, a02, a03 = matrix[r, j], matrix[r, j + 1], matrix[r, j + 2], matrix[r, j + 3]
            a10, a11, a12, a13 = matrix[r + 1, j], matrix[r + 1, j + 1], matrix[r + 1, j + 2], matrix[r + 1, j + 3]
            a20, a21, a22, a23 = matrix[r + 2, j], matrix[r + 2, j + 1], matrix[r + 2, j + 2], matrix[r + 2, j + 3]
            a30, a31, a32, a33 = matrix[r + 3, j], matrix[r + 3, j + 1], matrix[r + 3, j + 2], matrix[r + 3, j + 3]
            for i in range(count):
                x0, x1, x2, x3 = v0[i], v1[i], v2[i], v3[i]
                o0[i] += a00 * x0 + a01 * x1 + a02 * x2 + a03 * x3
                o1[i] += a10 * x0 + a11 * x1 + a12 * x2 + a13 * x3
                o2[i] += a20 * x0 + a21 * x1 + a22 * x2 + a23 * x3
                o3[i] += a30 * x0 + a31 * x1 + a32 * x2 + a33 * x3
    for r in range(m):
        for j in range(k // 4 * 4 if r < m // 4 * 4 else 0, k):
            for i in range(count):
                out[r, i] += matrix[r, j] * vectors[j, i]
