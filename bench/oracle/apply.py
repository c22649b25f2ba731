"""An estimator's kernels applied to given noise, one after the other: what the engine's loop does, in plain view."""

import numpy as np

from bench.spec import Cell, Estimator, Evaluation, Floats, Form, Variant


def evaluate(form: Form, estimator: Estimator, variant: Variant, cell: Cell, data: Floats, eps: Floats) -> Evaluation:
    """f at the points where the estimator looks, with what it needs, for noise eps[channels, d, draws]."""
    _, d, draws = eps.shape
    x = np.empty((estimator.points, d, draws))
    estimator.place(eps, cell.mu, cell.sigma, np.array(variant.theta, dtype=float), x)
    theta = np.array(cell.objective.theta, dtype=float)
    read = np.ascontiguousarray(form.summarise(data), dtype=float)
    fields = []
    for field in Evaluation._fields:
        shape: tuple[int, ...] = (len(x), draws) if field == "value" else (len(x), d, draws)
        wanted = field in estimator.needs or (d > 1 and field == "terms") or field == "value"
        kernel = getattr(form, field)
        if not wanted or (kernel is None):
            fields.append(np.empty((0,) * len(shape)))
            continue
        out = np.empty(shape)
        for y, target in zip(x, out, strict=True):
            kernel(y, read, theta, target)
        fields.append(out)
    return Evaluation(*fields)


def combine(estimator: Estimator, variant: Variant, cell: Cell, eps: Floats, f: Evaluation) -> Floats:
    """The estimator's numbers[width, draws] for noise eps[channels, d, draws] and f at its points."""
    out = np.empty((estimator.width, eps.shape[2]))
    estimator.combine(eps, cell.mu, cell.sigma, np.array(variant.theta, dtype=float), f, out)
    return out
