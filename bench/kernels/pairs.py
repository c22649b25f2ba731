"""The channels of noise of the normal's weak derivatives: Rayleigh, and Maxwell on both sides of 0."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from scipy import special

from bench.kernels import exponential, normal
from bench.kernels.normal import gauss_hermite, trapezoid
from bench.spec import BaseNoise, Floats

Rule = Callable[[int], tuple[Floats, Floats]]

END = 12.0  # the Rayleigh law has exp(-72) of its mass beyond


def fill_rayleigh(generator: np.random.Generator, out: Floats) -> None:
    """Density w exp(-w^2 / 2), w > 0."""
    generator.standard_exponential(out=out)
    np.sqrt(np.multiply(out, 2.0, out=out), out=out)


def rayleigh_rule(nodes: int) -> tuple[Floats, Floats]:
    """Equal steps of a double exponential, for w^2 / 2 is exponential: a mirror image has a singularity at w = 0."""
    w, weights = exponential.double_exponential(nodes)
    return np.sqrt(2.0 * w), weights


def fill_maxwell(generator: np.random.Generator, out: Floats) -> None:
    """Density m^2 exp(-m^2 / 2) / sqrt(2 pi) on both sides of 0: sign * sqrt(2 Gamma(3/2))."""
    generator.standard_gamma(1.5, out=out)
    np.sqrt(np.multiply(out, 2.0, out=out), out=out)
    np.copysign(out, generator.random(out.shape) - 0.5, out=out)


def maxwell_rule(nodes: int, of_normal: Rule = gauss_hermite) -> tuple[Floats, Floats]:
    """Gauss and Hermite's, with m^2 in the weights."""
    points, weights = of_normal(nodes)
    mass = weights * points**2
    return points, mass / mass.sum()


def equal_steps(nodes: int) -> tuple[Floats, Floats]:
    """The trapezoid rule's, for what oscillates."""
    return maxwell_rule(nodes, trapezoid)


def rayleigh_density(w: Floats) -> Floats:
    """w exp(-w^2 / 2)."""
    return np.asarray(w * np.exp(-0.5 * w**2))


def maxwell_density(m: Floats) -> Floats:
    """m^2 exp(-m^2 / 2) / sqrt(2 pi)."""
    return m**2 * normal.density(m)


def rayleigh_quantile(chances: Floats) -> None:
    """sqrt(-2 log(1 - p))."""
    exponential.quantile(chances)
    np.sqrt(np.multiply(chances, 2.0, out=chances), out=chances)


def rayleigh_mirror(w: Floats) -> Floats:
    """w^2 / 2 is exponential."""
    return np.asarray(np.sqrt(2.0 * exponential.mirror(0.5 * w * w)))


def maxwell_quantile(chances: Floats) -> None:
    """sign(p - 1/2) sqrt(2 G(|2 p - 1|)), G the quantile function of Gamma(3/2)."""
    chances -= 0.5
    size = np.sqrt(2.0 * special.gammaincinv(1.5, 2.0 * np.abs(chances)))
    np.copysign(size, chances, out=chances)


RAYLEIGH = BaseNoise(
    *("rayleigh", fill_rayleigh, rayleigh_rule),
    density=rayleigh_density,
    ends=(0.0, END),
    quantile=rayleigh_quantile,
    mirror=rayleigh_mirror,
)
RAYLEIGH_AGAIN = replace(RAYLEIGH, name="rayleigh_again")
MAXWELL = BaseNoise(
    *("maxwell", fill_maxwell, maxwell_rule, equal_steps, maxwell_density, (-END, END)),
    quantile=maxwell_quantile,
    mirror=normal.mirror,
)
