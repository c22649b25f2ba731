"""The contract: what a plug-in of each kind offers, and what a cell of the grid is, as frozen data.

Arrays are float64 and C-contiguous. Shapes use the words of the project: `draws` is always the last,
contiguous axis; `d` is the dimension of y; `evaluations` the number of points a draw at which f is looked (1 unless an
estimator looks elsewhere than at mu + sigma * eps); `channels` the number of noise channels.
Kernels are functions decorated with `bench.kernels.jit.kernel`; they write to their last argument and return nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:  # slow to import, and only figures need them
    import pandas as pd
    from matplotlib.figure import Figure as Drawing

Floats = NDArray[np.float64]
Kernel = Callable[..., None]
Latent = Literal["shared", "per_datum"]

FAMILY = "normal"  # of every component of y
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
    slope: Any  # [evaluations, d, draws]  df/dy_j
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

    value(y[d, draws], data, phi, out[draws]); terms, slope, curvature(y, data, phi, out[d, draws]).
    """

    summarise: Callable[[Floats], Floats]  # x[n] -> the array `data` that the kernels read
    value: Kernel
    terms: Kernel | None = None  # a separable f = sum_j f_j has them; the oracle needs them where d > 1
    slope: Kernel | None = None
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
class Family:
    """The distribution of one component, y = T(noise; theta), with its score s and its path derivative J.

    transport(noise[channels, d, draws], j, theta, y[draws]) draws component j;
    score(weight[draws], noise, j, theta, y[draws], first, out[k, draws]) adds weight * d log p(y; theta)/d theta, and
    path(the same) adds weight * dy/d theta at fixed noise. The first component writes to `out`, the others add.
    log_density and slope(y[draws], theta, out[draws]) are log p and d log p/dy; entropy(theta) is -E log p, and
    entropy_gradient(theta) its derivatives by theta[k].
    """

    name: str
    parameters: tuple[str, ...]  # the names of theta[k]
    channels: tuple[BaseNoise, ...]
    transport: Kernel
    score: Kernel
    path: Kernel
    log_density: Kernel
    slope: Kernel
    entropy: Callable[[Floats], float]
    entropy_gradient: Callable[[Floats], Floats]
    support: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """g = w_score * s + w_path * J, summed over components: which of Derivatives' fields each weight is.

    `score`: "value" is the joint score function, all of f; "terms" the local one, each component's own term.
    `path`: "slope". One of them is given.
    """

    score: Literal["value", "terms"] | None = None
    path: Literal["slope"] | None = None

    place: ClassVar[None] = None  # f is evaluated at y
    channels: ClassVar[tuple[BaseNoise, ...]] = ()  # those of the family
    evaluations: ClassVar[int] = 1
    width: ClassVar[int] = 2

    @property
    def needs(self) -> tuple[str, ...]:
        """The fields of Derivatives that are weights."""
        return tuple(name for name in (self.score, self.path) if name)

    @property
    def structure(self) -> Literal["sum", "product"]:
        """Over the components of y: sum_j g_j, or f times a sum of scores."""
        return "product" if self.score == "value" else "sum"


@dataclass(frozen=True, slots=True)
class Points:
    """A rule that looks elsewhere than at y, or reads more of f than a weight: it writes the gradient itself.

    combine(noise[channels, d, draws], theta, phi, f: Derivatives, out[width, draws]) gives `width` contributions a
    draw. Where they are d/dtheta, the estimate is their mean over its draws.
    place(noise, theta, phi, x[evaluations, d, draws]) puts the points where f is evaluated; without it that is y.
    """

    combine: Kernel
    needs: tuple[str, ...]  # of Derivatives' fields
    structure: Literal["sum", "product"]  # over the components of y: sum_j g_j, or f times a sum of scores
    place: Kernel | None = None
    channels: tuple[BaseNoise, ...] = ()  # () is those of the family
    evaluations: int = 1  # points a draw where f is looked at
    width: int = 2


@dataclass(frozen=True, slots=True)
class Estimator:
    """A rule that turns noise and f into a gradient with respect to theta: by weights, or from points of its own.

    One that needs all draws of an estimate at once adds
    estimate(contributions[width, samples * replicates], samples, out[2, replicates]), where the estimate r owns the
    draws r, r + replicates, r + 2 * replicates, ...
    """

    name: str
    rule: Weights | Points
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

    @property
    def theta(self) -> tuple[float, float]:
        """The parameters of the family."""
        return self.mu, self.sigma
