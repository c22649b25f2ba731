"""An estimator's kernels applied to given noise, one after the other: what the engine's loop does, in plain view."""

from dataclasses import dataclass

import numpy as np

from bench.plan.streams import channels_of
from bench.spec import BaseNoise, Cell, Derivatives, Estimator, Family, Floats, Form, Points, Sampler, Variant


@dataclass(frozen=True, slots=True)
class Case:
    """One estimator on one form of f, in a cell: all that its exact moments depend on."""

    form: Form
    family: Family
    estimator: Estimator
    variant: Variant  # of the estimator
    sampler: Sampler
    cell: Cell
    data: Floats

    @property
    def phi(self) -> Floats:
        """The parameters of the estimator."""
        return np.array(self.variant.phi, dtype=float)

    @property
    def channels(self) -> tuple[BaseNoise, ...]:
        """The channels of noise that it reads."""
        return channels_of(self.estimator, self.family)

    @property
    def theta(self) -> Floats:
        """The parameters of the family."""
        return np.array(self.cell.theta, dtype=float)


def points(case: Case, eps: Floats) -> Floats:
    """Where the estimator looks, x[evaluations, d, draws], for noise eps[channels, d, draws]."""
    x = np.empty((case.estimator.rule.evaluations, *eps.shape[1:]))
    if case.estimator.rule.place:
        case.estimator.rule.place(eps, case.theta, case.phi, x)
    else:
        for j, y in enumerate(x[0]):
            case.family.transport(eps, j, case.theta, y)
    return x


def evaluate(case: Case, eps: Floats) -> Derivatives:
    """f and what else the estimator needs of it at its evaluation points, for noise eps[channels, d, draws]."""
    _, d, draws = eps.shape
    estimator, cell = case.estimator, case.cell
    x = points(case, eps)
    phi = np.array(cell.objective.phi, dtype=float)
    summary = np.ascontiguousarray(case.form.summarise(case.data), dtype=float)
    fields = []
    for name in Derivatives._fields:
        shape: tuple[int, ...] = (len(x), draws) if name == "value" else (len(x), d, draws)
        wanted = name in estimator.rule.needs or (d > 1 and name == "terms") or name == "value"
        kernel = getattr(case.form, name)
        if not wanted or kernel is None:
            fields.append(np.empty((0,) * len(shape)))
            continue
        out = np.empty(shape)
        for y, target in zip(x, out, strict=True):
            kernel(y, summary, phi, target)
        fields.append(out)
    return Derivatives(*fields)


def combine(case: Case, eps: Floats, f: Derivatives) -> Floats:
    """The estimator's contributions[width, draws] for noise eps[channels, d, draws] and f at its points."""
    out = np.empty((case.estimator.rule.width, eps.shape[2]))
    rule = case.estimator.rule
    if isinstance(rule, Points):
        rule.combine(eps, case.theta, case.phi, f, out)
        return out
    add, x = case.family.path if rule.path else case.family.score, points(case, eps)
    for j, y in enumerate(x[0]):
        weight = f.value[0] if rule.score == "value" else f.terms[0, j] if rule.score else f.slope[0, j]
        add(weight, eps, j, case.theta, y, j == 0, out)
    return out
