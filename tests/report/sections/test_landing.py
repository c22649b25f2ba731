"""What sticking the landing is said to do is what the curves do, beside theory, and who is ahead is what leads say."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from bench.markup.blocks import Bullets, Number, Table
from bench.report.sections import falls
from bench.report.sections.landing import LANDING, landing
from bench.tables.curves import LEARNER
from tests.support import learned

Gaps = Callable[[np.ndarray], np.ndarray]
TREATMENTS: dict[str, Gaps] = {
    "closed_form": lambda step: 100 * 0.98**step + 0.3,
    LANDING: lambda step: 100 * 0.98**step,
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
    assert told["sticking the landing"][-1] == falls.FALLS
    assert told["closed form"][-1] == falls.LEVELS
    first, last, theory = (value.value for value in told["sticking the landing"][2:5] if isinstance(value, Number))
    assert first == pytest.approx(0.98**100)
    assert last == pytest.approx(0.98**100)
    assert theory == pytest.approx(0.98**100)
    assert told["closed form"][-2] == Number(0.25)


def test_stretches_say_who_is_ahead_at_which_steps() -> None:
    frames = tables()
    point = frames["curves"][frames["curves"]["entropy"] == "closed_form"].sort_values("step")
    ahead = ["", "closed_form", *[""] * 4, *[LANDING] * 5]
    leads = point[[*LEARNER, "step"]].assign(rival=LANDING, ahead=ahead)
    (bullets,) = (block for block in landing(frames | {"leads": leads}) if isinstance(block, Bullets))
    assert bullets.items == [
        "pathwise, against closed form: behind at step 100, not told apart from step 200 to 500, "
        "ahead from step 600 to 1000."
    ]


def test_without_another_treatment_there_is_nothing_to_ask() -> None:
    assert landing(tables({LANDING: TREATMENTS[LANDING]})) == []
    assert landing(learned.tables()) == []
