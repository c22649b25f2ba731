"""Arrays and kernels, and what an estimator may read of f."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Kernel = Callable[..., None]


class Derivatives(NamedTuple):
    """What an estimator may read of f at its evaluation points; entries it did not ask for are empty."""

    value: Any  # [evaluations, draws]     f(y)
    terms: Any  # [evaluations, d, draws]  f_j(y_j) of a separable f = sum_j f_j
    slope: Any  # [evaluations, d, draws]  df/dy_j
    curvature: Any  # [evaluations, d, draws]  d2f/dy_j2


class Component(NamedTuple):
    """What a rule of points may read of f for one component, at its evaluation points; the rest is NaN."""

    value: Any  # [evaluations, draws]  f there, or the term f_j of a separable f
    slope: Any  # [evaluations, draws]  df/dy_j
    curvature: Any  # [evaluations, draws]  d2f/dy_j2
