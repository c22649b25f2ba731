"""The standard normal channel of noise, which all continuous families are driven by."""

from dataclasses import replace
from functools import cache

import numpy as np
from scipy import special

from bench.kernels.normal_quantile import quantile
from bench.kernels.ziggurat import standard_normal
from bench.spec import BaseNoise, Floats

REACH = 9.0  # of the trapezoid rule: the density beyond is below 1e-18
EDGE = 12.0  # the density beyond is below 1e-32


def gauss_hermite(nodes: int, breaks: tuple[float, ...] = ()) -> tuple[Floats, Floats]:
    """Points and weights that integrate against the standard normal, exact for polynomials of degree 2 * nodes - 1.

    With breaks each piece between them has a share of the nodes, of Gauss and Legendre with the density as weight.
    """
    if not breaks:
        points, weights = _hermite(nodes)
        return points.copy(), weights / np.sqrt(2 * np.pi)
    ends = np.array([-EDGE, *breaks, EDGE])
    points, weights = _legendre(max(1, nodes // (len(ends) - 1)))
    width = np.diff(ends)[:, np.newaxis]
    points = (ends[:-1, np.newaxis] + width * (points + 1) / 2).ravel()
    weights = (width * weights).ravel() * np.exp(-0.5 * points**2)
    return points, weights / weights.sum()


@cache
def _hermite(nodes: int) -> tuple[Floats, Floats]:
    """Asked for each component anew, and slow to find."""
    points, weights = special.roots_hermitenorm(nodes)
    return points, weights


@cache
def _legendre(nodes: int) -> tuple[Floats, Floats]:
    """The same on (-1, 1)."""
    points, weights = np.polynomial.legendre.leggauss(nodes)
    return points, weights


def trapezoid(nodes: int, breaks: tuple[float, ...] = ()) -> tuple[Floats, Floats]:
    """Equal steps on (-REACH, REACH): geometric convergence for integrands that are analytic near the real line.

    Gauss and Hermite's nodes spread far beyond, where they are of no use against poles beside the line, as those of
    the logistic function, or against quantile functions. Trefethen & Weideman (2014), SIAM Review 56(3), section 5.
    """
    if breaks:
        return gauss_hermite(nodes, breaks)
    points = np.linspace(-REACH, REACH, nodes)
    weights = np.exp(-0.5 * points**2)
    return points, weights / weights.sum()


def density(points: Floats) -> Floats:
    """exp(-z^2 / 2) / sqrt(2 pi)."""
    return np.asarray(np.exp(-0.5 * points**2) / np.sqrt(2 * np.pi))


def mirror(z: Floats) -> Floats:
    """-z."""
    return -z


NORMAL = BaseNoise(*("normal", standard_normal, gauss_hermite, trapezoid, density, (-EDGE, EDGE)), quantile, mirror)
NORMAL_AGAIN = replace(NORMAL, name="normal_again")
