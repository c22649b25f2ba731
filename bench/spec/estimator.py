"""Rules that turn draws and f into a gradient."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from bench.spec.arrays import Derivatives, Floats, Kernel
from bench.spec.family import Family
from bench.spec.noise import BaseNoise

if TYPE_CHECKING:
    from bench.spec.cell import Cell, Components


def _never(cell: "Cell") -> None:
    """No reason to skip anything."""


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight that an estimator computes of what it reads of f, in a kernel of its own.

    kernel(noise[channels, d, draws], y[d, draws], theta[1 or d, k or more], phi, f: Derivatives, out[rows, draws]),
    with one row, or a row for each parameter p or component j, or for both: row j k + p for each `coordinate`. Theta
    has one row where all components share it.
    """

    kernel: Kernel
    needs: tuple[str, ...]  # of Derivatives' fields
    per: Literal["draw", "parameter", "component", "coordinate"] = "draw"


@dataclass(frozen=True, slots=True)
class Weights:
    """g[p, j] = w_score * s[p, j] + w_path * J[p, j] + c[p, j]: each weight is one of Derivatives' fields, or a Weight.

    `score`: "value" is the joint score function, all of f; "terms" the local one, each component's own term.
    `path`: "slope". At least one of them is given. With `joint`, which needs score="value" and no path,
    joint(value[samples * replicates], samples, out[the same]) makes the weights from all draws of an estimate: the
    estimate r owns the draws r, r + replicates, r + 2 * replicates, ...
    constant(moments[2, 1 + k], j, phi, out[k]) writes c of component j: the gradient of the mean of what a control
    variate takes off the weights, from the `moments` of the family.
    """

    score: Literal["value", "terms"] | Weight | None = None
    path: Literal["slope"] | Weight | None = None
    joint: Kernel | None = None
    constant: Kernel | None = None


@dataclass(frozen=True, slots=True)
class Points:
    """A rule that looks elsewhere than at y, or reads more of f than a weight: it writes each component's gradient.

    place(noise[channels, d, draws], j, theta, phi, x[evaluations, draws]) puts the values of component j at which f is
    looked at, all other components of y staying where they are; without it f is evaluated at y.
    combine(noise, j, theta, phi, f, first, out[k, draws]) adds component j's gradient; where `first`, it writes
    instead. f.value[evaluations, draws] is f there, or the term f_j of a separable f, whichever is cheaper: only
    differences of it tell the same of both. f.slope and f.curvature[evaluations, draws] are those by y_j.
    With `at_once` all components move together to their e-th points, and f.value is all of f there.
    """

    combine: Kernel
    needs: tuple[str, ...]  # of value, slope, curvature
    place: Kernel | None = None
    channels: tuple[BaseNoise, ...] = ()  # () is those of the family; its own come first
    evaluations: int = 1  # points a draw and component at which f is looked
    at_once: bool = False
    breaks: Callable[[Floats, Floats], Mapping[str, Sequence[float]]] | None = None  # (theta, phi) -> by channel
    made_of: str = ""  # the part of the family that it is made of: its `lacks` are this rule's


Rule = Weights | Points


class Pilot(Protocol):
    """What an estimator may look at in a cell before it is run, to freeze numbers of its own.

    Pilot draws are independent of all draws that are measured, and the same whenever they are asked for.
    """

    @property
    def theta(self) -> Floats:
        """[1 or d, k]."""

    @property
    def phi(self) -> Floats:
        """The parameters of the estimator."""

    @property
    def components(self) -> "Components":
        """Whether all components share one theta, so that the gradient is summed over them."""

    @property
    def means(self) -> Floats:
        """[d] E y_j, of a family that tells its moments."""

    def sample(self, count: int) -> tuple[Floats, Floats]:
        """y[d, count] and its scores[d, k, count], of pilot draws."""

    def paths(self, count: int) -> Floats:
        """[d, k, count] dy_j/d theta_p of the same draws."""

    def evaluate(self, y: Floats, needs: Sequence[str] | None = None) -> Derivatives:
        """f at y[d, draws], at one evaluation point: these fields, or all that it offers. It counts as work."""

    def optimal_baseline(self) -> Floats:
        """[d, k] E f S^2 / E S^2 by quadrature, S the score by a parameter: what no practitioner knows, and no work."""


@dataclass(frozen=True, slots=True)
class Estimator:
    """A rule that turns noise and f into a gradient with respect to theta.

    `rule` may depend on the family: rule(family) gives one, or says in words what the family lacks for it.
    freeze(pilot) gives numbers that the kernels find behind phi: a baseline, coefficients, a temperature. It may read
    `pilot_needs` of f's fields, without which the estimator does not run.
    `domain` has the open interval that values of a parameter lie in, for those that not all numbers are right for.
    `biased` says that its mean is not the gradient: it is then judged against its own mean, integrated, and its rows
    show how far that is from the gradient.
    """

    name: str
    rule: Rule | Callable[[Family], Rule | str]
    degree: int = 1  # the order of the U-statistic that an estimate is: its fewest samples
    axes: Mapping[str, Sequence[float]] = field(default_factory=dict)
    skip: Callable[["Cell"], str | None] = _never  # why a cell is not for this estimator
    freeze: Callable[[Pilot], Floats] | None = None
    pilot_needs: tuple[str, ...] = ()
    domain: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    biased: bool = False
    label: str = ""  # in words, where those of its name are not what a reader expects
    symbols: Mapping[str, str] = field(default_factory=dict)  # name of a parameter -> as a reader writes it: $h_0$
    formula: str = ""  # the gradient of one draw in LaTeX, for readers alone
