"""What is differentiated, and the data it reads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np

from bench.spec.arrays import Floats, Kernel
from bench.spec.cell import Latent

MOST_DATA = 10**8  # of a sweep, all its dataset sizes together: 2.4 GB while they are drawn, 24 bytes each


class Form(NamedTuple):
    """One way to compute f from data: its kernels, and what they read of the data.

    value(y[d, draws], data, phi, out[draws]); terms, slope, curvature(y, data, phi, out[d, draws]).
    """

    summarise: Callable[[Floats], Floats]  # x[n] -> the array `data` that the kernels read
    value: Kernel
    terms: Kernel | None = None  # of a separable f = sum_j f_j
    slope: Kernel | None = None
    curvature: Kernel | None = None


def _as_it_is(phi: tuple[float, ...]) -> Floats:
    """The kernels read phi alone."""
    return np.array(phi, dtype=float)


@dataclass(frozen=True, slots=True)
class Batches:
    """f on a random part of the data: one of count(n, phi) equally likely batches, over which its mean is `full`.

    The last parameter says how large a batch is; those before it are the parameters of `full`.
    Kernels get a row behind the d of y: u in [0, 1), the same for all draws of an estimate. All that they read of it is
    the batch, floor(u * count). So an estimate of K draws has the noise of its draws, which falls as 1/K, and that of
    its batch, which stays.
    slope_covariance[family](theta[d, k], x, phi) gives the mean over batches of Cov(df/dy_i, df/dy_j)[d, d], and
    beside it the covariance over batches of E df/dy_i: for more components than nodes fill.
    """

    full: "Objective"
    count: Callable[[int, tuple[float, ...]], int]
    slope_covariance: Mapping[str, Callable[[Floats, Floats, tuple[float, ...]], tuple[Floats, Floats]]] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class Objective:
    """f and its derivatives. `phi` holds the values of its parameters, in their order.

    Kernels get tabulate(phi) in place of phi: phi itself first, then whatever they look up.
    A `target` is minus a log density, its additive constants included; the family gives the log q of the ELBO.
    exact[family](theta[d, k], x, phi) gives dE f/dtheta[d, k], without the entropy of a target. Without it the oracle
    integrates f. In more components than nodes fill, where f is no sum over them, it knows variances by these alone:
    quadratic(x, phi) gives (A[d, d], c[d], b) of f(y) = (y - c)'A(y - c) / 2 + b, with A symmetric;
    slope_covariance[family](theta[d, k], x, phi) gives Cov(df/dy_i, df/dy_j)[d, d].
    At `breaks`, or breaks(phi), f jumps or kinks as y_j passes: the oracle integrates between them.
    `misses` names the derivatives that do not tell all of f: its slope where f jumps, its curvature where f kinks. A
    rule that reads one of them is biased: it is judged against its own mean, and its rows show the bias.
    """

    name: str
    forms: Mapping[Latent, Mapping[str, Form]]  # by latent, then `direct` (O(n) a draw) or `collapsed` (O(1))
    dimension: Callable[[Latent, int, tuple[float, ...]], int]  # (latent, n, phi) -> d
    exact: Mapping[str, Callable[[Floats, Floats, tuple[float, ...]], Floats]] = field(default_factory=dict)
    axes: Mapping[str, Sequence[float]] = field(default_factory=dict)  # name of each parameter -> its default values
    tabulate: Callable[[tuple[float, ...]], Floats] = _as_it_is
    quadratic: Callable[[Floats, tuple[float, ...]], tuple[Floats, Floats, float]] | None = None
    slope_covariance: Mapping[str, Callable[[Floats, Floats, tuple[float, ...]], Floats]] = field(default_factory=dict)
    uses_data: bool = True
    target: bool = False
    breaks: tuple[float, ...] | Callable[[tuple[float, ...]], tuple[float, ...]] = ()
    misses: tuple[Literal["slope", "curvature"], ...] = ()
    batches: Batches | None = None  # where f is of a random batch
    label: str = ""  # in words, where those of its name are not what a reader expects
    symbols: Mapping[str, str] = field(default_factory=dict)  # name of a parameter -> as a reader writes it: $h_0$
    formula: str = ""  # f(y) in LaTeX, its parameters by their symbols; for readers alone: nothing computes with it

    def breaks_at(self, phi: tuple[float, ...]) -> tuple[float, ...]:
        """The y_j where f jumps or kinks, at these parameters."""
        return tuple(self.breaks(phi)) if callable(self.breaks) else self.breaks


@dataclass(frozen=True, slots=True)
class Dataset:
    """Where x_1..x_n come from. `load(dataset_size, **parameters)` gives x[n] (all of them for None).

    Fewer values are the beginning of more: load(2) is load(5)[:2]. What is loaded again is the same.
    """

    name: str
    load: Callable[..., Floats]
    parameters: Mapping[str, Any] = field(default_factory=dict)  # name -> default; None must be given
    unit: str = ""  # of the data, for reports
    label: str = ""  # in words, where those of its name are not what a reader expects
