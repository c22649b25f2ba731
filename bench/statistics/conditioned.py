"""Symmetric matrices of a given condition number in a random rotation, the same wherever they are asked for.

A = Q diag(lambda) Q', Q uniform over the rotations and reflections (Stewart 1980, SIAM Journal on Numerical Analysis
17(3)), lambda in geometric progression between condition^-1/2 and condition^1/2, so det A = 1.
"""

from functools import lru_cache

import numpy as np

from bench.spec import Floats

SEED = 1980


@lru_cache(maxsize=16)
def matrix_and_centre(d: int, condition: float) -> tuple[Floats, Floats]:
    """A[d, d], symmetric to the last bit, and a centre c[d] of standard normals; both read-only."""
    generator = np.random.Generator(np.random.SFC64([SEED, d]))
    rotation, triangle = np.linalg.qr(generator.standard_normal((d, d)))
    rotation *= np.sign(np.diag(triangle))
    size = np.sqrt(condition)
    matrix = (rotation * np.geomspace(1 / size, size, d)) @ rotation.T if d > 1 else np.ones((1, 1))
    matrix, centre = (matrix + matrix.T) / 2, generator.standard_normal(d)
    for array in (matrix, centre):
        array.flags.writeable = False
    return matrix, centre


@lru_cache(maxsize=16)
def table(phi: tuple[float, ...], constant: float) -> Floats:
    """(dimension, condition, constant, c, A) of phi = (dimension, condition), as kernels of quadratic forms read it."""
    matrix, centre = matrix_and_centre(int(phi[0]), phi[1])
    return np.concatenate([phi, [constant], centre, matrix.ravel()])


def mean_gradient(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
    """[d, 2] ((A (mu - c))_j, A_jj sigma_j): dE (y - c)'A(y - c) / 2 by mu and sigma of independent normals."""
    (mu, sigma), (matrix, centre) = theta.T, matrix_and_centre(int(phi[0]), phi[1])
    return np.stack([matrix @ (mu - centre), np.diag(matrix) * sigma], axis=-1)
