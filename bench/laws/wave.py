"""An objective to try estimators on, of which nothing vanishes: no polynomial, no symmetry, all derivatives.

f(y) = sum_j sin(0.9 y_j) + 0.2 (y_j - 0.4)^2, separable over `dimension` components. A square alone would hide what is
wrong beyond second derivatives.
"""

import numpy as np

from bench.spec import Floats
from bench.wrap import objective

FREQUENCY, BEND, CENTRE = 0.9, 0.2, 0.4


def _terms(y: Floats, dimension: float) -> Floats:
    return np.asarray(np.sin(FREQUENCY * y) + BEND * (y - CENTRE) ** 2)


def _value(y: Floats, dimension: float) -> Floats:
    return np.asarray(_terms(y, dimension).sum(axis=0))


def _slope(y: Floats, dimension: float) -> Floats:
    return np.asarray(FREQUENCY * np.cos(FREQUENCY * y) + 2 * BEND * (y - CENTRE))


def _curvature(y: Floats, dimension: float) -> Floats:
    return np.asarray(-(FREQUENCY**2) * np.sin(FREQUENCY * y) + 2 * BEND)


WAVE = objective(
    "wave", _value, terms=_terms, slope=_slope, curvature=_curvature, dimension="dimension", phi={"dimension": 1}
)
