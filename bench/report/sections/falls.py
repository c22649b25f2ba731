"""How the median gap of a learner falls: by a constant factor, by factors that change, to a floor, or not at all."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from bench.markup.numbers import known

BLOCK = 100  # steps
LEVEL = 0.9  # of a gap, left by the last block of steps: more is level
CONSTANT = 0.1  # of their mean, that the logarithms of factors may be away from it
FEWEST = 3  # of them
PRECISION = 1024 * np.finfo(float).eps  # of F at the start: gaps below are not known to enough digits
FALLS, BENDS = "falls by a constant factor", "falls by factors that change"
LEVELS, UNTOLD, GONE = "levels off", "falls in too few steps to tell", "is infinite: half have diverged"


class Descent(NamedTuple):
    """What the median gap of a learner did: what is left of it after each block of steps, above round-off."""

    left: Sequence[float]  # per 100 steps
    end: float
    words: str


def descent(rows: pd.DataFrame) -> Descent:
    """What a learner did, from the rows of its curve."""
    rows = rows.sort_values("step")
    step, gap = (rows[name].to_numpy(float) for name in ("step", "gap"))
    if not known(gap[-1]):
        return Descent((), float(gap[-1]), GONE)
    above = gap > PRECISION * max(gap[0], abs(float(rows["loss"].iloc[0])))
    last = int(np.argmin(above)) if not above.all() else len(gap)  # the first below round-off
    ends = np.unique(np.searchsorted(step, np.arange(0, step[-1] + 1, min(BLOCK, step[-1]))))
    ends = ends[ends < last]
    left = [float((gap[j] / gap[i]) ** (BLOCK / (step[j] - step[i]))) for i, j in pairwise(ends)]
    return Descent(left, float(gap[-1]), _words(left, last < len(gap)))


def _words(left: Sequence[float], landed: bool) -> str:
    """In words what these factors do; `landed` if the gap came to round-off."""
    if not landed and left and left[-1] > LEVEL:
        return LEVELS
    if len(left) <= FEWEST:
        return UNTOLD
    rates = np.log(left[1:])
    return FALLS if np.all(abs(rates / rates.mean() - 1) <= CONSTANT) else BENDS
