"""This suite beside the fastest peer that is installed, in a process on one core."""

from collections.abc import Callable

import pandas as pd
import pytest

from bench.commands.peers import answer
from bench.peers.known import FRAMEWORKS
from bench.peers.problem import ESTIMATORS, POINTS
from bench.peers.rows import Asked
from bench.report.peers.summary import DEAR, fastest


@pytest.mark.parametrize("objective", POINTS)
def test_beside_the_fastest_peer(objective: str, claim: Callable[[str, float, str], None]) -> None:
    told = answer(Asked([objective], ESTIMATORS, [100], FRAMEWORKS, "1", 1, 11, 0))
    for row in fastest(pd.DataFrame(told["rows"])).to_dict("records"):
        peer = f"{objective}, {row['estimator']}: times faster than {row['framework']} {row['variant']}"
        claim(f"{peer}, one cell", row["ratio"], ">= 1" if objective == DEAR else ">= 5")
        claim(f"{peer}, a cell in a grid", row["grid_ratio"], "no number" if objective == DEAR else ">= 40")
