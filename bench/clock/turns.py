"""Works timed in turn: A B C, B C A, ..., so that slow drifts of the machine hit all alike and each round is fair."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from bench.spec import Floats


def in_turns(works: Sequence[Callable[[], Any]], rounds: int) -> Floats:
    """[rounds, works, ...] What each work tells, a number or some, in every round."""
    told: list[list[Any]] = [[None] * len(works) for _ in range(rounds)]
    for r, row in enumerate(told):
        for i in range(len(works)):
            m = (i + r) % len(works)
            row[m] = works[m]()
    return np.array(told, dtype=float)
