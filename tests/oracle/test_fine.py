"""Exact curves: at the measured values the numbers of statistics.csv, between them the closed form."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bench.tables import csv
from tests.support.command import command

CELL = ("objective=[normal_target]", "objective.normal_target={m:[0],dimension:[1]}", "samples=[1,4]", "rounds=0")


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    output: Path = tmp_path_factory.mktemp("curves")
    words = ("study=smoke", "sigma=[0.5,2]", "mu=[1]", "precision=10", "executor=serial", "along=[sigma]", *CELL)
    assert command("sweep", f"output={output}", "name=run", *words).code == 0
    return csv.read(output / "run")


def test_measured_values_have_the_exact_numbers_of_statistics(tables: dict[str, pd.DataFrame]) -> None:
    exact, statistics = tables["exact"], tables["statistics"]
    keys = [name for name in exact if name in statistics and name not in ("exact_gradient", "exact_variance", "bias")]
    both = exact.merge(statistics, on=keys, suffixes=("", "_measured"))
    measured = statistics[~statistics["status"].str.startswith("skipped")]
    assert len(both) == len(measured) > 0
    for column in ("exact_gradient", "exact_variance"):
        assert np.array_equal(both[column], both[f"{column}_measured"])


def test_between_them_is_the_closed_form(tables: dict[str, pd.DataFrame]) -> None:
    """f = (y - m)^2 / 2 + a constant, mu - m = 1: f' = y - m has the variance sigma^2, and y' by sigma is eps."""
    rows = tables["exact"].query("estimator == 'pathwise'")
    assert rows["x"].nunique() == 65
    assert (rows["x_axis"] == "sigma").all()
    assert (rows["y_axis"] == "").all()
    by_mu = rows[rows["parameter"] == "mu"]
    assert np.allclose(by_mu["exact_variance"], by_mu["sigma"] ** 2 / by_mu["samples"], rtol=1e-12)
    by_sigma = rows[rows["parameter"] == "sigma"]
    assert np.allclose(by_sigma["exact_variance"], (1 + 2 * by_sigma["sigma"] ** 2) / by_sigma["samples"], rtol=1e-12)


def test_a_sweep_that_is_not_asked_has_no_such_table(smoke: tuple[Path, object]) -> None:
    assert not (smoke[0] / "exact.csv").exists()
