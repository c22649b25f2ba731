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
