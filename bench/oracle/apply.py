"""An estimator's kernels applied to given noise, one after the other: what the engine's loop does, in plain view."""

from dataclasses import dataclass

import numpy as np

from bench.spec import Cell, Derivatives, Estimator, Floats, Form, Sampler, Variant


@dataclass(frozen=True, slots=True)
class Case:
    """One estimator on one form of f, in a cell: all that its exact moments depend on."""

    form: Form
    estimator: Estimator
    variant: Variant  # of the estimator
    sampler: Sampler
    cell: Cell
    data: Floats

    @property
    def phi(self) -> Floats:
        """The parameters of the estimator."""
        return np.array(self.variant.phi, dtype=float)


def evaluate(case: Case, eps: Floats) -> Derivatives:
    """f and what else the estimator needs of it at its evaluation points, for noise eps[channels, d, draws]."""
    _, d, draws = eps.shape
    estimator, cell = case.estimator, case.cell
    x = np.empty((estimator.evaluations, d, draws))
    estimator.place(eps, cell.mu, cell.sigma, case.phi, x)
    phi = np.array(cell.objective.phi, dtype=float)
    summary = np.ascontiguousarray(case.form.summarise(case.data), dtype=float)
    fields = []
    for name in Derivatives._fields:
        shape: tuple[int, ...] = (len(x), draws) if name == "value" else (len(x), d, draws)
        wanted = name in estimator.needs or (d > 1 and name == "terms") or name == "value"
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
    out = np.empty((case.estimator.width, eps.shape[2]))
    case.estimator.combine(eps, case.cell.mu, case.cell.sigma, case.phi, f, out)
    return out
