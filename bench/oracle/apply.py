"""An estimator's kernels applied to given noise, one after the other: what the engine's loop does, in plain view."""

import numpy as np

from bench.spec import Cell, Derivatives, Estimator, Floats, Form, Variant


def evaluate(form: Form, estimator: Estimator, variant: Variant, cell: Cell, data: Floats, eps: Floats) -> Derivatives:
    """f at the points where the estimator looks, with what it needs, for noise eps[channels, d, draws]."""
    _, d, draws = eps.shape
    x = np.empty((estimator.evaluations, d, draws))
    estimator.place(eps, cell.mu, cell.sigma, np.array(variant.phi, dtype=float), x)
    phi = np.array(cell.objective.phi, dtype=float)
    read = np.ascontiguousarray(form.summarise(data), dtype=float)
    fields = []
    for field in Derivatives._fields:
        shape: tuple[int, ...] = (len(x), draws) if field == "value" else (len(x), d, draws)
        wanted = field in estimator.needs or (d > 1 and field == "terms") or field == "value"
        kernel = getattr(form, field)
        if not wanted or (kernel is None):
            fields.append(np.empty((0,) * len(shape)))
            continue
        out = np.empty(shape)
        for y, target in zip(x, out, strict=True):
            kernel(y, read, phi, target)
        fields.append(out)
    return Derivatives(*fields)


def combine(estimator: Estimator, variant: Variant, cell: Cell, eps: Floats, f: Derivatives) -> Floats:
    """The estimator's numbers[width, draws] for noise eps[channels, d, draws] and f at its points."""
    out = np.empty((estimator.width, eps.shape[2]))
    estimator.combine(eps, cell.mu, cell.sigma, np.array(variant.phi, dtype=float), f, out)
    return out
