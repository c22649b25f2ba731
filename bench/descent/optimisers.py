"""Optimisers and their schedules, as numbers for each step that the loop reads.

sgd   rho <- rho - a_t g
adam  m <- b1 m + (1 - b1) g,  v <- b2 v + (1 - b2) g^2,  rho <- rho - a_t (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + e)
      with b1 = 0.9, b2 = 0.999, e = 1e-8. Kingma & Ba (2015), algorithm 1.
The rate a_t of step t = 1, 2, ..., S with the learning rate a: constant a; cosine a (1 + cos(pi (t - 1) / S)) / 2,
Loshchilov & Hutter (2017), section 3, without restarts; inverse a / t, Robbins & Monro (1951), section 2.
"""

import numpy as np

from bench.spec import Floats

FIRST, SECOND, SMALL = 0.9, 0.999, 1e-8  # b1, b2 and e of adam


def rates(schedule: str, learning_rate: float, steps: int) -> Floats:
    """[steps] The rate of each step."""
    t = np.arange(1.0, steps + 1)
    if schedule == "cosine":
        return np.asarray(learning_rate * (1 + np.cos(np.pi * (t - 1) / steps)) / 2)
    return np.asarray(learning_rate / t if schedule == "inverse" else np.full(steps, learning_rate))


def corrections(steps: int) -> Floats:
    """[steps, 2] 1 - b1^t and 1 - b2^t."""
    t = np.arange(1.0, steps + 1)
    return np.stack([1 - FIRST**t, 1 - SECOND**t], axis=-1)
