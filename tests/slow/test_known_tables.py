"""Known tables through a whole sweep: exact to their digits, and inside the measured intervals.

At mu = sigma = 1 in one component; and a quadratic target in three that do not separate, each with its own theta.
"""

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
PLUGIN = Path(__file__).parents[1] / "plugins" / "mean_field.py"
GRADIENTS = {"mu": (-1.5, -2.15, 9.3), "sigma": (-2.73333333, 0.0, 5.5)}
MEAN_FIELD = {  # by entropy and estimator the variances of the three components for mu, then for sigma
    ("closed_form", "pathwise"): ((0.61, 1.3825, 36.09), (3.22, 7.005, 158.58)),
    ("monte_carlo", "pathwise"): ((0.61, 1.3825, 36.09), (3.22, 7.005, 158.58)),
    ("sticking_the_landing", "pathwise"): ((7.72111111, 0.3825, 30.34), (17.4422222, 5.005, 147.08)),
    ("closed_form", "price"): ((0.61, 1.3825, 36.09), (0.0, 0.0, 0.0)),
    ("closed_form", "score_function"): (
        (10171.9167, 958.6113, 517.42095),
        (20537.4933, 2043.4476, 2142.0219),
    ),
    ("sticking_the_landing", "score_function"): (
        (7961.33028, 750.235102, 433.723956),
        (15339.5078, 1529.7352, 1859.68202),
    ),
    ("monte_carlo", "score_function"): (
        (8359.64162, 787.723122, 448.595961),
        (16099.686, 1604.71124, 1900.42603),
    ),
    ("closed_form", OPTIMAL): (
        (4710.70667, 430.0712, 228.590925),
        (9436.99333, 892.4074, 1084.48185),
    ),
}
SIX = 1e-6  # relative, of the exact variances
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


@pytest.mark.slow
@pytest.mark.usefixtures("tables_alone")
def test_the_sweep_has_the_table_of_three_components_that_do_not_separate(tmp_path: Path) -> None:
    names = ",".join(dict.fromkeys(name for _, name in MEAN_FIELD))
    words = ("~study", f"plugins=['{PLUGIN}']", "objective=[mean_field]", f"estimator=[{names}]", "components=[untied]")
    cell = ("mu=[[0.5,-1,2]]", "sigma=[[0.3,1,2]]", "entropy=[closed_form,monte_carlo,sticking_the_landing]")
    rest = ("samples=[1]", "precision=0.02", "rounds=0", "write_components=true", f"output={tmp_path}", "name=run")
    outcome = command("sweep", *words, *cell, *rest)
    assert outcome.code == 0, outcome.err
    place = ("entropy", "estimator", "parameter")
    sums = {tuple(row[key] for key in place): row for row in rows(tmp_path / "run", "statistics")}
    components = {
        (*(row[key] for key in place), int(row["component"])): row for row in rows(tmp_path / "run", "components")
    }
    for (entropy, estimator), by_parameter in MEAN_FIELD.items():
        for (parameter, gradients), variances in zip(GRADIENTS.items(), by_parameter, strict=True):
            row = sums[entropy, estimator, parameter]
            total = sum(variances)
            assert float(row["exact_variance"]) == pytest.approx(total, rel=SIX, abs=1e-12)
            assert float(row["exact_gradient"]) == pytest.approx(np.linalg.norm(gradients), rel=SIX)
            if total:
                middle, low, high = np.log([float(row[f"variance{end}"]) for end in ("", "_low", "_high")])
                assert abs(middle - np.log(total)) < BOUND * (high - low) / 2 / T, (entropy, estimator, parameter)
            for component, (gradient, variance) in enumerate(zip(gradients, variances, strict=True)):
                row = components[entropy, estimator, parameter, component]
                assert float(row["exact_variance"]) == pytest.approx(variance, rel=SIX, abs=1e-12)
                assert float(row["exact_gradient"]) == pytest.approx(gradient, rel=SIX, abs=1e-12)
                assert abs(float(row["variance_z"])) < 6
                assert abs(float(row["gradient_z"])) < 6
