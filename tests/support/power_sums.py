"""Power sums of data that are there, as the engine would add them up."""

import numpy as np

from bench.spec import Floats


def power_sums(data: Floats, centre: float = 0.0) -> Floats:
    """[..., 4] Of the last axis."""
    deviations = data - centre
    squares = deviations * deviations
    powers = (deviations, squares, squares * deviations, squares * squares)
    return np.stack([power.sum(axis=-1) for power in powers], axis=-1)
