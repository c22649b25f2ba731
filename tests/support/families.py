"""Laws of a family at one theta, each as a number: the largest error in units of what the arithmetic may cause.

A law holds where its number is at most 1. Derivatives are Richardson's extrapolations of central differences, with the
disagreement of two of them as their error; integrals are those of the channels' rules, with the change from one rule
to a finer one as theirs.
"""

import functools
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from scipy import special, stats

from bench import registry
from bench.spec import BaseNoise, Component, Family, Floats
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

# An independent source of the same distributions
DISTRIBUTIONS: Mapping[str, Callable[[Floats], Any]] = {
    "normal": lambda theta: stats.norm(theta[0], theta[1]),
    "gamma": lambda theta: stats.gamma(theta[0], scale=1 / theta[1]),
    "bernoulli": lambda theta: stats.bernoulli(special.expit(theta[0])),
    "laplace": lambda theta: stats.laplace(theta[0], theta[1]),
}
# What a derived parameter is of the family's own
MEANINGS: Mapping[str, Callable[[Any], Any]] = {
    "sigma2": np.square,
    "log_sigma": np.log,
    "softplus": lambda sigma: np.log(np.expm1(sigma)),
}

EPSILON = 64 * np.finfo(float).eps
ACCURACY = {"gamma": 6e-12}  # relative, of a transport and its path: what `bench.kernels.gamma_quantile` promises
STEP = 5e-3  # of differences, relative to the scale of what moves
POINTS = 16  # of noise, at which laws hold pointwise
NODES = 200  # of integrals over the family's own channel
PRODUCT = 60_000  # nodes of integrals over all channels of the pairs
FUNCTIONS: tuple[Callable[[Floats], Floats], ...] = (
    lambda y: y,
    lambda y: y * y,
    lambda y: np.sin(3 * y),
    lambda y: np.exp(-0.5 * y * y),
)


class Computed(NamedTuple):
    """A number with a bound on its error."""

    value: Floats
    error: Floats


def name_of(value: object) -> str:
    """The name of a case in a test's title."""
    return value.name if isinstance(value, Family) else "-".join(f"{part:g}" for part in np.atleast_1d(value))  # type: ignore[arg-type]


def accuracy(family: Family) -> float:
    """The relative error of y."""
    return ACCURACY.get(family.name, EPSILON)


@functools.cache
def _tables(tabulate: Callable[[Floats], Floats], theta: tuple[float, ...]) -> Floats:
    return tabulate(np.array(theta))


def tables(family: Family, theta: Floats) -> Floats:
    """Theta as the kernels read it, of each theta once."""
    return _tables(family.tabulate, tuple(map(float, theta)))


def points(family: Family) -> Floats:
    """noise[channels, 1, POINTS], none of them at a break."""
    return np.array([channel.rule(POINTS)[0] for channel in family.channels])[:, np.newaxis]


def transported(family: Family, theta: Floats, noise: Floats, j: int = 0) -> Floats:
    """y[draws] of component j."""
    y = np.empty(noise.shape[2])
    family.transport(noise, j, tables(family, theta), y)
    return y


def added(kernel: Any, family: Family, theta: Floats, noise: Floats, j: int = 0) -> Floats:
    """[k, draws] The score or the path: the kernel with weight 1."""
    y, out = transported(family, theta, noise, j), np.full((theta.size, noise.shape[2]), np.nan)
    kernel(np.ones(y.size), noise, j, tables(family, theta), y, True, out)
    return out


def of_y(kernel: Any, family: Family, y: Floats, theta: Floats) -> Floats:
    """[draws] The log density or its slope."""
    out = np.full(y.size, np.nan)
    kernel(y, tables(family, theta), out)
    return out


def differences(function: Callable[[Any], Floats], step: float | Floats, rounding: float) -> Computed:
    """The derivative of function(t) at t = 0, which gives its values up to this relative error."""
    values = {m: (function(m * step), function(-m * step)) for m in (1, 2, 4)}
    once, twice, fourfold = ((up - down) / (2 * m * step) for m, (up, down) in values.items())
    fine, coarse = (4 * once - twice) / 3, (4 * twice - fourfold) / 3
    size = np.max([abs(side) for sides in values.values() for side in sides], axis=0)
    return Computed((16 * fine - coarse) / 15, abs(fine - coarse) + 2 * rounding * size / step)


def by_theta(function: Callable[[Floats], Floats], family: Family, theta: Floats, rounding: float) -> Computed:
    """[k, ...] The derivative of a function of theta by each parameter."""
    parts = []
    for p, parameter in enumerate(family.parameters.values()):
        scale = theta[p] - parameter.low if np.isfinite(parameter.low) else 1.0
        unit = np.eye(theta.size)[p]
        parts.append(differences(lambda t, unit=unit: function(theta + t * unit), STEP * scale, rounding))
    return Computed(np.array([part.value for part in parts]), np.array([part.error for part in parts]))


