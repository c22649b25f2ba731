"""Laws of a family that hold in expectation, by the rules of its channels.

law(family, theta, accuracy) -> the worst place where it is broken; `accuracy` is the relative error of the transport.
"""

from collections.abc import Callable

import numpy as np

from bench.laws.calculus import EPSILON, Computed, by_theta, expectation, product
from bench.laws.finding import Finding, against
from bench.laws.parts import added, of_y, paired, placed, tables, transported
from bench.spec import BaseNoise, Family, Floats

NODES = 200  # of integrals over one channel
FEW = 6  # nodes of a channel, at which it is seen to be read
MOST = 60_000  # nodes of integrals over several
FUNCTIONS: tuple[Callable[[Floats], Floats], ...] = (
    lambda y: y,
    lambda y: y * y,
    lambda y: np.sin(3 * y),
    lambda y: np.exp(-0.5 * y * y),
)


def _nodes(channels: tuple[BaseNoise, ...]) -> int:
    """Nodes of each channel."""
    return min(NODES, int(MOST ** (1 / len(channels))))


def mean(function: Callable[[Floats, Floats], Floats], family: Family, theta: Floats) -> Computed:
    """E function(noise, y)[..., m] under the family."""
    return expectation(
        lambda noise: function(noise, transported(family, theta, noise)),
        family.channels,
        _nodes(family.channels),
        tuple(family.breaks(theta)),
    )


def mean_of_score(family: Family, theta: Floats, accuracy: float) -> Finding | None:
    """E s = 0, up to what E |s| is."""

    def with_sizes(noise: Floats, y: Floats) -> Floats:
        score = added(family.score, family, theta, noise)
        return np.concatenate([score, abs(score)])

    score = mean(with_sizes, family, theta)
    value, size = np.split(score.value, 2)
    allowed = score.error[: theta.size] + accuracy * (1 + size)
    return against(value, 0.0, allowed, "E s", tuple(family.parameters))


def entropy_of_density(family: Family, theta: Floats, accuracy: float) -> Finding | None:
    """H = -E log p."""
    assert family.entropy is not None
    negative = mean(lambda noise, y: -of_y(family.log_density, family, y, theta), family, theta)
    allowed = negative.error + accuracy * (1 + abs(negative.value))
    return against(family.entropy(theta), negative.value, allowed, "entropy = -E log p")


def gradient_of_entropy(family: Family, theta: Floats, accuracy: float) -> Finding | None:
    """dH/dtheta."""
    assert family.entropy is not None
    assert family.entropy_gradient is not None
    entropy, gradient = family.entropy, family.entropy_gradient(theta)
    moved = by_theta(lambda theta: np.array(entropy(theta)), family, theta, EPSILON)
    allowed = moved.error + EPSILON * (1 + abs(gradient))
    return against(gradient, moved.value, allowed, "d entropy/dtheta", tuple(family.parameters))


def moments_of_density(family: Family, theta: Floats, accuracy: float) -> Finding | None:
    """E y and Var y, and their derivatives by theta."""
    assert family.moments is not None
    out = np.full((2, 1 + theta.size), np.nan)
    family.moments(tables(family, theta), out)

    def both(theta: Floats) -> Floats:
        first, second = mean(lambda noise, y: np.array([y, y * y]), family, theta).value
        return np.array([first, second - first**2])

    moved = by_theta(both, family, theta, accuracy)
    exact, error = np.column_stack([both(theta), moved.value.T]), np.column_stack([np.zeros(2), moved.error.T])
    allowed = error + accuracy * (1 + abs(exact))
    return against(out, exact, allowed, "E y and Var y, with their derivatives")


def pairs_of_density(family: Family, theta: Floats, accuracy: float) -> Finding | None:
    """E constant (h(plus) - h(minus)) = d E h/dtheta for several h; what has no pair stays 0."""
    assert family.pairs is not None
    lacking = np.array([name in family.lacks.get("pairs", {}) for name in family.parameters])

    channels, read = family.pairs.channels, _read(family, theta)

    def both(noise: Floats) -> Floats:
        of_all = np.ones((len(channels), *noise.shape[1:]))
        of_all[read] = noise
        x = placed(family, theta, of_all)
        return np.array([paired(family, theta, of_all, h(x)) for h in FUNCTIONS])

    over, breaks = tuple(channels[c] for c in read), tuple(family.breaks(theta)) if 0 in read else ()
    ours = expectation(both, over, _nodes(over), breaks)

    def moments(theta: Floats) -> Floats:
        return mean(lambda noise, y: np.array([h(y) for h in FUNCTIONS]), family, theta).value

    moved = by_theta(moments, family, theta, accuracy)
    exact = np.where(lacking, 0.0, moved.value.T)
    slack = accuracy * (1 + abs(moments(theta)[:, np.newaxis]))
    allowed = ours.error + np.where(lacking, 0.0, moved.error.T) + slack
    return against(ours.value.T, exact.T, allowed.T, "E of the pairs = d E h/dtheta", tuple(family.parameters))


def _read(family: Family, theta: Floats) -> list[int]:
    """The channels that move the points of the pairs, at least one: nodes of others would be spent in vain."""
    assert family.pairs is not None
    noise, _ = product(family.pairs.channels, FEW, ())
    x = placed(family, theta, noise)

    def moves(c: int) -> bool:
        still = noise.copy()
        still[c] = noise[c, 0, 0]
        return not np.array_equal(placed(family, theta, still), x)

    return [c for c in range(len(noise)) if moves(c)] or [0]


def components_apart(family: Family, theta: Floats, accuracy: float) -> Finding | None:
    """E y_1 y_2 = E y_1 E y_2 over independent rows of noise."""
    at, weights = product(family.channels, int(NODES ** (1 / len(family.channels))), tuple(family.breaks(theta)))
    n = weights.size
    noise = np.concatenate([np.repeat(at, n, axis=2), np.tile(at, n)], axis=1)
    y = [transported(family, theta, noise, j) for j in (0, 1)]
    both = np.repeat(weights, n) * np.tile(weights, n)
    square = (y[0] @ both) * (y[1] @ both)
    allowed = EPSILON * (abs(y[0] * y[1]) @ both)
    return against((y[0] * y[1]) @ both, square, allowed, "E y_1 y_2 = E y_1 E y_2")
