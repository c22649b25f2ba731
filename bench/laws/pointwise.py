"""Laws of a family that hold at every y: derivatives by differences, without draws of f.

law(family, theta, accuracy) -> the worst place where it is broken; `accuracy` is the relative error of the transport.
"""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from bench.laws.calculus import EPSILON, STEP, by_theta, differences, product
from bench.laws.finding import Finding, against
from bench.laws.parts import added, of_y, points, spread, transported
from bench.spec import Family, Floats
from bench.statistics.moments import quiet

LOG_DENSITIES: Mapping[str, Callable[[Floats], Floats]] = {  # of the channels whose law is known
    "normal": lambda z: -0.5 * (z * z + np.log(2 * np.pi)),
    "uniform": lambda u: np.zeros_like(u),
}
INSIDE = slice(3, -3)  # of the points of a uniform: near its ends differences would leave it


def first_law(family: Family, theta: Floats, accuracy: float) -> Finding | None:
    """s + dJ/dy + J * slope = 0, which makes score and path two views of one density; dJ/dy along the noise."""
    at = points(family)
    along = (
        differences(lambda t: transported(family, theta, at + t), STEP, accuracy),
        differences(lambda t: added(family.path, family, theta, at + t), STEP, accuracy),
    )
    y, by_y = along[0], along[1].value / along[0].value
    score, path = added(family.score, family, theta, at), added(family.path, family, theta, at)
    bent = path * of_y(family.slope, family, transported(family, theta, at), theta)
    error = (along[1].error + abs(by_y) * y.error) / abs(y.value)
    allowed = error + accuracy * (1 + abs(score) + abs(bent))
    return against(score + by_y + bent, 0.0, allowed, "s + dJ/dy + J * slope", tuple(family.parameters))


def path_of_transport(family: Family, theta: Floats, accuracy: float) -> Finding | None:
    """J = dT/dtheta at fixed noise; 0 stands where a parameter has none, with its reason."""
    at = points(family)
    path = added(family.path, family, theta, at)
    moved = by_theta(lambda theta: transported(family, theta, at), family, theta, accuracy, spread(family, theta))
    lacking = np.array([name in family.lacks.get("path", {}) for name in family.parameters])[:, np.newaxis]
    expected = np.where(lacking, path, moved.value)
    return against(path, expected, moved.error + accuracy * abs(path), "J = dy/dtheta", tuple(family.parameters))


def score_of_density(family: Family, theta: Floats, accuracy: float) -> Finding | None:
    """s = d log p/dtheta at fixed y."""
    at = points(family)
    y, score = transported(family, theta, at), added(family.score, family, theta, at)
    scale = spread(family, theta)
    moved = by_theta(lambda theta: of_y(family.log_density, family, y, theta), family, theta, EPSILON, scale)
    allowed = moved.error + accuracy * (1 + abs(score))
    return against(score, moved.value, allowed, "s = d log p/dtheta", tuple(family.parameters))


def slope_of_density(family: Family, theta: Floats, accuracy: float) -> Finding | None:
    """d log p/dy, with steps in proportion to dT/dnoise; not where they leave the support."""
    at = points(family)
    y = transported(family, theta, at)
    step = STEP * abs(differences(lambda t: transported(family, theta, at + t), STEP, 0.0).value)
    slope = of_y(family.slope, family, y, theta)
    moved = differences(lambda t: of_y(family.log_density, family, y + t, theta), step, EPSILON)
    inside = np.isfinite(moved.value)
    cancelled = EPSILON * (4 + abs(slope * y)) / step  # terms of log p are of size 1 also where they cancel
    allowed = moved.error + cancelled + EPSILON * abs(slope)
    return against(slope[inside], moved.value[inside], allowed[inside], "slope = d log p/dy")


@quiet
def density_of_transport(family: Family, theta: Floats, accuracy: float) -> Finding | None:
    """p(T(z)) |dT/dz| is the density of the noise; of a discrete y, p(y) is the chance of the noise that gives it."""
    breaks = tuple(family.breaks(theta))
    if family.path is None and breaks:
        at, weights = product(family.channels, 2, breaks)
        values, chances = transported(family, theta, at), np.zeros(weights.size)
        for value in np.unique(values):
            chances[values == value] = weights[values == value].sum()
        return against(np.exp(of_y(family.log_density, family, values, theta)), chances, accuracy, "p(y)")
    if (log_density := LOG_DENSITIES.get(family.channels[0].name)) is None:
        return None  # noise of the family's own, whose density it does not say
    at = points(family)[..., INSIDE] if family.channels[0].name == "uniform" else points(family)
    moved = differences(lambda t: transported(family, theta, at + t), STEP, accuracy)
    ours = of_y(family.log_density, family, transported(family, theta, at), theta) + np.log(abs(moved.value))
    expected = log_density(at[0, 0])
    allowed = moved.error / abs(moved.value) + accuracy * (1 + abs(expected))
    return against(ours, expected, allowed, "log p(y) + log |dy/dnoise|")


def _shifted(function: Callable[[float], Floats], value: float, t: float) -> Floats:
    return function(value + t)


def derived_parameters(family: Family, theta: Floats, accuracy: float) -> Finding | None:
    """d parameter/d name = 1 / (d name/d parameter), for names that say what they are: log_sigma, sigma2, softplus."""
    names = list(family.parameters)
    products, errors, named = [], [], []
    for name, (base, factor) in family.derived.items():
        inverses: Mapping[str, Callable[..., Floats]] = {
            f"log_{base}": np.log,
            f"{base}2": np.square,
            "softplus": lambda value: value + np.log(-np.expm1(-value)),
        }
        function = inverses.get(name)
        if function is not None:
            value = theta[names.index(base)]
            moved = differences(partial(_shifted, function, value), STEP * abs(value), EPSILON)
            products.append(factor(value) * moved.value)
            errors.append(abs(factor(value)) * moved.error + accuracy)
            named.append(name)
    return against(np.array(products), 1.0, np.array(errors), "d parameter/d name * d name/d parameter", named)
