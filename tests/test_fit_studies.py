"""What the studies of `fit` show, in small; as they are, behind `slow`.

A median ends within its interval of where it should, the interval as wide as a false alarm of 1e-6 asks.
"""

import math
from collections.abc import Mapping
from pathlib import Path

import pytest
from scipy import stats

from bench.data.normal import PLUGIN as NORMAL
from tests.support.command import command, rows
from tests.support.fits import without_report

X = NORMAL.load(100, **NORMAL.parameters)
XBAR, S = float(X.mean()), float(X.std())
POSTERIOR = (100 * XBAR / 101, 101**-0.5)  # of a prior N(0, 1) and data of variance 1
ENDS = {"squared_error": (XBAR, 0.0), "gaussian_kl": (XBAR, S), "gaussian_posterior": POSTERIOR}
WIDER = stats.norm.isf(0.5e-6) / stats.norm.isf(0.025)  # than an interval of 95 %


@pytest.fixture(autouse=True)
def tables_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    without_report(monkeypatch)


def tables(folder: Path, study: str, *words: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    code, _, err = command("fit", f"study={study}", f"output={folder}", "rounds=0", "executor=serial", *words)
    assert code == 0, err
    return rows(folder / study, "curves"), rows(folder / study, "theory")


def off(row: Mapping[str, str], name: str, expected: float) -> float:
    """How far a median is from a value, in half-widths of its interval."""
    low, high = float(row[f"{name}_median_low"]), float(row[f"{name}_median_high"])
    return abs(float(row[name]) - expected) / ((high - low) / 2)


def require_ends(curves: list[dict[str, str]]) -> None:
    last = [row for row in curves if row["step"] == curves[-1]["step"]]
    assert {(row["objective"], row["estimator"]) for row in last} == {
        (name, estimator) for name in ENDS for estimator in ("pathwise", "score_function")
    }
    for row in last:
        mu, sigma = ENDS[row["objective"]]
        assert off(row, "mu", mu) < WIDER
        if sigma:
            assert off(row, "sigma", sigma) < WIDER
        else:  # on its way to 0, which no step reaches
            assert float(row["sigma"]) ** 2 < 0.01


def test_the_asker_sees_mu_and_sigma_arrive(tmp_path: Path) -> None:
    curves, _ = tables(tmp_path, "asker", "replicates=16", "checkpoints=4")
    require_ends(curves)


@pytest.mark.slow
def test_the_asker_sees_mu_and_sigma_arrive_in_the_study_itself(tmp_path: Path) -> None:
    curves, _ = tables(tmp_path, "asker")
    require_ends(curves)


def gaps(curves: list[dict[str, str]], **keys: str) -> dict[int, float]:
    """The gap after each of the steps that are recorded."""
    alike = [row for row in curves if all(row[key] == value for key, value in keys.items())]
    return {int(row["step"]): float(row["gap"]) for row in alike}


@pytest.mark.slow
def test_sticking_the_landing_converges_linearly_and_the_others_level_off(tmp_path: Path) -> None:
    words = ("optimiser=[sgd]", "estimator=[pathwise]", "learning_rate=[0.03]", "steps=1000", "checkpoints=50")
    curves, theory = tables(tmp_path, "sticking_the_landing", *words)
    landing = gaps(curves, entropy="sticking_the_landing")
    factors = [landing[step + 100] / landing[step] for step in range(100, 500, 100)]
    contraction = next(float(row["contraction"]) for row in theory if row["entropy"] == "sticking_the_landing")
    for factor in factors:
        assert math.log(factor) == pytest.approx(100 * math.log(contraction), rel=0.01)
    assert landing[1000] < 1e-12
    for row in theory:
        if row["entropy"] != "sticking_the_landing":
            half = (float(row["measured_floor_high"]) - float(row["measured_floor"])) * WIDER
            assert abs(float(row["measured_floor"]) - float(row["floor"])) < half + 2 * 0.03 * float(row["floor"])


@pytest.mark.slow
def test_as_published_with_adam_it_alone_goes_on(tmp_path: Path) -> None:
    """Adam at 0.01 from N(0, I): after 1,000 steps it is a million times below the others, which have levelled off."""
    words = ("optimiser=[adam]", "estimator=[pathwise]", "learning_rate=[0.01]", "checkpoints=20")  # of 1,000 steps
    curves, _ = tables(tmp_path, "sticking_the_landing", *words)
    landing, others = (gaps(curves, entropy=entropy) for entropy in ("sticking_the_landing", "closed_form"))
    assert landing[1000] < 1e-6 * others[1000]
    assert others[1000] > 0.5 * others[800]
    assert gaps(curves, entropy="monte_carlo") == pytest.approx(others, rel=1e-6)  # pathwise, the same draw by draw
