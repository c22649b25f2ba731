"""What the kernels of a family give at one theta: y, scores, paths, densities and the points of its pairs."""

import functools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from bench.spec import Component, Family, Floats, Kernel

POINTS = 16  # of noise, at which laws hold pointwise


@functools.cache
def _tables(tabulate: Callable[[Floats], Floats], theta: tuple[float, ...]) -> Floats:
    return tabulate(np.array(theta))


def tables(family: Family, theta: Floats) -> Floats:
    """Theta as the kernels read it, of each theta once."""
    return _tables(family.tabulate, tuple(map(float, theta)))


def points(family: Family) -> Floats:
    """noise[channels, 1, POINTS], none of them at a break in the middle."""
    return np.array([channel.rule(POINTS)[0] for channel in family.channels])[:, np.newaxis]


def transported(family: Family, theta: Floats, noise: Floats, j: int = 0) -> Floats:
    """y[draws] of component j."""
    y = np.empty(noise.shape[2])
    family.transport(noise, j, tables(family, theta), y)
    return y


def spread(family: Family, theta: Floats) -> float:
    """The median distance of y from its median, at most 1; 1 where y hardly moves."""
    y = transported(family, theta, points(family))
    return min(1.0, float(np.median(abs(y - np.median(y))))) or 1.0


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


def kernels_of(family: Family) -> dict[str, Kernel]:
    """Every kernel of a family by its name."""
    names = ("transport", "score", "path", "log_density", "slope")
    kernels = {name: getattr(family, name) for name in names if getattr(family, name) is not None}
    pairs = {"place": family.pairs.place, "combine": family.pairs.combine} if family.pairs else {}
    return {**kernels, **pairs}


def noise_of(family: Family, draws: int) -> Floats:
    """noise[channels, 2, draws] of the family and its pairs."""
    channels = family.pairs.channels if family.pairs else family.channels
    noise, generator = np.empty((len(channels), 2, draws)), np.random.Generator(np.random.SFC64(3))
    for channel, out in zip(channels, noise, strict=True):
        channel.fill(generator, out)
    return noise


def run(
    kernels: Mapping[str, Any], family: Family, theta: Floats, noise: Floats, j: int, out: Floats
) -> dict[str, Floats]:
    """What each kernel writes for component j, by name; score, path and combine add to out[k, draws].

    All inputs are read-only: the interpreter raises where a kernel writes to them, and the compiler refuses it.
    """
    draws, k, phi = noise.shape[2], theta.size, read_only(np.empty(0))
    looked_up, weight = read_only(family.tabulate(theta)), read_only(np.linspace(-1.0, 2.0, draws))
    noise, is_first, y = read_only(noise), not np.isfinite(out).all(), np.empty(draws)
    kernels["transport"](noise, j, looked_up, y)
    y, results = read_only(y), {"transport": y}
    for name in {"score", "path"} & kernels.keys():
        results[name] = out.copy()
        kernels[name](weight, noise, j, looked_up, y, is_first, results[name])
    for name in {"log_density", "slope"} & kernels.keys():
        results[name] = np.empty(draws)
        kernels[name](y, looked_up, results[name])
    if "place" in kernels:
        results["place"], results["combine"] = np.empty((2 * k, draws)), out.copy()
        kernels["place"](noise, j, looked_up, phi, results["place"])
        values, nothing = read_only(np.sin(results["place"])), np.full((2 * k, draws), np.nan)
        component = Component(values, nothing, nothing)
        kernels["combine"](noise, j, looked_up, phi, component, is_first, results["combine"])
    return results


def read_only(array: Floats) -> Floats:
    """A copy that nobody can write to."""
    array = array.copy()
    array.flags.writeable = False
    return array
