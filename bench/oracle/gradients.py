"""The exact gradient of a cell: the objective's own closed form, else the integral of f * score.

F = E f, and of a target E[-log p] - H: the constant of the entropy is the family's own, however estimators treat it.
"""

from dataclasses import replace

import numpy as np

from bench.engine.apply import constant, estimates, tied
from bench.engine.case import Case, case_of
from bench.engine.pilot import draws, prepared
from bench.oracle import quadrature
from bench.oracle.cancellation import cancelled, size_of
from bench.plan.cells import Plan
from bench.plan.streams import Stream, Subgrid
from bench.spec import Estimator, Floats, Weights

LEAST = 64 * np.finfo(float).eps  # of the size of what is averaged: an average that is less is none
PILOT_DRAWS = 4096  # whose mean power sums are taken about where no exact gradient is known


def exact_gradient(case: Case) -> Floats | None:
    """[rows] dF/dtheta, or None where it is neither known nor integrated; of one batch, where the case is of one."""
    case = case if case.batch is not None else case.full
    if case.objective.target and case.family.entropy is None:  # E (f + log q) s, log q held fixed
        return _integrated(replace(case, cell=replace(case.cell, entropy="sticking_the_landing")))
    closed = replace(case, cell=replace(case.cell, entropy="closed_form" if case.objective.target else None))
    of_f = _of_f(closed)
    return None if of_f is None else of_f + constant(closed)


def integrated_gradient(case: Case) -> Floats | None:
    """[rows] dF/dtheta without the objective's closed form, or None where nothing integrates it."""
    return exact_gradient(replace(case, objective=replace(case.objective, exact={})))


def _of_f(case: Case) -> Floats | None:
    """[rows] dE f/dtheta."""
    d, k = case.cell.dimension, len(case.family.parameters)
    if form := case.objective.exact.get(case.family.name):
        theta = np.ascontiguousarray(np.broadcast_to(case.theta, (d, k)))
        parts = np.asarray(form(theta, case.data, case.cell.objective.phi), dtype=float).reshape(d, k)
        return tied(case, parts)
    gradient = _integrated(case)
    return None if gradient is None else gradient - constant(case)


def _integrated(case: Case) -> Floats | None:
    """[rows] The mean of the score function, integrated; with the constant of a closed entropy."""
    local = case.form.terms is not None and case.cell.dimension > 1
    rule = Weights(score="terms" if local else "value")
    score = replace(case, rule=rule, estimator=Estimator("score", rule), frozen=np.empty(0))
    mean = quadrature.exact(score, mean_alone=True).mean
    if np.isnan(mean).any():
        return None
    return np.where(abs(mean) <= LEAST * size_of(score), 0.0, mean)  # of a constant f its round-off is left


def centred(plan: Plan) -> Plan:
    """The plan with the exact gradient of every cell, and what the power sums of every job are taken about."""
    return replace(plan, streams=tuple(_centred(stream, plan) for stream in plan.streams))


def _centred(stream: Stream, plan: Plan) -> Stream:
    return replace(stream, subgrids=tuple(_subgrid(stream, subgrid, plan) for subgrid in stream.subgrids))


def _subgrid(stream: Stream, subgrid: Subgrid, plan: Plan) -> Subgrid:
    rows = subgrid.rows
    exact = np.full((len(subgrid.cells), rows), np.nan)
    centre, cancels = (np.empty((len(subgrid.cells), len(subgrid.members), rows)) for _ in range(2))
    for p, cell in enumerate(subgrid.cells):
        data = plan.data.get(cell.dataset_size or 0, np.empty(0))
        cases = [case_of(stream, subgrid, member, cell, data) for member in subgrid.members]
        gradient = exact_gradient(cases[0])
        if gradient is not None:
            exact[p] = gradient
        for m, case in enumerate(cases):
            centre[p, m] = _pilot_mean(case) if gradient is None else gradient - constant(case)
            cancels[p, m] = cancelled(case)
    return replace(subgrid, exact=exact, centre=centre, cancelled=cancels)


def _pilot_mean(case: Case) -> Floats:
    """[rows] The mean of an estimator over pilot draws: close to its expectation, so that power sums keep digits."""
    affordable = PILOT_DRAWS if case.budget is None else case.budget // (8 * case.cell.dimension * len(case.channels))
    count = max(64, min(PILOT_DRAWS, affordable))
    mean = estimates(prepared(case), draws(case, count), case.estimator.degree).mean(axis=1)
    return np.where(np.isfinite(mean), mean, 0.0)
