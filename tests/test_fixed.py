"""`fixed`: parameters that stay at their start, to the bit; optimum and steps are those of the others."""

import math
from pathlib import Path

import pytest

from bench.data.normal import PLUGIN as NORMAL
from tests.support.command import command, one_line
from tests.support.fits import fit_tables, without_report


@pytest.fixture(autouse=True)
def tables_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    without_report(monkeypatch)


@pytest.mark.parametrize("optimiser", ["sgd", "adam"])
def test_a_fixed_parameter_stays_at_its_start_to_the_bit(tmp_path: Path, optimiser: str) -> None:
    words = ("fixed=[sigma]", "start.sigma=0.7", "learning_rate=[1e-3]", f"optimiser=[{optimiser}]", "samples=[2]")
    tables = fit_tables(tmp_path, *words)
    assert {row["sigma"] for row in tables["paths"]} == {"0.7"}
    moved = {row["mu"] for row in tables["paths"] if row["step"] != "0"}
    assert len(moved) == len(tables["paths"]) - 2  # of two estimators after the start


def test_the_optimum_is_beside_what_is_fixed(tmp_path: Path) -> None:
    """F = n ((mu - xbar)^2 + s2 + sigma^2): least at xbar where sigma is fixed, at sigma = 0 where mu is."""
    xbar = NORMAL.load(100, **NORMAL.parameters).mean()
    start = ("start.mu=2", "start.sigma=0.5", "learning_rate=[1e-6]", "samples=[1]", "estimator=[pathwise]")
    by_mu = fit_tables(tmp_path / "mu", *start, "fixed=[sigma]")["curves"][0]
    assert float(by_mu["distance"]) == pytest.approx(abs(2 - xbar), rel=1e-9)
    assert float(by_mu["gap"]) == pytest.approx(100 * (2 - xbar) ** 2, rel=1e-9)
    assert float(by_mu["gradient_norm"]) == pytest.approx(200 * abs(2 - xbar), rel=1e-9)
    by_sigma = fit_tables(tmp_path / "sigma", *start, "fixed=[mu]", "parameterisation=[sigma]")["curves"][0]
    assert float(by_sigma["distance"]) == pytest.approx(0.5, rel=1e-9)
    assert float(by_sigma["gradient_norm"]) == pytest.approx(100.0, rel=1e-9)  # dF/dsigma = 2 n sigma


def test_the_variance_of_a_step_is_that_of_what_is_stepped_in(tmp_path: Path) -> None:
    """Pathwise by mu: 4 n^2 sigma^2, wherever mu is; the interval is that of a median of 16 chi-squared values."""
    words = ("estimator=[pathwise]", "samples=[1]", "learning_rate=[1e-6]", "fixed=[sigma]", "replicates=64")
    for row in fit_tables(tmp_path, *words)["curves"]:
        degrees = 31
        middle = 40_000 * (1 - 2 / (9 * degrees)) ** 3
        error = math.sqrt(math.pi / 2 / 64) * 40_000 * math.sqrt(2 / degrees)
        assert abs(float(row["step_variance"]) - middle) < 5 * error


@pytest.mark.parametrize(
    ("word", "beginning"),
    [
        ("fixed=[scale]", "unknown fixed 'scale'; known: mu, sigma"),
        ("fixed=[mu,sigma]", "fixed=['mu','sigma'] is not allowed; allowed: a list that leaves a parameter of "),
        ("fixed=sigma", "fixed='sigma' is not allowed; allowed: a list in brackets"),
    ],
)
def test_what_cannot_be_fixed_is_one_line(word: str, beginning: str) -> None:
    assert one_line(command("fit", word)).startswith(beginning)
