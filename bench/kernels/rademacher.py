"""The channels of signs, +1 or -1 with equal chance, for perturbations of all parameters at once."""

from dataclasses import replace

import numpy as np

from bench.spec import BaseNoise, Floats


def fill(generator: np.random.Generator, out: Floats) -> None:
    """Signs."""
    out[...] = np.where(generator.random(out.shape) < 0.5, -1.0, 1.0)


def both(nodes: int) -> tuple[Floats, Floats]:
    """Both signs, however many nodes are asked for."""
    return np.array([-1.0, 1.0]), np.array([0.5, 0.5])


RADEMACHER = BaseNoise("rademacher", fill, both, ends=(-1.0, 1.0))
RADEMACHER_AGAIN = replace(RADEMACHER, name="rademacher_again")
