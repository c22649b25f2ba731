"""The distribution of one component of y."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from bench.spec.arrays import Floats, Kernel
from bench.spec.noise import BaseNoise


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter theta_p of a family: the values of its axis unless told otherwise, and its open domain."""

    values: tuple[float, ...]
    low: float = -math.inf
    high: float = math.inf


@dataclass(frozen=True, slots=True)
class Pairs:
    """Weak derivatives of one component: dp/dtheta_p = constant_p * (plus_p - minus_p), plus_p and minus_p densities.

    place(noise[channels, d, draws], j, theta, phi, x[2 k, draws]) draws component j from plus_p into row 2 p and from
    minus_p into row 2 p + 1. combine(noise, j, theta, phi, f, first, out[k, draws]) adds
    constant_p * (f.value[2 p] - f.value[2 p + 1]) to out[p]; where `first`, it writes instead.
    """

    place: Kernel
    combine: Kernel
    channels: tuple[BaseNoise, ...]  # of `noise`: the family's own first, then what the pairs need besides


def _as_it_is(theta: Floats) -> Floats:
    """The kernels read theta alone."""
    return theta


def _nowhere(theta: Floats) -> tuple[float, ...]:
    """The transport has no jumps."""
    return ()


@dataclass(frozen=True, slots=True)
class Family:
    """The distribution of one component, y = T(noise; theta), with its score s and its path derivative J.

    transport(noise[channels, d, draws], j, theta, y[draws]) draws component j;
    score(weight[draws], noise, j, theta, y[draws], first, out[k, draws]) adds weight * d log p(y; theta)/d theta, and
    path(the same) adds weight * dy/d theta at fixed noise; where `first`, they write instead.
    log_density and slope(y[draws], theta, out[draws]) are log p and d log p/dy; entropy(theta) is -E log p, and
    entropy_gradient(theta) its derivatives by theta[k]. moments(theta, out[2, 1 + k]) writes E y and its derivatives by
    theta, then Var y and its own.
    Kernels get tabulate(theta) in place of theta: theta itself first, then whatever they look up.
    breaks(theta) are the points of the first channel between which y is smooth; for a discrete y it is constant there.
    lacks["path"], ["slope"], ["pairs"], ["entropy"] say why a part is missing, by parameter: where it is missing for
    all of them, the part is None. A path of 0 is no path: y that jumps has a derivative of 0 almost everywhere.
    """

    name: str
    parameters: Mapping[str, Parameter]  # by the names of theta[k]
    channels: tuple[BaseNoise, ...]
    transport: Kernel
    score: Kernel
    log_density: Kernel
    support: tuple[float, float]
    entropy: Callable[[Floats], float] | None = None
    entropy_gradient: Callable[[Floats], Floats] | None = None
    moments: Kernel | None = None
    path: Kernel | None = None
    slope: Kernel | None = None
    pairs: Pairs | None = None
    independent_pairs: Pairs | None = None  # the same densities, plus_p and minus_p drawn independently of each other
    lacks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # part -> parameter -> reason
    tabulate: Callable[[Floats], Floats] = _as_it_is
    breaks: Callable[[Floats], tuple[float, ...]] = _nowhere
    # name -> the parameter that it is a function of, and d parameter/d name at the parameter's value
    derived: Mapping[str, tuple[str, Callable[[np.float64], np.float64]]] = field(default_factory=dict)
    combinations: Mapping[str, tuple[float, ...]] = field(default_factory=dict)  # name -> a: sum_p a_p d/d theta_p
    label: str = ""  # in words, where those of its name are not what a reader expects
    symbols: Mapping[str, str] = field(default_factory=dict)  # name of a parameter -> as a reader writes it: $h_0$

    @property
    def rows(self) -> int:
        """Numbers of the gradient of one component: by each parameter, and of each combination of them."""
        return len(self.parameters) + len(self.combinations)

    @property
    def reported(self) -> list[str]:
        """What gradients are reported by: the parameters, what is derived from one of them, combinations of them."""
        return [*self.parameters, *self.derived, *self.combinations]
