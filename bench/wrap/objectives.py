"""An objective made of NumPy functions: value(y[d, draws], **phi) -> [draws], and what it has of derivatives."""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from bench.errors import BadInput
from bench.faults import place
from bench.spec import Floats, Form, Latent, Objective
from bench.wrap import probes
from bench.wrap.lifted import objective_kernel
from bench.wrap.results import array_of, read_only

Function = Callable[..., Floats]
Phi = Mapping[str, float | Sequence[float]]
Dimension = Callable[[Latent, int, tuple[float, ...]], int]


def objective(
    name: str,
    value: Function,
    *,
    slope: Function | None = None,
    curvature: Function | None = None,
    terms: Function | None = None,
    dimension: int | str | Dimension = 1,
    latent: Latent = "shared",
    phi: Phi | None = None,
    target: bool = False,
    exact: Function | Mapping[str, Function] | None = None,
    breaks: Sequence[float] = (),
    uses_data: bool = False,
    formula: str = "",
    label: str = "",
    symbols: Mapping[str, str] | None = None,
) -> Objective:
    """The objective f(y) = value(y[d, draws], **phi) -> [draws]; with `uses_data`, value(y, x[n], **phi).

    slope, curvature and terms take the same and give [d, draws]. `dimension` is d, or the name of the phi that holds
    it, which the functions are given too. `phi` gives each parameter's value or values. exact(mu[d], sigma[d], **phi)
    gives (dE f/dmu, dE f/dsigma) under the normal; a mapping gives such functions of theta by family. A target's value
    is minus its log density. `formula` is f(y) in LaTeX, for the report; figures call it `label`, and its parameters by
    `symbols`: {"k": "$k_0$"}.
    """
    axes = axes_of(phi)
    names = tuple(axes)
    functions = {"value": value, "terms": terms, "slope": slope, "curvature": curvature}
    read = {key: _Reading(function, names, uses_data) for key, function in functions.items() if function is not None}
    kernels = {key: objective_kernel(_Filling(key, read)) for key in read}
    by_family = {} if exact is None else exact if isinstance(exact, Mapping) else {"normal": exact}
    return Objective(
        name=name,
        forms={latent: {"direct": Form(_data, **kernels)}},
        dimension=_dimension(name, dimension, names),
        exact={family: _exact(function, names, uses_data) for family, function in by_family.items()},
        axes=axes,
        uses_data=uses_data,
        target=target,
        breaks=tuple(breaks),
        formula=formula,
        label=label,
        symbols=dict(symbols or {}),
    )


def axes_of(phi: Phi | None) -> dict[str, tuple[float, ...]]:
    """The values of each parameter, of which a number is a single one."""
    return {key: tuple(value) if isinstance(value, Sequence) else (value,) for key, value in (phi or {}).items()}


@dataclass(frozen=True, slots=True)
class _Reading:
    """A user's function of y, as a function of (y, data, phi[]) whose result is held to a shape."""

    function: Function
    names: tuple[str, ...]  # of phi
    uses_data: bool

    def __call__(self, y: Floats, data: Floats, phi: Floats, rows: tuple[int, ...] = ()) -> Floats:
        """[*rows, draws] of y[d, draws]."""
        arguments = (read_only(y), read_only(data)) if self.uses_data else (read_only(y),)
        named = dict(zip(self.names, phi.tolist(), strict=False))
        return array_of(self.function, arguments, named, [(*rows, y.shape[1])])


@dataclass(slots=True)
class _Filling:
    """What the kernel of the function `key` calls; its first draws at each phi are tried, until they tell."""

    key: str  # of Form's fields
    read: Mapping[str, _Reading]
    tried: set[tuple[bytes, int]] = field(default_factory=set)  # phi and size of the data

    def __call__(self, y: Floats, data: Floats, phi: Floats, out: Floats) -> None:
        """out[draws] or out[d, draws] <- the function at y."""
        key = phi.tobytes(), data.size
        if key not in self.tried and self.try_out(y, data, phi):
            self.tried.add(key)
        out[...] = self.read[self.key](y, data, phi, out.shape[:-1])

    def try_out(self, y: Floats, data: Floats, phi: Floats) -> bool:
        """Whether the draws could tell that the function keeps to the rules; BadInput where it does not."""
        rows = () if self.key == "value" else (len(y),)
        function, value = self.read[self.key], self.read["value"]
        name = place(function.function)
        if not probes.behaviour(name, lambda y: function(y, data, phi, rows), [y]):
            return False
        few = np.ascontiguousarray(y[:, : probes.DRAWS])
        numbers = function(few, data, phi, rows)
        if self.key == "terms":
            probes.total(name, numbers, value(few, data, phi))
        if self.key == "slope":
            probes.derivative(name, lambda y, j: value(y, data, phi), numbers, few, place(value.function))
        if self.key == "curvature" and (slope := self.read.get("slope")):
            probes.derivative(name, lambda y, j: slope(y, data, phi, rows)[j], numbers, few, place(slope.function))
        return True


def _data(x: Floats) -> Floats:
    """All of x[n]."""
    return np.ascontiguousarray(x, dtype=np.float64)


def _dimension(name: str, dimension: int | str | Dimension, names: tuple[str, ...]) -> Dimension:
    """The function (latent, n, phi) -> d of a number, of the name of a phi, or of itself."""
    if callable(dimension):
        return dimension
    if isinstance(dimension, int) and dimension > 0:
        return lambda latent, n, phi: dimension
    if dimension not in names:
        phis = f" ({', '.join(names)})" if names else ", of which it has none"
        raise BadInput(
            f"objective {name}: dimension={dimension!r}; allowed: a whole number > 0, the name of one of its phi{phis}"
        )
    index = names.index(dimension)
    return lambda latent, n, phi: int(phi[index])


def _exact(
    function: Function, names: tuple[str, ...], uses_data: bool
) -> Callable[[Floats, Floats, tuple[float, ...]], Floats]:
    """The function (theta[d, k], x, phi) -> dE f/dtheta[d, k] of a user's function of the columns of theta."""

    @functools.wraps(function)
    def columns(*arguments: Floats, **named: float) -> Floats:
        """[d, k] of the user's k columns, of which a number stands for all components."""
        return np.stack(np.broadcast_arrays(arguments[0], *function(*arguments, **named))[1:], axis=1)

    def gradient(theta: Floats, x: Floats, phi: tuple[float, ...]) -> Floats:
        arguments = (*theta.T, x) if uses_data else tuple(theta.T)
        return array_of(columns, arguments, dict(zip(names, phi, strict=True)), [theta.shape])

    return gradient
