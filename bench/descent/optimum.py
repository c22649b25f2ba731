"""Where F is least: found on the exact surface, from a start, in the free numbers of the family.

Quasi-Newton steps first, then the root of the gradient, so that distances can be told down to round-off. Where a
parameter runs into an end of its domain, as sigma does where spread costs and nothing rewards it, the end is the place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize

from bench.descent import links, program
from bench.descent.surface import Surface
from bench.spec import Floats
from bench.statistics.moments import quiet

LONG = 4.0  # how far a logarithm has gone down that may have no stop
LEAST = 1e-8  # of the gradient by the free numbers, relative to that at the start: no stationary point is left of it
MOST = 400  # numbers whose root is looked for
FAR = 40.0  # how far a logarithm is followed
NEAR = 0.1  # how far the root may lie from where the steps ended
STATIONARY = 1e-4  # of the gradient at the start: where more is left, no optimum was found


@dataclass(frozen=True, slots=True)
class Optimum:
    """The least F, and where: at the end of a domain `theta` is that end, and infinite where F still falls."""

    theta: Floats  # [c, k]
    value: float


@quiet
def optimum(surface: Surface, start: Floats, fixed: Sequence[str] = ()) -> Optimum | None:
    """The optimum that theta[c, k] leads to, fixed parameters staying there.

    None where F is not integrated, has no least value, or was not found.
    """
    family = surface.subgrid.family
    link = np.array(links.chosen(family, links.default(family), fixed))
    moving = np.tile(links.moving(family, fixed), len(start))
    low, high = program.domain(family)
    places = links.free(start, link, low, high).ravel()
    if surface.at(start[np.newaxis]).reason:
        return None

    def theta_of(rho: Floats) -> tuple[Floats, Floats]:
        theta, rate, every = np.empty(start.shape), np.empty(start.shape), places.copy()
        every[moving] = rho
        for c, row in enumerate(every.reshape(start.shape)):
            links.follow(row, link, low, high, theta[c], rate[c])
        return theta, rate

    def height(rho: Floats) -> tuple[float, Floats]:
        theta, rate = theta_of(rho)
        try:
            heights = surface.at(theta[np.newaxis])
        except (ArithmeticError, ValueError):  # of a family's tables, at an end of its domain
            return np.inf, np.full(rho.shape, np.nan)
        return float(heights.value[0]), (heights.gradient[0] * rate).ravel()[moving]

    begin = places[moving]
    _, slope = height(begin)
    size = max(1.0, float(abs(slope).max()))
    logarithms = np.tile(link > 0, len(start))[moving]
    result = optimize.minimize(
        height,
        begin,
        jac=True,
        method="L-BFGS-B",
        bounds=[(at - FAR, at + FAR) if log else (None, None) for at, log in zip(begin, logarithms, strict=True)],
        options={"maxiter": 2000, "ftol": 0.0, "gtol": LEAST * size},
    )
    rho, ended = result.x, np.zeros(begin.size, dtype=bool)
    for i in np.flatnonzero(logarithms & (rho < begin - LONG)):
        beyond = np.where(np.arange(rho.size) == i, begin - FAR, rho)
        if height(beyond)[0] <= height(rho)[0]:
            rho, ended[i] = beyond, True

    def slopes_inside(numbers: Floats) -> Floats:
        rho[~ended] = numbers
        return height(rho)[1][~ended]

    if 0 < (~ended).sum() <= MOST:
        before = rho[~ended].copy()
        root = optimize.root(slopes_inside, before, method="hybr", options={"xtol": 1e-15})
        rho[~ended] = root.x if np.all(np.isfinite(root.x)) and abs(root.x - before).max() < NEAR else before
    theta, _ = theta_of(rho)
    value, slope = height(rho)
    if not (np.isfinite(value) and abs(slope).max() <= STATIONARY * size):
        return None
    at_end, flat = np.zeros(start.size, dtype=bool), np.zeros(start.size)
    at_end[np.flatnonzero(moving)[ended]] = True
    for i in np.flatnonzero(~logarithms & (abs(rho - begin) > LONG)):
        farther = np.where(np.arange(rho.size) == i, 2 * rho - begin, rho)
        flat[np.flatnonzero(moving)[i]] = np.sign(rho[i] - begin[i]) if height(farther)[0] <= value else 0.0
    away = np.where(flat != 0, flat * np.inf, theta.ravel()).reshape(start.shape)
    return Optimum(np.where(at_end.reshape(start.shape), low, away), value)
