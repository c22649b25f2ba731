"""What sticking the landing is said to do is what the curves do, beside theory, and who is ahead is what leads say."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from bench.markup.blocks import Bullets, Number, Table
from bench.report.sections import landing as module
from bench.report.sections.landing import landing
from bench.tables.curves import LEARNER
from tests.support import learned

Gaps = Callable[[np.ndarray], np.ndarray]
TREATMENTS: dict[str, Gaps] = {
    "closed_form": lambda step: 100 * 0.98**step + 0.3,
    module.LANDING: lambda step: 100 * 0.98**step,
}


def tables(gaps: dict[str, Gaps] = TREATMENTS) -> dict[str, pd.DataFrame]:
    """Curves of 1,000 steps with these gaps, one learner for each treatment."""
    frames = learned.tables(samples=[1], estimators=["pathwise"])
    points = frames["curves"].assign(step=frames["curves"]["step"] * 10)
    step = points["step"].to_numpy(float)
    curves = pd.concat([points.assign(entropy=name, gap=gap(step)) for name, gap in gaps.items()], ignore_index=True)
    theory = curves.drop_duplicates([*LEARNER])[[*LEARNER]].assign(contraction=0.98, floor=0.25)
    return frames | {"curves": curves, "theory": theory}


def lines(gaps: dict[str, Gaps] = TREATMENTS) -> dict[str, list[object]]:
    table = next(block for block in landing(tables(gaps)) if isinstance(block, Table))
    return {str(row[1]): list(row) for row in table.rows}


def test_a_constant_factor_and_a_floor_are_said_beside_theory() -> None:
    told = lines()
    assert told["sticking the landing"][-1] == module.FALLS
    assert told["closed form"][-1] == module.LEVELS
    first, last, theory = (value.value for value in told["sticking the landing"][2:5] if isinstance(value, Number))
    assert first == pytest.approx(0.98**100)
    assert last == pytest.approx(0.98**100)
    assert theory == pytest.approx(0.98**100)
    assert told["closed form"][-2] == Number(0.25)


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (lambda step: 100 / (1 + step) ** 2, module.BENDS),  # as 1 / t^2: slower than linear
        (lambda step: 100 * np.exp(-((step / 200) ** 2)), module.BENDS),  # faster than linear
        (lambda step: 100 * 1e-9 ** (step / 100), module.UNTOLD),  # at round-off after two blocks
        (lambda step: np.where(step > 300, np.inf, 100.0), module.GONE),
        (lambda step: 100 * 0.95 ** np.minimum(step, 400), module.LEVELS),
    ],
)
def test_no_other_descent_is_called_one_by_a_constant_factor(gap: Gaps, words: str) -> None:
    assert lines(TREATMENTS | {module.LANDING: gap})["sticking the landing"][-1] == words


def test_stretches_say_who_is_ahead_at_which_steps() -> None:
    frames = tables()
    point = frames["curves"][frames["curves"]["entropy"] == "closed_form"].sort_values("step")
    ahead = ["", "closed_form", *[""] * 4, *[module.LANDING] * 5]
    leads = point[[*LEARNER, "step"]].assign(rival=module.LANDING, ahead=ahead)
    (bullets,) = (block for block in landing(frames | {"leads": leads}) if isinstance(block, Bullets))
    assert bullets.items == [
        "pathwise, against closed form: behind at step 100, not told apart from step 200 to 500, "
        "ahead from step 600 to 1000."
    ]


def test_without_another_treatment_there_is_nothing_to_ask() -> None:
    assert landing(tables({module.LANDING: TREATMENTS[module.LANDING]})) == []
    assert landing(learned.tables()) == []
