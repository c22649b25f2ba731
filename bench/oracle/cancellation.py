"""How large what cancels is, whose round-off stays: log q with log p, f with a baseline, a look with another, draws."""

from dataclasses import replace

import numpy as np

from bench.engine.apply import contributions, looks, tied, transported
from bench.engine.case import Case
from bench.engine.pilot import draws, prepared
from bench.spec import Component, Floats, Points, Weight, Weights

TRIED = 64  # pilot draws


def cancelled(case: Case) -> Floats:
    """[rows] The root mean square of single draws' f * score, f' * path or looks alone; 0 where nothing is taken off.

    Alone: without log q, baseline and control variate.
    """
    rule = case.rule
    if isinstance(rule, Points):
        takes_off = rule.evaluations > 1
    else:
        takes_off = rule.joint is not None or rule.constant is not None
        takes_off |= isinstance(rule.score, Weight) or isinstance(rule.path, Weight)
    if not takes_off and not case.opened and case.sampler.coupled in (1, "estimate"):
        return np.zeros(case.rows)
    alone = prepared(case) if isinstance(rule, Points) else replace(case, rule=_plain(case))
    return size_of(replace(alone, cell=replace(case.cell, entropy=None)))


def _plain(case: Case) -> Weights:
    """The score function and the path that an estimator's weights are made of."""
    rule = case.rule
    assert isinstance(rule, Weights)
    local = rule.score == "terms" or (isinstance(rule.score, Weight) and "value" not in rule.score.needs)
    by_term = local and case.form.terms is not None
    return Weights(
        score=("terms" if by_term else "value") if rule.score else None,
        path="slope" if rule.path and case.form.slope is not None else None,
    )


def size_of(case: Case) -> Floats:
    """[rows] The root mean square of the contributions of single draws; 0 where one is not finite."""
    noise = draws(case, TRIED)
    by_looks = isinstance(case.rule, Points) and case.rule.evaluations > 1
    out = _looks_apart(case, noise) if by_looks else contributions(case, noise)
    size = np.sqrt((out**2).mean(axis=1))
    return np.where(np.isfinite(size), size, 0.0)


def _looks_apart(case: Case, noise: Floats) -> Floats:
    """[rows, draws] The absolute values of what each look at f gives where all others see 0, added up."""
    assert isinstance(case.rule, Points)
    y, tables = transported(case, noise), case.tables
    parts = np.empty((case.rule.evaluations, len(y), len(case.family.parameters), y.shape[1]))
    for j in range(len(y)):
        seen = looks(case, noise, y, j)
        for e, out in enumerate(parts[:, j]):
            alone = Component(*(_only(values, e) for values in seen))
            case.rule.combine(noise, j, tables[j % len(tables)], case.phi, alone, True, out)
    return np.asarray(np.sum([abs(tied(case, looked)) for looked in parts], axis=0))


def _only(values: Floats, e: int) -> Floats:
    """[evaluations, draws] A field of f, 0 but at one look."""
    out = np.zeros_like(values)
    out[e] = values[e]
    return out
