"""An estimator's kernels applied to given noise, one after the other: what the engine's loop does, in plain view."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from bench.engine.case import Case
from bench.plan.rules import fields_of, needs_of, rows_of_weight
from bench.spec import Component, Derivatives, Floats, Kernel, Points, Weight, Weights
from bench.wrap.lifted import uncompiled


def transported(case: Case, noise: Floats) -> Floats:
    """y[d, draws] of noise[channels, d, draws]."""
    y, tables = np.empty(noise.shape[1:]), case.tables
    for j, out in enumerate(y):
        case.family.transport(noise, j, tables[j % len(tables)], out)
    return y


def evaluated(case: Case, y: Floats, needs: Iterable[str]) -> Derivatives:
    """What is needed of f at y[d, draws], as one evaluation point; with log q where a target's entropy is open."""
    case = case if case.batch is not None else case.full
    shapes = {name: (1, y.shape[1]) if name == "value" else (1, *y.shape) for name in Derivatives._fields}
    phi, data, at = tabulated(case), summarised(case), with_batch(case, y)
    f = {name: np.empty((0,) * len(shape)) for name, shape in shapes.items()}
    for name in needs:
        f[name] = np.empty(shapes[name])
        uncompiled(getattr(case.form, name))(at, data, phi, f[name][0])
    if case.opened:
        log_q, tables = np.empty(y.shape[1]), case.tables
        for j, row in enumerate(y):
            theta = tables[j % len(tables)]
            case.family.log_density(row, theta, log_q)
            if f["value"].size:
                f["value"][0] += log_q
            if f["terms"].size:
                f["terms"][0, j] += log_q
            if f["slope"].size:
                assert case.family.slope is not None
                case.family.slope(row, theta, log_q)
                f["slope"][0, j] += log_q
    return Derivatives(**f)


def with_batch(case: Case, y: Floats) -> Floats:
    """[d or d + 1, draws] y, and behind it the batch that f is of, if any."""
    return y if case.batch is None else np.concatenate([y, np.full((1, y.shape[1]), case.batch)])


def summarised(case: Case) -> Floats:
    """What the kernels of f read of the data."""
    return np.ascontiguousarray(case.form.summarise(case.data), dtype=float)


def tabulated(case: Case) -> Floats:
    """The parameters of f, and what its kernels look up behind them."""
    return np.ascontiguousarray(case.objective.tabulate(case.cell.objective.phi), dtype=float)


def contributions(case: Case, noise: Floats) -> Floats:
    """[rows, draws] Each draw's gradient, without the constant of a closed entropy, for noise[channels, d, draws].

    With weights from all draws of an estimate: [1 + rows, draws] f and the scores.
    """
    y = transported(case, noise)
    if isinstance(case.rule, Points):
        out = _from_points(case, noise, y)
    elif case.rule.joint:
        f = evaluated(case, y, ["value"])
        return np.concatenate([f.value, tied(case, scores(case, noise, y))])
    else:
        out = _from_weights(case, noise, y)
    if case.adds_score:
        out += tied(case, scores(case, noise, y))
    return out


def scores(case: Case, noise: Floats, y: Floats) -> Floats:
    """[d, k, draws] The score of each component."""
    return _weighed(case, case.family.score, np.ones(y.shape), noise, y)


def paths(case: Case, noise: Floats, y: Floats) -> Floats:
    """[d, k, draws] The path derivative of each component."""
    return _weighed(case, case.family.path, np.ones(y.shape), noise, y)


def _weighed(case: Case, kernel: Kernel | None, weights: Sequence[Floats] | Floats, noise: Floats, y: Floats) -> Floats:
    """[d, k, draws] weights of each component, [draws] or [k, draws], times its score or path."""
    assert kernel is not None
    k, draws, tables = len(case.family.parameters), y.shape[1], case.tables
    parts = np.empty((len(y), k, draws))
    for j, out in enumerate(parts):
        rows = np.atleast_2d(weights[j])
        arguments = noise, j, tables[j % len(tables)], y[j], True
        kernel(np.ascontiguousarray(rows[0]), *arguments, out)
        for i, row in enumerate(rows[1:], 1):
            single = np.empty_like(out)
            kernel(np.ascontiguousarray(row), *arguments, single)
            out[i] = single[i]
    return parts


def tied(case: Case, parts: Floats) -> Floats:
    """[rows, ...] of parts[d, k, ...]: added up over components or not, and with the combinations of each k behind."""
    if case.cell.components != "untied":
        parts = parts.sum(axis=0, keepdims=True)
    if weights := list(case.family.combinations.values()):
        parts = np.concatenate([parts, np.einsum("ck,dk...->dc...", weights, parts)], axis=1)
    return parts.reshape(-1, *parts.shape[2:])


