"""Channels of noise against their rules: moments of draws, in standard errors; integrals, in units of round-off."""

from collections.abc import Callable

import numpy as np
from scipy import stats

from bench.spec import BaseNoise, Floats

DRAWS = 200_000
POWERS = (1, 2, 3, 4)


def bound(tests: int) -> float:
    """Standard errors that one of so many moments exceeds with a chance of 1e-6."""
    return float(stats.norm.isf(1e-6 / 2 / tests))


def drawn(channel: BaseNoise, seed: int = 11) -> Floats:
    """[DRAWS], after an array of two rows has been filled and seen to be wholly overwritten."""
    generator = np.random.Generator(np.random.SFC64(seed))
    small = np.full((2, 3), np.nan)
    channel.fill(generator, small)
    assert np.isfinite(small).all()
    out = np.empty(DRAWS)
    channel.fill(generator, out)
    return out


def standard_errors(channel: BaseNoise, draws: Floats) -> Floats:
    """[POWERS] How far the moments of draws are from those of the rule."""
    points, weights = channel.rule(120)
    z = []
    for power in POWERS:
        mean, square = weights @ points**power, weights @ points ** (2 * power)
        z.append((np.mean(draws**power) - mean) / np.sqrt((square - mean**2) / draws.size))
    return np.array(z)


def integral(channel: BaseNoise, function: Callable[[Floats], Floats], nodes: int = 120) -> float:
    """E function(noise) by the rule."""
    points, weights = channel.rule(nodes)
    return float(weights @ function(points))
