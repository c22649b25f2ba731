"""How large what cancels is: log q with log p, f with a control variate, a draw with another; its round-off stays."""

from dataclasses import replace

import numpy as np

from bench.engine.apply import contributions
from bench.engine.case import Case
from bench.engine.pilot import draws, prepared
from bench.spec import Floats, Points, Weights

TRIED = 64  # pilot draws


def cancelled(case: Case) -> Floats:
    """[rows] The root mean square of the contributions of single draws without log q and control variate; 0 without."""
    rule = case.rule
    controlled = isinstance(rule, Weights) and rule.constant is not None
    if not case.opened and not controlled and case.sampler.coupled in (1, "estimate"):
        return np.zeros(case.rows)
    closed = replace(prepared(case), cell=replace(case.cell, entropy=None))
    if isinstance(rule, Weights) and rule.constant:
        plain = Weights(score="value" if rule.score else None, path="slope" if rule.path else None)
        closed = replace(closed, rule=plain)
    return size_of(closed)


def size_of(case: Case) -> Floats:
    """[rows] The root mean square of the contributions of single draws; 0 where one is not finite."""
    out = contributions(case, draws(case, TRIED))
    if not isinstance(case.rule, Points) and case.rule.joint:
        out = out[0] * out[1:]  # f and the scores
    size = np.sqrt((out**2).mean(axis=1))
    return np.where(np.isfinite(size), size, 0.0)
