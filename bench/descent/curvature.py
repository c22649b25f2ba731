"""Where a learner would come to rest, in its free numbers, and how F curves there.

The curvature is that of the exact gradient by differences: of steps from 1/4 down to 1e-6 those count whose two orders
agree best, and what does not agree to 1e-6 is no curvature.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.descent import links, program
from bench.descent.learners import Learner
from bench.descent.optimum import Optimum
from bench.descent.surface import Surface
from bench.spec import Family, Floats
from bench.statistics.moments import quiet

STEPS = 0.25 * 4.0 ** -np.arange(10)  # times the size of a free number, at least 1
AGREE = 1e-6  # of the largest curvature
REACHED = 1e-6  # of a free number: a longer step of Newton leads on, as where F falls for ever


@dataclass(frozen=True, slots=True)
class Rest:
    """The optimum in the free numbers of a learner."""

    link: Any  # [k]
    low: Floats  # [k]
    high: Floats  # [k]
    moving: Any  # [k] which parameters are stepped in
    rho: Floats  # [c, k]

    @property
    def inside(self) -> bool:
        """Whether it lies inside the domain, where a gradient can be zero."""
        return bool(np.isfinite(self.rho).all() and np.isfinite(self.theta(self.rho)[0]).all())

    def theta(self, rho: Floats) -> tuple[Floats, Floats]:
        """theta[..., k] and dtheta/drho[..., k]."""
        return links.followed(rho, self.link, self.low, self.high)

    def numbers(self, values: Floats) -> Floats:
        """[..., n] of values[..., c, k]: those that are stepped in."""
        return values[..., self.moving].reshape(*values.shape[:-2], -1)

    def moved(self, steps: Floats) -> Floats:
        """rho[..., c, k] at steps[..., n] from rest."""
        rho = np.broadcast_to(self.rho, (*steps.shape[:-1], *self.rho.shape)).copy()
        rho[..., self.moving] += steps.reshape(*steps.shape[:-1], len(self.rho), -1)
        return rho


@quiet
def rest_of(family: Family, learner: Learner, optimum: Optimum) -> Rest:
    """The optimum as a learner steps."""
    low, high = program.domain(family)
    link = np.array(links.chosen(family, learner.parameterisation, learner.fixed))
    return Rest(link, low, high, links.moving(family, learner.fixed), links.free(optimum.theta, link, low, high))


@quiet
def curvature(surface: Surface, rest: Rest) -> Floats | str:
    """[n, n] The second derivatives of F by the free numbers; or why there is no place to rest."""
    n = rest.numbers(rest.rho).size
    sizes = STEPS[:, np.newaxis] * np.maximum(1.0, abs(rest.numbers(rest.rho)))
    steps = np.einsum("si,ij->sij", sizes, np.eye(n))
    theta, rate = rest.theta(rest.moved(np.stack([steps, -steps])))  # [2, steps, n, c, k]
    heights = surface.at(theta.reshape(-1, *rest.rho.shape))
    if heights.reason:
        return f"no exact gradient: {heights.reason}"
    slopes = rest.numbers(heights.gradient.reshape(theta.shape) * rate)
    plain = (slopes[0] - slopes[1]) / (2 * sizes[..., np.newaxis])
    finer = (16 * plain[1:] - plain[:-1]) / 15
    size = np.nanmax(abs(finer), initial=0.0)
    moved = np.nan_to_num(abs(finer[1:] - finer[:-1]).max(axis=2), nan=np.inf)  # [steps - 2, n]
    best = moved.argmin(axis=0)
    if not size or np.any(moved.min(axis=0) > AGREE * size):
        return "the curvature at the optimum does not settle"
    rows = finer[1:][best, np.arange(n)]
    bend = np.asarray((rows + rows.T) / 2)
    if np.linalg.eigvalsh(bend)[0] <= 0:
        return "F is no bowl at the optimum"
    here, rate = rest.theta(rest.rho)
    slope = rest.numbers(surface.at(here[np.newaxis]).gradient[0] * rate)
    left = abs(np.linalg.solve(bend, slope)) / np.maximum(1.0, abs(rest.numbers(rest.rho)))
    return bend if np.all(left <= REACHED) else "F is flat where it is least: no gradient is zero there"
