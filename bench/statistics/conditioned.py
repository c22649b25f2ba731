"""Symmetric matrices of a given condition number in a random rotation, the same wherever they are asked for.

A = Q diag(lambda) Q', Q uniform over the rotations and reflections (Stewart 1980, SIAM Journal on Numerical Analysis
17(3)), lambda in geometric progression between condition^-1/2 and condition^1/2, so det A = 1.
"""

from functools import lru_cache

import numpy as np

from bench.errors import BadInput
from bench.spec import Floats

SEED = 1980
MOST_COMPONENTS, WORST = 1000, 1e12  # 8 MB of A; what a double tells from singular


def components_of(objective: str, phi: tuple[float, ...]) -> int:
    """d of phi = (dimension, condition); BadInput where that is no whole number, or where there is no such A."""
    allowed = {
        "dimension": (f"whole numbers from 1 to {MOST_COMPONENTS}", 1 <= phi[0] <= MOST_COMPONENTS),
        "condition": (f"numbers from 1 to {WORST:g}", 1 <= phi[1] <= WORST),
    }
    for (name, (words, is_inside)), value in zip(allowed.items(), phi, strict=True):
        if not is_inside or (name == "dimension" and value != int(value)):
            raise BadInput(f"objective.{objective}.{name}={value:g} is not allowed; allowed: {words}")
    return int(phi[0])


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
