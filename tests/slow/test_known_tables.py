"""The known table at mu = sigma = 1, through a whole sweep: exact to its digits, and inside the measured intervals."""

from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from bench.plan import tiling
from tests.support.command import command, rows
from tests.support.known import DIGITS, FOUR, NORMAL, OPTIMAL

PLACES = {
    "quadratic, k = -3": ("quadratic", "k=-3"),
    "quadratic, k = 0": ("quadratic", "k=0"),
    "exponential, k = 10": ("exponential", "k=10"),
    "cosine, k = 5": ("cosine", "k=5"),
}
ESTIMATORS = ("pathwise", "score_function", OPTIMAL, "measure_valued", "price")
T = stats.t.isf(0.025, tiling.GROUPS - 1)  # half of a 95 % interval, in standard errors
BOUND = 4.5  # standard errors of the logarithm, of some 32 variances


@pytest.mark.slow
@pytest.mark.usefixtures("tables_alone")
def test_the_sweep_has_every_known_variance(tmp_path: Path) -> None:
    keys = ("objective.quadratic.k=[-3,0]", "objective.exponential.k=[10]", "objective.cosine.k=[5]")
    words = ("~study", "objective=[quadratic,exponential,cosine]", f"estimator=[{','.join(ESTIMATORS)}]", *keys)
    cell = ("mu=[1]", "sigma=[1]", "samples=[1]", "precision=0.02", "rounds=0", f"output={tmp_path}", "name=run")
    outcome = command("sweep", *words, *cell)
    assert outcome.code == 0, outcome.err
    found = {
        (row["objective"], row["variant"].partition(",")[0], row["estimator"], row["parameter"]): row
        for row in rows(tmp_path / "run", "statistics")
    }
    checked = 0
    for name, (_, by_estimator) in NORMAL.items():
        for estimator in {*ESTIMATORS} & {*by_estimator}:
            for parameter, known in zip(("mu", "sigma"), by_estimator[estimator], strict=True):
                row = found[*PLACES[name], estimator, parameter]
                digits = DIGITS if name.startswith("quadratic") else FOUR
                assert float(row["exact_variance"]) == pytest.approx(known, rel=digits, abs=1e-12)
                if known:
                    ends = (float(row[f"variance{end}"]) for end in ("", "_low", "_high"))
                    middle, low, high = np.log([*ends])
                    error = (high - low) / 2 / T
                    assert abs(middle - np.log(known)) < BOUND * error + digits, (name, estimator, parameter)
                checked += 1
    assert checked == 2 * (5 + 5 + 4 + 4)
