"""Families at several thetas, and an independent source of the same distributions."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from scipy import special, stats

from bench import registry
from bench.laws.calculus import EPSILON, product
from bench.laws.families import broken
from bench.laws.finding import Finding, against
from bench.laws.parts import of_y, points, transported
from bench.spec import Family, Floats
from tests.support.cases import EVERYTHING, THETA
from tests.support.command import TOP

LAPLACE = registry.load([str(TOP / "examples" / "laplace.py")], kinds=("family",)).get("family", "laplace")
FAMILIES: Mapping[str, Family] = {**EVERYTHING.plugins["family"], "laplace": LAPLACE}
FURTHER = {
    "normal": [(-2.0, 3.0)],
    "gamma": [(0.5, 0.8), (1.0, 1.0), (2.0, 0.5), (20.0, 3.0)],
    "bernoulli": [(-2.0,), (3.0,)],
    "laplace": [(0.3, 0.7), (-2.0, 3.0)],
}
THETAS = {name: [*([THETA[name]] if name in THETA else []), *FURTHER.get(name, [])] for name in FAMILIES}
CASES = [(family, np.array(theta)) for name, family in FAMILIES.items() for theta in THETAS[name]]

DISTRIBUTIONS: Mapping[str, Callable[[Floats], Any]] = {
    "normal": lambda theta: stats.norm(theta[0], theta[1]),
    "gamma": lambda theta: stats.gamma(theta[0], scale=1 / theta[1]),
    "bernoulli": lambda theta: stats.bernoulli(special.expit(theta[0])),
    "laplace": lambda theta: stats.laplace(theta[0], theta[1]),
}
ACCURACY = {"gamma": 6e-12}  # relative, of a transport and its path: what `bench.kernels.gamma_quantile` promises


def name_of(value: object) -> str:
    """The name of a case in a test's title."""
    if isinstance(value, str):
        return value
    return value.name if isinstance(value, Family) else "-".join(f"{part:g}" for part in np.atleast_1d(value))  # type: ignore[arg-type]


def accuracy(family: Family) -> float:
    """The relative error of y."""
    return ACCURACY.get(family.name, EPSILON)


def broken_laws(family: Family, theta: Floats) -> set[str]:
    """The names of the laws that do not hold, those of the source among them."""
    names = {*broken(family, theta, accuracy(family))}
    return names | {name for name, law in SOURCES.items() if law(family, theta)}


def density_of_source(family: Family, theta: Floats) -> Finding | None:
    """log p is SciPy's."""
    y, known = transported(family, theta, points(family)), DISTRIBUTIONS[family.name](theta)
    ours, theirs = (
        of_y(family.log_density, family, y, theta),
        (known.logpmf if family.path is None else known.logpdf)(y),
    )
    return against(ours, theirs, EPSILON * (1 + abs(theirs)))


def transport_of_source(family: Family, theta: Floats) -> Finding | None:
    """F(T(noise)) = P(noise) in the smaller tail, F being SciPy's; of a discrete y, P(y <= c) = F(c) for its values."""
    known = DISTRIBUTIONS[family.name](theta)
    if family.path is None:
        at, weights = product(family.channels, 2, family.breaks(theta))
        values = np.array(family.support)
        below = (transported(family, theta, at) <= values[:, np.newaxis]) @ weights
        return against(below, known.cdf(values), EPSILON)
    z = points(family)[0, 0]
    y = transported(family, theta, points(family))
    tail, normal = np.where(z < 0, known.cdf(y), known.sf(y)), special.ndtr(-abs(z))
    condition = known.pdf(y) * (abs(y) + known.std()) / tail
    return against(tail / normal, 1.0, accuracy(family) * (1 + condition))


SOURCES: Mapping[str, Callable[[Family, Floats], Finding | None]] = {
    "density of the source": density_of_source,
    "transport of the source": transport_of_source,
}
