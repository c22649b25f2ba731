"""Measure-valued gradient (weak derivative): f at draws from the positive and the negative part of dp/dtheta.

Approximates  grad E f(y)
With          E[ f(mu + sigma w) - f(mu - sigma w) ] / (sigma sqrt(2 pi)),  w Rayleigh,                    for mu
              E[ f(mu + sigma m) - f(mu + sigma eps) ] / sigma,  m double-sided Maxwell, eps normal,  for sigma
Requires      f separable where d > 1; not differentiable anywhere.            Mohamed et al. (2020), section 6.
"""

import math

import numpy as np

from bench.kernels.jit import kernel
from bench.kernels.normal import NORMAL, gauss_hermite
from bench.spec import BaseNoise, Estimator, Points

END = 12.0  # the Rayleigh law has exp(-72) of its mass beyond


def fill_rayleigh(generator, out):
    """Density w exp(-w^2 / 2), w > 0."""
    out[...] = generator.rayleigh(size=out.shape)


def rayleigh_rule(nodes):
    """Gauss-Legendre on (0, END) against the density."""
    points, weights = np.polynomial.legendre.leggauss(nodes)
    w = (points + 1) * END / 2
    mass = weights * END / 2 * w * np.exp(-w * w / 2)
    return w, mass / mass.sum()


def fill_maxwell(generator, out):
    """Density m^2 exp(-m^2 / 2) / sqrt(2 pi) on both sides of 0."""
    out[...] = np.sqrt(generator.chisquare(3, out.shape)) * np.where(generator.random(out.shape) < 0.5, -1.0, 1.0)


def maxwell_rule(nodes):
    """Gauss-Hermite with m^2 in the weights."""
    points, weights = gauss_hermite(nodes)
    return points, weights * points**2


@kernel
def place(noise, theta, phi, x):
    """x <- mu + sigma * (w, -w, m, eps)."""
    mu, sigma = theta[0], theta[1]
    for j in range(noise.shape[1]):
        for i in range(noise.shape[2]):
            x[0, j, i] = mu + sigma * noise[0, j, i]
            x[1, j, i] = mu - sigma * noise[0, j, i]
            x[2, j, i] = mu + sigma * noise[1, j, i]
            x[3, j, i] = mu + sigma * noise[2, j, i]


@kernel
def combine(noise, theta, phi, f, out):
    """Differences of f between the two parts, times the constant of each parameter."""
    sigma = theta[1]
    for i in range(noise.shape[2]):
        out[0, i] = (f.value[0, i] - f.value[1, i]) / (sigma * math.sqrt(2.0 * math.pi))
        out[1, i] = (f.value[2, i] - f.value[3, i]) / sigma


PLUGIN = Estimator(
    "measure_valued",
    Points(
        combine=combine,
        needs=("value",),
        structure="sum",
        place=place,
        channels=(
            BaseNoise("rayleigh", fill_rayleigh, rayleigh_rule),
            BaseNoise("maxwell", fill_maxwell, maxwell_rule),
            NORMAL,
        ),
        evaluations=4,
    ),
)