def _from_weights(case: Case, noise: Floats, y: Floats) -> Floats:
    assert not isinstance(case.rule, Points)
    f = evaluated(case, y, needs_of(case.rule))
    out = np.zeros((case.rows, y.shape[1]))
    for weight, kernel in ((case.rule.score, case.family.score), (case.rule.path, case.family.path)):
        if isinstance(weight, Weight):
            rows = np.empty((rows_of_weight(weight, case.family, len(y)), y.shape[1]))
            uncompiled(weight.kernel)(noise, y, case.tables, case.phi, f, rows)
            by_component = weight.per in ("component", "coordinate")
            weights: Sequence[Floats] | Floats = (
                rows.reshape(len(y), -1, y.shape[1]) if by_component else [rows] * len(y)
            )
        elif weight:
            field_of_f = getattr(f, weight)[0]
            weights = [field_of_f] * len(y) if weight == "value" else field_of_f
        else:
            continue
        out += tied(case, _weighed(case, kernel, weights, noise, y))
    return out + control_of(case)[:, np.newaxis]


def control_of(case: Case) -> Floats:
    """[rows] The constant of a control variate; 0 without one."""
    assert isinstance(case.rule, Weights)
    if case.rule.constant is None:
        return np.zeros(case.rows)
    assert case.family.moments is not None
    d, k, tables = case.cell.dimension, len(case.family.parameters), case.tables
    moments, parts = np.empty((2, 1 + k)), np.empty((d, k))
    for j, out in enumerate(parts):
        case.family.moments(tables[j % len(tables)], moments)
        case.rule.constant(moments, j, case.phi, out)
    return tied(case, parts)


def _from_points(case: Case, noise: Floats, y: Floats) -> Floats:
    assert isinstance(case.rule, Points)
    k, d, tables = len(case.family.parameters), len(y), case.tables
    parts = np.empty((d, k, y.shape[1]))
    for j, out in enumerate(parts):
        theta = tables[j % len(tables)]
        case.rule.combine(noise, j, theta, case.phi, looks(case, noise, y, j), True, out)
    return tied(case, parts)


def looks(case: Case, noise: Floats, y: Floats, j: int) -> Component:
    """What a rule of points reads of f for component j."""
    assert isinstance(case.rule, Points)
    rule, draws = case.rule, y.shape[1]
    needs = fields_of(rule, len(y), case.form)
    moved = np.repeat(y[np.newaxis], rule.evaluations, axis=0)
    for i in range(len(y)) if rule.at_once else [j]:
        if rule.place:
            x = np.empty((rule.evaluations, draws))
            rule.place(noise, i, case.tables[i % len(case.tables)], case.phi, x)
            moved[:, i] = x
    read = {name: np.full((rule.evaluations, draws), np.nan) for name in Component._fields}
    for e, at in enumerate(moved):
        f = evaluated(case, at, needs)
        if f.value.size:
            read["value"][e] = f.value[0]
        for name, value in (("value", f.terms), ("slope", f.slope), ("curvature", f.curvature)):
            if value.size:
                read[name][e] = value[0, j]
    return Component(**read)


def estimates(case: Case, noise: Floats, samples: int) -> Floats:
    """[rows, replicates] Estimates of `samples` draws, without the constant of a closed entropy."""
    return averaged(case, contributions(case, noise), samples)


def averaged(case: Case, draws: Floats, samples: int) -> Floats:
    """[rows, replicates] Estimates from the contributions of their draws."""
    replicates = draws.shape[1] // samples
    if isinstance(case.rule, Points) or not case.rule.joint:
        return np.asarray(draws[:, : samples * replicates].reshape(len(draws), samples, replicates).mean(axis=1))
    value, weights = np.ascontiguousarray(draws[0, : samples * replicates]), np.empty(samples * replicates)
    uncompiled(case.rule.joint)(value, samples, weights)
    weighted = (weights + case.adds_score) * draws[1:, : samples * replicates]
    return np.asarray(weighted.reshape(len(draws) - 1, samples, replicates).mean(axis=1))


def constant(case: Case) -> Floats:
    """[rows] What a closed entropy adds to every estimate: -dH/dtheta, of a target; else 0."""
    d, k = case.cell.dimension, len(case.family.parameters)
    if case.cell.entropy != "closed_form":
        return np.zeros(case.rows)
    assert case.family.entropy_gradient is not None
    theta = np.broadcast_to(case.theta, (d, k))
    return tied(case, -np.array([case.family.entropy_gradient(row) for row in theta]))


def untied(case: Case) -> Case:
    """The case with a gradient for each component."""
    return replace(case, cell=replace(case.cell, components="untied"))
