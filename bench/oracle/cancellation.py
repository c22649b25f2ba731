"""How large what cancels is, where log q takes log p away or a draw the one that depends on it: its round-off stays."""

from dataclasses import replace

import numpy as np

from bench.engine.apply import contributions
from bench.engine.case import Case
from bench.engine.pilot import draws, prepared
from bench.spec import Floats, Points

TRIED = 64  # pilot draws


def cancelled(case: Case) -> Floats:
    """[rows] The root mean square of the contributions of single draws without log q; 0 where nothing cancels so."""
    if not case.opened and case.sampler.coupled in (1, "estimate"):
        return np.zeros(case.rows)
    closed = replace(prepared(case), cell=replace(case.cell, entropy=None))
    out = contributions(closed, draws(closed, TRIED))
    if not isinstance(case.rule, Points) and case.rule.joint:
        out = out[0] * out[1:]  # f and the scores
    size = np.sqrt((out**2).mean(axis=1))
    return np.where(np.isfinite(size), size, 0.0)
