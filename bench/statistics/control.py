"""Coefficients of control variates and of mixtures, from draws: those of the least variance."""

import numpy as np

from bench.spec import Floats
from bench.statistics.moments import quiet


def summed(parts: Floats, tied: bool) -> Floats:
    """[d, k, n] The parts of components[d, k, n], or where they share their parameters their sum, d times."""
    return np.broadcast_to(parts.sum(axis=0), parts.shape) if tied else parts


@quiet
def regressed(target: Floats, control: Floats) -> Floats:
    """[...] Cov(target, control) / Var control over the last axis of both[..., n]; 0 where the control is constant."""
    centred = control - control.mean(axis=-1, keepdims=True)
    below = (centred**2).sum(axis=-1)
    return np.where(below > 0, (centred * target).sum(axis=-1) / below, 0.0)


@quiet
def by_inverse_variance(first: Floats, second: Floats) -> Floats:
    """[...] The weight of the first of two estimates[..., n], 1 less it that of the second; half where none varies."""
    of_first, of_second = first.var(axis=-1), second.var(axis=-1)
    total = of_first + of_second
    return np.where(total > 0, of_second / total, 0.5)
