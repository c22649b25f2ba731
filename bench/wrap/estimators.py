"""An estimator made of NumPy functions that give its weights: g[p, j] = w_score * s[p, j] + w_path * J[p, j].

The names of a function's arguments say what it reads: value[draws], terms, slope and curvature[d, draws] of f, the
draws themselves as y[d, draws], noise[channels, d, draws] and theta[1 or d, k], its phi, and `baseline`.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from bench.errors import BadInput
from bench.faults import place
from bench.spec import Derivatives, Estimator, Floats, Pilot, Weight, Weights
from bench.wrap import probes
from bench.wrap.lifted import joint_kernel, weight_kernel
from bench.wrap.objectives import Function, Phi, axes_of
from bench.wrap.results import array_of, read_only

Per = Literal["draw", "parameter", "component"]
DRAWN = ("noise", "y")  # what else has a number for each draw
READ = (*Derivatives._fields, *DRAWN, "theta")


def estimator(
    name: str,
    *,
    score_weight: Literal["value", "terms"] | Function | None = None,
    path_weight: Literal["slope"] | Function | None = None,
    baseline: Callable[[Pilot], float | Floats] | None = None,
    per: Per | None = None,
    together: bool = False,
    degree: int | None = None,
    biased: bool = False,
    phi: Phi | None = None,
    formula: str = "",
    label: str = "",
    symbols: Mapping[str, str] | None = None,
) -> Estimator:
    """The estimator whose weights are one of f's own, by name, or a function of what is read of f.

    A score weight is [draws]; with per="parameter" [k, draws], with per="component" [d, draws]. A path weight is
    [d, draws]. A weight of [draws] serves all rows. baseline(pilot) gives a number or one for each row; it is frozen
    in each cell before any draw is measured and taken off the score weight, or given to it where it takes `baseline`.
    With `together` the score weight is a function of value[samples, replicates] that gives an array of that shape.
    `degree` is the fewest samples of an estimate: 2 with `together`, else 1. Where an estimate is the mean over all
    pairs of its draws, as leave-one-out is, its variance is exact for every number of samples; else for 2 alone.
    `biased` declares that its mean is not the gradient. `formula` is the gradient of one draw in LaTeX, for the report,
    where figures call it `label`, and its parameters by `symbols`.
    """
    axes = axes_of(phi)
    names = tuple(axes)
    if together:
        if not callable(score_weight) or path_weight is not None or baseline is not None or axes:
            raise BadInput(f"estimator {name}: together=True; allowed beside it: a function score_weight(value) alone")
        rule = Weights(score="value", joint=joint_kernel(_Together(score_weight)))
        return Estimator(name=name, rule=rule, degree=degree or 2, biased=biased, label=label, formula=formula)
    score: Any = score_weight
    if baseline is not None and score is None:
        raise BadInput(f"estimator {name} has a baseline; allowed: one beside a score_weight, which it is taken off")
    if baseline is not None and isinstance(score, str):
        per = per or ("parameter" if score == "value" else "component")
        score = {"value": _value, "terms": _terms}.get(score, score)
    if callable(score):
        score = _weight(score, per or ("draw" if baseline is None else "parameter"), names, baseline is not None)
    path: Any = path_weight
    if callable(path):
        path = _weight(path, "component", names, False)
    freeze = None if baseline is None else _Frozen(baseline)
    rule = Weights(score=score, path=path)
    told: dict[str, Any] = {"label": label, "symbols": dict(symbols or {}), "formula": formula}
    return Estimator(name=name, rule=rule, degree=degree or 1, axes=axes, freeze=freeze, biased=biased, **told)


def _value(value: Floats) -> Floats:
    """All of f."""
    return value


def _terms(terms: Floats) -> Floats:
    """Each component's own term."""
    return terms


def _weight(function: Function, per: Per, names: tuple[str, ...], baseline: bool) -> Weight:
    """The Weight of a user's function, which needs what its arguments are called."""
    allowed = (*READ, *names, *(["baseline"] if baseline else []))
    arguments = tuple(inspect.signature(function).parameters)
    if other := [argument for argument in arguments if argument not in allowed]:
        raise BadInput(f"{place(function)} takes {other[0]!r}; allowed: {', '.join(allowed)}")
    needs = tuple(argument for argument in arguments if argument in Derivatives._fields)
    return Weight(weight_kernel(_Weighing(function, arguments, names, baseline)), needs, per)


@dataclass(slots=True)
class _Weighing:
    """What the kernel of a weight calls; its first draws are tried, until they tell."""

    function: Function
    arguments: Sequence[str]
    names: Sequence[str]  # of phi
    baseline: bool
    tried: bool = False

    def __call__(self, noise: Floats, y: Floats, theta: Floats, phi: Floats, f: Derivatives, out: Floats) -> None:
        """out[rows, draws] <- the weights."""
        arrays = {"noise": noise, "y": y} | {key: array[0] for key, array in f._asdict().items() if len(array)}
        drawn = [key for key in self.arguments if key in arrays]
        named = {key: number for key, number in zip(self.names, phi.tolist(), strict=False) if key in self.arguments}
        if "theta" in self.arguments:
            named["theta"] = read_only(theta)
        frozen = phi[len(self.names) :] if self.baseline else np.zeros(1)
        if frozen.size not in (1, len(out)):
            raise BadInput(
                f"{place(self.function)} has a baseline of {frozen.size} numbers; allowed: 1, or {len(out)}: one a row"
            )
        if "baseline" in self.arguments:
            named["baseline"] = frozen[0] if frozen.size == 1 else frozen
            frozen = np.zeros(1)

        def evaluate(*columns: Floats) -> Floats:
            draws = columns[0].shape[-1] if columns else out.shape[1]
            arguments = named | {key: read_only(column) for key, column in zip(drawn, columns, strict=True)}
            return array_of(self.function, (), arguments, [(draws,), (len(out), draws)])

        columns = [arrays[key] for key in drawn]
        if not self.tried:
            self.tried = not columns or probes.behaviour(place(self.function), evaluate, columns)
        np.subtract(evaluate(*columns), frozen[:, np.newaxis], out=out)


@dataclass(slots=True)
class _Together:
    """What the kernel of joint weights calls: all draws of an estimate at once, a column for each estimate."""

    function: Function
    tried: bool = False

    def __call__(self, value: Floats, samples: int, out: Floats) -> None:
        """out[samples * replicates] <- the weights of value[samples * replicates]."""

        def evaluate(values: Floats) -> Floats:
            return array_of(self.function, (read_only(values),), {}, [values.shape])

        values = value.reshape(samples, -1)
        if not self.tried:
            self.tried = probes.behaviour(place(self.function), evaluate, [values])
        out[:] = evaluate(values).reshape(-1)


@dataclass(frozen=True, slots=True)
class _Frozen:
    """The numbers that a baseline is in a cell."""

    baseline: Callable[[Pilot], float | Floats]

    def __call__(self, pilot: Pilot) -> Floats:
        """[1] or [rows] of what pilot draws tell."""
        numbers = np.atleast_1d(array_of(self.baseline, (pilot,), {}))
        if numbers.ndim != 1 or not np.isfinite(numbers).all():
            raise BadInput(f"{place(self.baseline)} gives {numbers}; allowed: a finite number, or one for each weight")
        return numbers