def rule(channel: BaseNoise, nodes: int, breaks: tuple[float, ...] = ()) -> tuple[Floats, Floats]:
    """The rule of a channel that settles fastest."""
    integrate = channel.fallback or channel.rule
    return integrate(nodes, breaks) if breaks else integrate(nodes)


@functools.cache
def product(channels: tuple[BaseNoise, ...], nodes: int, breaks: tuple[float, ...]) -> tuple[Floats, Floats]:
    """(noise[channels, 1, m], weights[m]) of the product of the channels' rules."""
    rules = [rule(channel, nodes, () if c else breaks) for c, channel in enumerate(channels)]
    grids = np.meshgrid(*(at for at, _ in rules), indexing="ij")
    weights = np.meshgrid(*(weights for _, weights in rules), indexing="ij")
    return np.array([grid.ravel() for grid in grids])[:, np.newaxis], np.prod(weights, axis=0).ravel()


def expectation(
    function: Callable[[Floats], Floats], channels: tuple[BaseNoise, ...], nodes: int, breaks: tuple[float, ...]
) -> Computed:
    """E function(noise)[..., m]."""
    (coarse_at, coarse), (fine_at, fine) = (product(channels, n, breaks) for n in (nodes, nodes * 3 // 2))
    values = function(fine_at)
    value = values @ fine
    return Computed(value, abs(value - function(coarse_at) @ coarse) + EPSILON * (abs(values) @ fine))


def mean(function: Callable[[Floats, Floats], Floats], family: Family, theta: Floats) -> Computed:
    """E function(noise, y)[..., m] under the family."""
    return expectation(
        lambda noise: function(noise, transported(family, theta, noise)), family.channels, NODES, family.breaks(theta)
    )


def units(difference: Floats, tolerance: Floats) -> float:
    """The largest error in units of its tolerance; NaN counts as infinite."""
    ratio = abs(difference) / np.where(tolerance > 0, tolerance, np.finfo(float).tiny)
    return float(np.nan_to_num(ratio, nan=np.inf).max())


def first_law(family: Family, theta: Floats) -> float:
    """s + dJ/dy + J * slope = 0, which makes score and path two views of one density; dJ/dy along the noise."""
    at, precision = points(family), accuracy(family)
    along = [
        differences(lambda t, of=of: of(at + t), STEP, precision)
        for of in (
            lambda noise: transported(family, theta, noise),
            lambda noise: added(family.path, family, theta, noise),
        )
    ]
    y, by_y = along[0], along[1].value / along[0].value
    score, path = added(family.score, family, theta, at), added(family.path, family, theta, at)
    bent = path * of_y(family.slope, family, transported(family, theta, at), theta)
    error = (along[1].error + abs(by_y) * y.error) / abs(y.value)
    return units(score + by_y + bent, error + precision * (1 + abs(score) + abs(bent)))


def path_of_transport(family: Family, theta: Floats) -> float:
    """J = dT/dtheta at fixed noise."""
    at, precision = points(family), accuracy(family)
    path = added(family.path, family, theta, at)
    moved = by_theta(lambda theta: transported(family, theta, at), family, theta, precision)
    return units(path - moved.value, moved.error + precision * abs(path))


def score_of_density(family: Family, theta: Floats) -> float:
    """s = d log p/dtheta at fixed y."""
    at = points(family)
    y, score = transported(family, theta, at), added(family.score, family, theta, at)
    moved = by_theta(lambda theta: of_y(family.log_density, family, y, theta), family, theta, EPSILON)
    return units(score - moved.value, moved.error + accuracy(family) * (1 + abs(score)))


def slope_of_density(family: Family, theta: Floats) -> float:
    """d log p/dy, with steps in proportion to dT/dnoise."""
    at = points(family)
    y = transported(family, theta, at)
    step = STEP * abs(differences(lambda t: transported(family, theta, at + t), STEP, 0.0).value)
    slope = of_y(family.slope, family, y, theta)
    moved = differences(lambda t: of_y(family.log_density, family, y + t, theta), step, EPSILON)
    cancelled = 4 * EPSILON / step  # terms of log p are of size 1 also where they cancel
    return units(slope - moved.value, moved.error + cancelled + EPSILON * abs(slope))


def density_of_source(family: Family, theta: Floats) -> float:
    """log p is SciPy's."""
    y, known = transported(family, theta, points(family)), DISTRIBUTIONS[family.name](theta)
    ours, theirs = (
        of_y(family.log_density, family, y, theta),
        (known.logpmf if family.path is None else known.logpdf)(y),
    )
    return units(ours - theirs, EPSILON * (1 + abs(theirs)))


def transport_of_source(family: Family, theta: Floats) -> float:
    """F(T(noise)) = P(noise) in the smaller tail, F being SciPy's; of a discrete y, P(y <= c) = F(c) for its values."""
    known = DISTRIBUTIONS[family.name](theta)
    if family.path is None:
        at, weights = product(family.channels, 2, family.breaks(theta))
        values = np.array(family.support)
        below = (transported(family, theta, at) <= values[:, np.newaxis]) @ weights
        return units(below - known.cdf(values), EPSILON * np.ones(values.size))
    z = points(family)[0, 0]
    y = transported(family, theta, points(family))
    tail, normal = np.where(z < 0, known.cdf(y), known.sf(y)), special.ndtr(-abs(z))
    condition = known.pdf(y) * (abs(y) + known.std()) / tail
    return units(tail / normal - 1, accuracy(family) * (1 + condition))


def mean_of_score(family: Family, theta: Floats) -> float:
    """E s = 0."""
    score = mean(lambda noise, y: added(family.score, family, theta, noise), family, theta)
    return units(score.value, score.error + accuracy(family))


def entropy_of_density(family: Family, theta: Floats) -> float:
    """H = -E log p."""
    negative = mean(lambda noise, y: -of_y(family.log_density, family, y, theta), family, theta)
    return units(family.entropy(theta) - negative.value, negative.error + accuracy(family) * (1 + abs(negative.value)))


def gradient_of_entropy(family: Family, theta: Floats) -> float:
    """dH/dtheta."""
    gradient = family.entropy_gradient(theta)
    moved = by_theta(lambda theta: np.array(family.entropy(theta)), family, theta, EPSILON)
    return units(gradient - moved.value, moved.error + EPSILON * (1 + abs(gradient)))


def placed(family: Family, theta: Floats, noise: Floats, j: int = 0) -> Floats:
    """x[2 k, draws] The points of the pairs."""
    assert family.pairs is not None
    x = np.full((2 * theta.size, noise.shape[2]), np.nan)
    family.pairs.place(noise, j, tables(family, theta), np.empty(0), x)
    return x


def paired(family: Family, theta: Floats, noise: Floats, value: Floats, j: int = 0) -> Floats:
    """[k, draws] What the pairs make of these values of f."""
    assert family.pairs is not None
    out = np.full((theta.size, noise.shape[2]), np.nan)
    nothing = np.empty((0, 0))
    family.pairs.combine(noise, j, tables(family, theta), np.empty(0), Component(value, nothing, nothing), True, out)
    return out


def pairs_of_density(family: Family, theta: Floats) -> float:
    """E constant (h(plus) - h(minus)) = d E h/dtheta for several h; what has no pair stays 0."""
    assert family.pairs is not None
    lacking = np.array([name in family.lacks.get("pairs", {}) for name in family.parameters])

    def both(noise: Floats) -> Floats:
        x = placed(family, theta, noise)
        return np.array([paired(family, theta, noise, h(x)) for h in FUNCTIONS])

    channels = family.pairs.channels
    ours = expectation(both, channels, min(NODES, int(PRODUCT ** (1 / len(channels)))), family.breaks(theta))

    def moments(theta: Floats) -> Floats:
        return mean(lambda noise, y: np.array([h(y) for h in FUNCTIONS]), family, theta).value

    moved = by_theta(moments, family, theta, accuracy(family))
    exact = np.where(lacking, 0.0, moved.value.T)
    slack = accuracy(family) * (1 + abs(moments(theta)[:, np.newaxis]))
    return units(ours.value - exact, ours.error + np.where(lacking, 0.0, moved.error.T) + slack)


def components_apart(family: Family, theta: Floats) -> float:
    """E y_1 y_2 = E y_1 E y_2 over independent rows of noise."""
    at, weights = product(family.channels, NODES, family.breaks(theta))
    n = weights.size
    noise = np.concatenate([np.repeat(at, n, axis=2), np.tile(at, n)], axis=1)
    y = [transported(family, theta, noise, j) for j in (0, 1)]
    both = np.repeat(weights, n) * np.tile(weights, n)
    square = (y[0] @ both) * (y[1] @ both)
    return units((y[0] * y[1]) @ both - square, EPSILON * (abs(y[0] * y[1]) @ both))


LAWS: Mapping[str, tuple[Callable[[Family, Floats], float], tuple[str, ...]]] = {  # with the parts that they need
    "first law": (first_law, ("path", "slope")),
    "path of the transport": (path_of_transport, ("path",)),
    "score of the density": (score_of_density, ()),
    "slope of the density": (slope_of_density, ("slope",)),
    "density of the source": (density_of_source, ()),
    "transport of the source": (transport_of_source, ()),
    "mean of the score": (mean_of_score, ()),
    "entropy of the density": (entropy_of_density, ()),
    "gradient of the entropy": (gradient_of_entropy, ()),
    "pairs of the density": (pairs_of_density, ("pairs",)),
    "components apart": (components_apart, ()),
}


def applies(law: str, family: Family) -> bool:
    """Whether the family has what a law is about."""
    return all(getattr(family, part) is not None for part in LAWS[law][1])


def broken(family: Family, theta: Floats) -> set[str]:
    """The laws that do not hold."""
    return {law for law, (measure, _) in LAWS.items() if applies(law, family) and measure(family, theta) > 1}
