"""The contract: what a plug-in of each kind offers, and what a cell of the grid is, as frozen data.

Arrays are float64 and C-contiguous. Shapes use the words of the project: `draws` is always the last,
contiguous axis; `d` is the dimension of y; `evaluations` the number of points a draw at which f is looked (1 unless an
estimator looks elsewhere than at mu + sigma * eps); `channels` the number of noise channels.
Kernels are functions decorated with `bench.kernels.jit.kernel`; they write to their last argument and return nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:  # slow to import, and only figures need them
    import pandas as pd
    from matplotlib.figure import Figure as Drawing

Floats = NDArray[np.float64]
Kernel = Callable[..., None]
Latent = Literal["shared", "per_datum"]

REFERENCE = "pathwise"  # the estimator below every ratio, of variances and of times


def _alone(nodes: Floats) -> Floats:
    """[m] -> [1, m]: a draw on which no other depends."""
    return nodes[np.newaxis]


def _never(plugin_or_cell: object) -> None:
    """No reason to skip anything."""


class Derivatives(NamedTuple):
    """What an estimator may read of f at its evaluation points; entries it did not ask for are empty."""

    value: Any  # [evaluations, draws]     f(y)
    terms: Any  # [evaluations, d, draws]  f_j(y_j) of a separable f = sum_j f_j
    gradient: Any  # [evaluations, d, draws]  df/dy_j
    curvature: Any  # [evaluations, d, draws]  d2f/dy_j2


@dataclass(frozen=True, slots=True)
class BaseNoise:
    """One source of noise with its exact integral: `rule(nodes)` integrates against the law that `fill` draws from."""

    name: str
    fill: Callable[[np.random.Generator, Floats], None]  # overwrites a contiguous array of any shape
    rule: Callable[[int], tuple[Floats, Floats]]  # points and weights; the weights sum to 1


@dataclass(frozen=True, slots=True)
class Sampler:
    """How noise is drawn. `coupled` (1, 2, 4 or 8) draws depend on each other, and on no others."""

    name: str
    fill: Callable[[np.random.Generator, BaseNoise, Floats], None]  # [..., coupled, columns]
    coupled: int = 1
    expand: Callable[[Floats], Floats] = _alone  # [m] -> [coupled, m]: the draws a node stands for
    skip: Callable[["Estimator"], str | None] = _never


class Form(NamedTuple):
    """One way to compute f from data: its kernels, and what they read of the data.

    value(y[d, draws], data, phi, out[draws]); terms, gradient, curvature(y, data, phi, out[d, draws]).
    """

    summarise: Callable[[Floats], Floats]  # x[n] -> the array `data` that the kernels read
    value: Kernel
    terms: Kernel | None = None  # a separable f = sum_j f_j has them; the oracle needs them where d > 1
    gradient: Kernel | None = None
    curvature: Kernel | None = None


@dataclass(frozen=True, slots=True)
class Objective:
    """f, its derivatives and its exact gradient. `phi` holds the values of its parameters, in their order."""

    name: str
    forms: Mapping[Latent, Mapping[str, Form]]  # by latent, then `direct` (O(n) a draw) or `collapsed` (O(1))
    exact: Callable[
        [float, float, Floats, tuple[float, ...]], tuple[float, float]
    ]  # (mu, sigma, x, phi) -> dF/dmu, dF/dsigma
    dimension: Callable[[Latent, int, tuple[float, ...]], int]  # (latent, n, phi) -> d
    axes: Mapping[str, Sequence[float]] = field(default_factory=dict)  # name of each parameter -> its default values
    uses_data: bool = True


@dataclass(frozen=True, slots=True)
class Estimator:
    """A rule that turns noise and f into a gradient with respect to (mu, sigma).

    place(noise[channels, d, draws], mu, sigma, phi, x[evaluations, d, draws]) puts the evaluation points;
    combine(noise, mu, sigma, phi, f: Derivatives, out[width, draws]) gives `width` contributions a draw. Where they are
    the two gradients (d/dmu, d/dsigma), the estimate is their mean over its draws. An estimator that needs all
    draws of an estimate at once adds
    estimate(contributions[width, samples * replicates], samples, out[2, replicates]), where the estimate r owns the
    draws r, r + replicates, r + 2 * replicates, ...
    """

    name: str
    place: Kernel
    combine: Kernel
    needs: tuple[str, ...]  # of Derivatives' fields
    structure: Literal["sum", "product"]  # over the components of y: sum_j g_j, or f times a sum of scores
    channels: tuple[BaseNoise, ...] = ()  # () is the standard normal alone
    evaluations: int = 1  # points a draw where f is looked at
    width: int = 2
    estimate: Kernel | None = None
    degree: int = 1  # the order of the U-statistic that an estimate is: its fewest samples
    axes: Mapping[str, Sequence[float]] = field(default_factory=dict)
    skip: Callable[["Cell"], str | None] = _never  # why a cell is not for this estimator


@dataclass(frozen=True, slots=True)
class Dataset:
    """Where x_1..x_n come from. `load(dataset_size, **parameters)` gives x[n] (all of them for None)."""

    name: str
    load: Callable[..., Floats]
    parameters: Mapping[str, Any] = field(default_factory=dict)  # name -> default; None must be given
    unit: str = ""  # of the data, for reports


@dataclass(frozen=True, slots=True)
class Executor:
    """Who runs the blocks: map(function, items) yields the results in the order of the items."""

    name: str
    map: Callable[..., Any]
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows of a table that a figure shows, and what its note says of the rows that it does not show.

    The rows are the figure's CSV; a slice without rows has none.
    """

    frame: "pd.DataFrame"
    chosen: Mapping[str, float] = field(default_factory=dict)  # the one value of each axis that is cut to one
    hidden: int = 0  # rows that have no place on a log scale


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report: `select` takes a slice of the tables, `draw` shows that slice.

    `select` gives None where the tables (name -> frame) hold nothing for the figure. Both get frames of their own:
    what they write into them stays there.
    """

    name: str
    title: str
    caption: str
    select: Callable[[Mapping[str, "pd.DataFrame"]], Slice | None]
    draw: Callable[[Slice], "Drawing"]


@dataclass(frozen=True, slots=True)
class Variant:
    """A plug-in with values for its parameters. `label` is compact: `k=-3`, empty where it has none."""

    name: str
    phi: tuple[float, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One point of the grid. `dataset_size` is None for an objective without data."""

    objective: Variant
    latent: Latent
    sampler: str
    mu: float
    sigma: float
    dataset_size: int | None
    samples: int
    dimension: int
