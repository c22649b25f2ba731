"""Costs of published surveys, and kinks, a jump and poles, made of NumPy functions that declare nothing; their moments.

The moments are integrals over y by SciPy's adaptive rule, in pieces between the places where a cost is known to break.
"""

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import integrate, special

from bench import wrap
from bench.spec import Floats, Objective

Function = Callable[[Floats], Floats]
REACH = 12.0


@dataclass(frozen=True, slots=True)
class Cost:
    """f and f' of one y, and where they break or are steep: known here, not said to the oracle."""

    value: Function
    slope: Function
    places: tuple[float, ...] = ()

    def objective(self, name: str) -> Objective:
        """f as a user would hand it in."""
        return wrap.objective(name, lambda y: self.value(y[0]), slope=lambda y: self.slope(y))


def hill(k: float, centre: float = 0.0) -> Cost:
    """exp(-k (y - c)^2)."""
    width = 1 / math.sqrt(k)
    return Cost(
        lambda y: np.exp(-k * (y - centre) ** 2),
        lambda y: -2 * k * (y - centre) * np.exp(-k * (y - centre) ** 2),
        tuple(centre + width * np.arange(-8, 9, 2)),
    )


def step(place: float) -> Cost:
    """1 from a place on."""
    return Cost(lambda y: (y >= place) * 1.0, np.zeros_like, (place,))


COSTS = {
    "square": Cost(lambda y: (y + 3) ** 2, lambda y: 2 * (y + 3)),
    "hill": hill(10.0),
    "wide_hill": hill(0.1),
    "cosine": Cost(lambda y: np.cos(5 * y), lambda y: -5 * np.sin(5 * y)),
    "absolute": Cost(np.abs, np.sign, (0.0,)),
    "hinge": Cost(lambda y: np.maximum(y - 0.3, 0), lambda y: (y > 0.3) * 1.0, (0.3,)),
    "step": step(0.5),
    "huber": Cost(lambda y: np.where(abs(y) < 1, 0.5 * y * y, abs(y) - 0.5), lambda y: np.clip(y, -1, 1), (-1.0, 1.0)),
    "tanh": Cost(np.tanh, lambda y: 1 - np.tanh(y) ** 2, (-2.0, 0.0, 2.0)),
    "poles": Cost(lambda y: 1 / (1 + y * y), lambda y: -2 * y / (1 + y * y) ** 2, (-3.0, 0.0, 3.0)),
    "logistic": Cost(
        lambda y: special.expit(10 * y), lambda y: 10 * special.expit(10 * y) * special.expit(-10 * y), (-1.0, 0.0, 1.0)
    ),
}


def _integral(function: Function, density: Function, ends: tuple[float, float], places: list[float]) -> float:
    """E function(z), between all places and in pieces of 1 at most."""
    low, high = ends
    edges = np.unique([*np.arange(low, high), high, *(z for z in places if low < z < high)])
    return math.fsum(
        integrate.quad(
            lambda z: float(function(np.float64(z)) * density(np.float64(z))),
            *piece,
            epsabs=1e-14,
            epsrel=1e-11,
            limit=200,
        )[0]
        for piece in itertools.pairwise(edges)
    )


def _normal(z: Floats) -> Floats:
    return np.asarray(np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi))


def _rayleigh(w: Floats) -> Floats:
    return np.asarray(w * np.exp(-0.5 * w * w))


def variances(cost: Cost, mu: float, sigma: float, estimator: str) -> Floats:
    """The exact variance by mu and by sigma of one estimate: of one draw, of two draws with each left out in turn."""
    places = [(place - mu) / sigma for place in cost.places]

    def mean(function: Function) -> float:
        return _integral(function, _normal, (-REACH, REACH), places)

    def f(z: Floats) -> Floats:
        return cost.value(mu + sigma * z)

    def spread(g: Function) -> float:
        centre = mean(g)
        return mean(lambda z: (g(z) - centre) ** 2)

    scores: tuple[Function, Function] = (lambda z: z / sigma, lambda z: (z * z - 1) / sigma)
    paths: tuple[Function, Function] = (np.ones_like, lambda z: z)
    if estimator == "score_function":
        return np.array([spread(lambda z, s=s: f(z) * s(z)) for s in scores])  # type: ignore[misc]
    if estimator == "pathwise":
        return np.array([spread(lambda z, path=path: cost.slope(mu + sigma * z) * path(z)) for path in paths])  # type: ignore[misc]
    assert estimator == "score_function_loo"
    shift = mean(f)
    found = []
    for s in scores:  # h = (f - f') (s - s') / 2: E h^2 = (E f^2 s^2 + E f^2 E s^2 + 2 (E f s)^2) / 2, E f = E s = 0
        joint = [
            mean(lambda z, a=a, b=b, s=s: (f(z) - shift) ** a * s(z) ** b) for a, b in ((2, 2), (2, 0), (0, 2), (1, 1))
        ]
        found.append((joint[0] + joint[1] * joint[2] + 2 * joint[3] ** 2) / 2 - joint[3] ** 2)
    return np.array(found)


def variance_by_weak_derivative(cost: Cost, mu: float, sigma: float) -> float:
    """The exact variance by mu of the measure-valued gradient: f at mu +- sigma w, w Rayleigh."""
    places = [abs(place - mu) / sigma for place in cost.places]

    def difference(w: Floats) -> Floats:
        return (cost.value(mu + sigma * w) - cost.value(mu - sigma * w)) / (sigma * math.sqrt(2 * math.pi))

    second, first = (_integral(lambda w, p=p: difference(w) ** p, _rayleigh, (0.0, REACH), places) for p in (2, 1))
    return second - first**2
