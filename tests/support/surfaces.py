"""The surface that a fit descends, from words of a command line."""

import numpy as np

from bench.descent.surface import Surface, surface_of
from bench.spec import Floats
from tests.support.descents import grouped


def surface(*words: str) -> tuple[Surface, Floats]:
    """The surface that a fit descends, and the data."""
    _, plan, (group,) = grouped("samples=[1]", *words)
    return surface_of(group.stream, group.subgrids[0], plan.data, 0), next(iter(plan.data.values()), np.empty(0))
