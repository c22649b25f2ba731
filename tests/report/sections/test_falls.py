"""A descent is called what its median gap does, and by a constant factor only where it is one."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from bench.report.sections import falls
from bench.report.sections.falls import descent

Gaps = Callable[[np.ndarray], np.ndarray]
STEPS = np.array([*range(0, 1001, 20), 1, 2, 4, 8, 16])  # in no order; the early ones tell nothing of later blocks


def curve(gap: Gaps) -> pd.DataFrame:
    return pd.DataFrame({"step": STEPS, "gap": gap(STEPS.astype(float)), "loss": 100.0})


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (lambda step: 100 * 0.98**step, falls.FALLS),
        (lambda step: 100 * 0.98**step + 0.3, falls.LEVELS),
        (lambda step: 100 / (1 + step) ** 2, falls.BENDS),  # as 1 / t^2: slower than linear
        (lambda step: 100 * np.exp(-((step / 200) ** 2)), falls.BENDS),  # faster than linear
        (lambda step: 100 * 1e-9 ** (step / 100), falls.UNTOLD),  # at round-off after two blocks
        (lambda step: np.where(step > 300, np.inf, 100.0), falls.GONE),
        (lambda step: 100 * 0.95 ** np.minimum(step, 400), falls.LEVELS),
    ],
)
def test_only_one_by_a_constant_factor_is_called_so(gap: Gaps, words: str) -> None:
    assert descent(curve(gap)).words == words


def test_what_is_left_is_of_each_hundred_steps_above_round_off() -> None:
    fell = descent(curve(lambda step: 100 * 0.98**step))
    assert fell.left == pytest.approx([0.98**100] * 10)
    assert fell.end == pytest.approx(100 * 0.98**1000)
    landed = descent(curve(lambda step: 100 * 0.9**step))
    assert landed.left == pytest.approx([0.9**100] * 2)
