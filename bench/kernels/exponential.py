"""The standard exponential channel of noise, for pairs of densities that differ by a waiting time."""

import numpy as np

from bench.spec import BaseNoise, Floats

LOW, HIGH = -4.2, 3.9  # of t: w = exp(t - exp(-t)) from 1e-31 to 48, where the mass beyond is below 1e-20
END = 48.0  # the mass beyond is below 1e-20
LEAST = 2.0**-53  # w with no more mass below, as 36.7 has above: a chance has no more digits


def fill(generator: np.random.Generator, out: Floats) -> None:
    """Density exp(-w), w > 0."""
    generator.standard_exponential(out=out)


def double_exponential(nodes: int) -> tuple[Floats, Floats]:
    """Equal steps in t, w = exp(t - exp(-t)): integrands may have a singularity at w = 0. Takahasi & Mori (1974)."""
    t = np.linspace(LOW, HIGH, nodes)
    w = np.exp(t - np.exp(-t))
    weights = w * (1 + np.exp(-t)) * np.exp(-w)
    return w, weights / weights.sum()


def density(w: Floats) -> Floats:
    """exp(-w)."""
    return np.asarray(np.exp(-w))


def quantile(chances: Floats) -> None:
    """-log(1 - p)."""
    np.log1p(np.negative(chances, out=chances), out=chances)
    np.negative(chances, out=chances)


def mirror(w: Floats) -> Floats:
    """-log(1 - exp(-w)), and no more than that of w = LEAST."""
    return np.asarray(-np.log(-np.expm1(-np.maximum(w, LEAST))))


EXPONENTIAL = BaseNoise(
    *("exponential", fill, double_exponential), density=density, ends=(0.0, END), quantile=quantile, mirror=mirror
)
