"""Products in tiles are NumPy's, for rows and columns that four divides and others."""

import numpy as np
import pytest

from bench.kernels.jit import kernel
from bench.kernels.product import add_product


@kernel
def product(matrix, vectors, out):  # type: ignore[no-untyped-def]
    """out += matrix @ vectors."""
    add_product(matrix, vectors, out.shape[1], out)


@pytest.mark.parametrize("shape", [(4, 4, 8), (1, 1, 5), (7, 5, 3), (8, 31, 16), (3, 9, 1)])
def test_it_adds_the_product(shape: tuple[int, int, int]) -> None:
    m, k, draws = shape
    generator = np.random.Generator(np.random.SFC64(1))
    matrix, vectors = generator.standard_normal((m, k)), generator.standard_normal((k, draws))
    out = np.ones((m, draws))
    product(matrix, vectors, out)
    size = abs(matrix) @ abs(vectors) + 1
    assert (abs(out - 1 - matrix @ vectors) <= 8 * k * np.finfo(float).eps * size).all()
    product(matrix.T.copy().T, vectors, out)  # of any strides
    assert (abs(out - 1 - 2 * (matrix @ vectors)) <= 16 * k * np.finfo(float).eps * size).all()
