"""The law of a descent at rest: what is measured is what theory says, exact where it is, else to first order."""

import itertools
import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from bench.data.normal import PLUGIN as NORMAL
from tests.support.fits import fit_tables, without_report

X = NORMAL.load(100, **NORMAL.parameters)
QUADRATIC = ("fixed=[sigma]", "start.sigma=0.8", "steps=200", "checkpoints=20")
LEVEL = 1e-6  # of a false alarm
PLANTED = 1.05


@pytest.fixture(autouse=True)
def tables_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    without_report(monkeypatch)


def theory(folder: Path, *words: str) -> list[dict[str, str]]:
    return list(fit_tables(folder, *words)["theory"])


def number(row: Mapping[str, str], name: str) -> float:
    return float(row[name] or "nan")


def score(row: Mapping[str, str], expected: float, name: str = "measured_variance", replicates: int = 4096) -> float:
    """How many standard errors of its logarithm a measured number is away."""
    half = math.log(number(row, f"{name}_high") / number(row, name)) / stats.t.ppf(0.975, replicates - 1)
    return math.log(number(row, name) / expected) / half


@pytest.fixture(scope="module")
def quadratics(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """Pathwise with sigma fixed, at two numbers of samples."""
    with pytest.MonkeyPatch.context() as patch:
        without_report(patch)
        words = ("learning_rate=[2e-3]", "samples=[1,4]", "replicates=4096", "checkpoints=16", "estimator=[pathwise]")
        return theory(tmp_path_factory.mktemp("quadratics"), *QUADRATIC, *words)


def test_of_a_quadratic_it_is_the_closed_form(quadratics: list[dict[str, str]]) -> None:
    """mu <- mu - a (h (mu - xbar) + noise), h = 2 n, noise of variance 4 n^2 sigma^2 / K."""
    assert len(quadratics) == 2
    for row in quadratics:
        a, h, s = number(row, "learning_rate"), 200.0, 40_000 * 0.64 / number(row, "samples")
        assert row["kind"] == "exact"
        variance = a**2 * s / (1 - (1 - a * h) ** 2)
        assert number(row, "stationary_variance") == pytest.approx(variance, rel=1e-8)
        assert number(row, "floor") == pytest.approx(h / 2 * variance, rel=1e-8)
        assert number(row, "contraction") == pytest.approx((1 - a * h) ** 2, rel=1e-8)


def test_what_is_measured_is_what_theory_says_and_a_planted_error_is_seen(quadratics: list[dict[str, str]]) -> None:
    bound = stats.norm.isf(LEVEL / 2 / (2 * len(quadratics)))
    for row in quadratics:
        for name, measured in (("stationary_variance", "measured_variance"), ("floor", "measured_floor")):
            exact = number(row, name)
            assert abs(score(row, exact, measured)) < bound
        assert abs(score(row, PLANTED * number(row, "stationary_variance"))) > bound


def test_the_way_there_contracts_as_theory_says(tmp_path: Path) -> None:
    """From far away the noise is nothing beside the way: the median gap falls by (1 - a h)^2 a step."""
    words = ("start.mu=1e6", "learning_rate=[5e-4]", "samples=[1]", "estimator=[pathwise]", "checkpoints=100")
    (row,) = theory(tmp_path, *QUADRATIC, *words)
    assert number(row, "contraction") == pytest.approx(0.81, rel=1e-8)
    assert number(row, "measured_contraction_low") < 0.81 < number(row, "measured_contraction_high")
    assert number(row, "measured_contraction") == pytest.approx(0.81, rel=1e-2)  # the last tenth of it sees the floor


def test_what_first_order_leaves_out_of_a_noise_that_grows_is_said(tmp_path: Path) -> None:
    """Var of the score function by mu: n^2 [A^2/v + 8a^2 + 6A + 15v] / K, A = a^2 + s2, a from rest."""
    words = ("learning_rate=[5e-4]", "samples=[1]", "estimator=[score_function]", "dataset_size=[50]", "replicates=8")
    (row,) = theory(tmp_path, *QUADRATIC, *words)
    s2, v, squared = NORMAL.load(50, **NORMAL.parameters).var(), 0.64, number(row, "stationary_variance")

    def variance(squared: float) -> float:
        size = squared + s2
        return float(size**2 / v + 8 * squared + 6 * size + 15 * v)

    more = 100 * (variance(squared) / variance(0.0) - 1)
    assert more > 5
    assert f"a step's variance is {more:.2g} % above that at rest, which first order leaves out" in row["note"]


@pytest.mark.slow
def test_half_the_rate_halves_what_the_first_order_misses(tmp_path: Path) -> None:
    """Of the score function, whose noise grows with the distance: measured / predicted - 1 = c a + O(a^2)."""
    words = ("learning_rate=[8e-4,4e-4]", "samples=[16]", "replicates=16384", "estimator=[score_function]")
    rows = theory(tmp_path, *QUADRATIC, *words, "steps=400", "checkpoints=40")
    assert {row["kind"] for row in rows} == {"first order"}
    missed = [number(row, "measured_variance") / number(row, "stationary_variance") - 1 for row in rows]
    errors = [
        (number(row, "measured_variance_high") - number(row, "measured_variance"))
        / number(row, "stationary_variance")
        / 2
        for row in rows
    ]
    bound = stats.norm.isf(LEVEL / 2)
    assert missed[0] > bound * errors[0]  # there is something to halve
    assert abs(missed[1] - missed[0] / 2) < bound * math.hypot(errors[1], errors[0] / 2) + missed[0] ** 2 / 2
    assert missed[1] < 0.75 * missed[0]


def test_sticking_the_landing_converges_to_round_off_and_the_others_stay_on_their_floor(tmp_path: Path) -> None:
    target = ("objective=[normal_target]", "objective.normal_target.dimension=[3]", "components=[untied]")
    entropies = "entropy=[closed_form,monte_carlo,sticking_the_landing]"
    words = (*target, entropies, "estimator=[pathwise]", "samples=[1]", "learning_rate=[0.02]")
    tables = fit_tables(tmp_path, *words, "steps=1500", "checkpoints=15", "replicates=256")
    rows = {row["entropy"]: row for row in tables["theory"]}
    bound = stats.norm.isf(LEVEL / 2)
    for entropy in ("closed_form", "monte_carlo"):
        row = rows[entropy]
        assert row["kind"] == "first order"
        assert number(row, "floor") == pytest.approx(0.02 * 9 / 4, rel=1e-6)  # tr S = 3 (1 + 2)
        error = (number(row, "measured_floor_high") - number(row, "measured_floor")) / 2
        assert abs(number(row, "measured_floor") / 0.045 - 1) < bound * error / 0.045 + 0.02 * 2  # and O(a h)
    row = rows["sticking_the_landing"]
    assert (row["kind"], number(row, "floor"), number(row, "stationary_variance")) == ("linear convergence", 0.0, 0.0)
    contraction = number(row, "contraction")
    assert (1 - 0.02) ** 2 < contraction < 1 - 0.02 * 1.9
    assert number(row, "measured_contraction") == pytest.approx(contraction, abs=0.02**2)
    points = [row for row in tables["curves"] if row["entropy"] == "sticking_the_landing"]
    curve = [number(point, "distance") for point in points if int(point["step"]) % 100 == 0]
    factors = [later / former for former, later in itertools.pairwise(curve[3:]) if later > 1e-13]
    np.testing.assert_allclose(factors, contraction**50, rtol=0.05)  # of each 100 steps, median over 256 replicates
    assert len(factors) >= 8
    assert curve[-1] < 1e-12


REASONS = {
    "optimiser=[adam]": "theory is of sgd with a constant rate",
    "schedule=[cosine]": "theory is of sgd with a constant rate",
    "fixed=[]": "F is least at an end of the domain",
    "learning_rate=[0.02]": "steps are too long: the rate times the largest curvature is 4, allowed below 2",
}


@pytest.mark.parametrize("word", REASONS)
def test_where_theory_says_nothing_it_says_why(tmp_path: Path, word: str) -> None:
    words = ("learning_rate=[1e-6]", "samples=[1]", "estimator=[pathwise]", "steps=8", *QUADRATIC[:2])
    (row,) = theory(tmp_path, *words, word)
    assert (row["kind"], row["stationary_variance"], row["floor"], row["contraction"]) == (REASONS[word], "", "", "")


def test_what_is_measured_too_early_says_so(tmp_path: Path) -> None:
    words = ("learning_rate=[1e-6]", "samples=[1]", "estimator=[pathwise]", "start.mu=5")
    (row,) = theory(tmp_path, *QUADRATIC, *words)
    assert (row["kind"], row["note"]) == ("exact", "measured before it is at rest: more steps would tell")
