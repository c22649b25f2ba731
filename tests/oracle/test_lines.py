"""Lines of the figures: exact at the measured values and between them, as fine as a count of evaluations allows."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from bench.config import compose, settings
from bench.oracle import fine, lines
from bench.plan import cells
from bench.registry import Registry
from bench.tables import csv, slices
from bench.tables.statistics import STATISTICS
from tests.support.command import Outcome

N, K = 5, 10  # of the middle slice of the smoke sweep, where mu is 1


@pytest.fixture(scope="module")
def tables(smoke: tuple[Path, Outcome]) -> dict[str, pd.DataFrame]:
    return csv.read(smoke[0])


def again(plugins: Registry, tables: dict[str, pd.DataFrame], *words: str) -> pd.DataFrame:
    """The rows for these tables, as a sweep of these words would make them."""
    compose.store(plugins)
    chosen = settings.check(compose.compose("sweep", ["study=smoke", *words]), plugins)
    rows = {name: tables[name].to_dict("records") for name in ("statistics", "ratios")}
    return pd.DataFrame(lines.rows(chosen, cells.build(chosen, plugins), rows, plugins, lambda *_: None, print))


def test_measured_values_have_the_exact_numbers_of_statistics(tables: dict[str, pd.DataFrame]) -> None:
    keys = [*STATISTICS.keys]
    both = tables["lines"].merge(tables["statistics"], on=keys, suffixes=("", "_measured"))
    assert {"sigma", "dataset_size", "samples"} == set(both["x_axis"])
    assert np.array_equal(both["exact_variance"], both["exact_variance_measured"])


@pytest.mark.parametrize("wrong", [1.0, 1.001])
def test_between_them_is_the_closed_form(tables: dict[str, pd.DataFrame], wrong: float) -> None:
    """Of a shared draw the pathwise variance is 4 n^2 v / K for mu, and n^2 (a^2 / v + 2) / K for sigma^2."""
    rows = tables["lines"].query("x_axis == 'sigma' and estimator == 'pathwise' and latent == 'shared'")
    assert rows["x"].nunique() == 9
    assert (rows["x"] == rows["sigma"]).all()
    assert set(rows["dataset_size"]) == {N}
    assert set(rows["samples"]) == {K}
    v = rows["sigma"] ** 2
    of_mu = rows["parameter"] == "mu"
    exact = rows["exact_gradient"].where(of_mu)  # 2 n a
    a = exact.dropna().iloc[0] / (2 * N)
    closed = (4 * N**2 * v).where(of_mu, N**2 * (a**2 / v + 2)) / K * wrong
    assert np.allclose(rows["exact_variance"], closed, rtol=1e-10) == (wrong == 1.0)


def test_the_same_sweep_has_the_same_points_and_an_axis_that_was_asked_for_none(
    plugins: Registry, tables: dict[str, pd.DataFrame]
) -> None:
    made = again(plugins, tables)
    pd.testing.assert_frame_equal(made, again(plugins, tables))
    assert np.array_equal(made["exact_variance"].astype(float), tables["lines"]["exact_variance"])
    assert set(again(plugins, tables, "along=[sigma]")["x_axis"]) == {"dataset_size", "samples"}


def test_evaluations_are_counted_and_too_many_make_no_line(
    plugins: Registry, tables: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []

    def counting(*arguments: Any) -> Any:
        counted.append(lines._evaluations(arguments[1]))
        return fine.of_plan(*arguments)

    monkeypatch.setattr(lines, "fine", type("module", (), {"of_plan": staticmethod(counting)}))
    for most, axes in ((60, {"samples", "sigma", "dataset_size"}), (30, {"samples", "dataset_size"}), (0, set())):
        counted.clear()
        monkeypatch.setattr(lines, "MOST", most)
        made = again(plugins, tables)
        assert (set(made["x_axis"]) if len(made) else set()) == axes
        assert sum(counted) <= most


def test_where_a_plug_in_fails_between_the_values_there_is_no_line(
    plugins: Registry, tables: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*arguments: Any) -> Any:
        if arguments[2] == ["sigma"]:
            raise ValueError("an odd sigma")
        return fine.of_plan(*arguments)

    monkeypatch.setattr(lines, "fine", type("module", (), {"of_plan": staticmethod(failing)}))
    assert set(again(plugins, tables)["x_axis"]) == {"dataset_size", "samples"}


def test_parameters_that_repeat_another_have_none(tables: dict[str, pd.DataFrame]) -> None:
    assert not set(tables["lines"]["parameter"]) & set(slices.AS_SIGMA2)


def test_where_the_oracle_fails_between_values_the_axis_is_named_and_has_no_line(
    plugins: Registry,
    tables: dict[str, pd.DataFrame],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def failing(*arguments: Any) -> Any:
        if arguments[2] == ["sigma"]:
            raise ValueError("not\nthere")
        return fine.of_plan(*arguments)

    monkeypatch.setattr(lines, "fine", type("module", (), {"of_plan": staticmethod(failing)}))
    assert set(again(plugins, tables)["x_axis"]) == {"dataset_size", "samples"}
    assert capsys.readouterr().out.splitlines() == ["exact curves: none along sigma: not there"]
