"""The forecast of a sweep: cells, skips, draws within what the sweep then takes, and nothing written."""

import re
from pathlib import Path

import pytest

from bench import cli, registry
from bench.config import compose, settings
from bench.oracle import forecast
from bench.plan import cells

PLUGINS = registry.load(kinds=("objective", "estimator", "family", "sampler", "data", "executor"))


def work(*overrides: str) -> tuple[cells.Plan, settings.Settings]:
    compose.store(PLUGINS)
    checked = settings.check(compose.compose("sweep", ["study=smoke", *overrides]), PLUGINS)
    return cells.build(checked, PLUGINS), checked


def test_the_plan_is_told_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sweep", "study=smoke", f"output={tmp_path / 'new'}", "dry_run=true"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"cells: 16, estimators: 3, to measure: 40", out)
    assert "skipped 8: score_function_local: needs latent=per_datum, or an objective of several components" in out
    assert not list(tmp_path.iterdir())


def test_draws_follow_the_precision_until_the_budget() -> None:
    """Ten times the precision is a hundred times the draws, up to whole laps; the budget ends it."""
    coarse, fine, poor = (
        [forecast.cost(stream, *work(*overrides)) for stream in work()[0].streams]
        for overrides in (("precision=0.01",), ("precision=0.001",), ("precision=0.001", "budget=100000000"))
    )
    for few, many, short in zip(coarse, fine, poor, strict=True):
        assert not few.limited
        assert 0.8 * 100 * (few.laps - 1) < many.laps <= 1.2 * 100 * few.laps
        assert short.limited
        assert short.laps < many.laps


def test_of_many_cells_some_are_looked_at_and_the_ends_among_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The laps are those of the worst cell, an end of the axis; memory grows with the cells that are not looked at."""
    plan, checked = work("sigma=[0.5,0.6,0.7,0.8,0.9,1,2,8]", "latent=[shared]", "dataset_size=[5]", "samples=[1]")
    (stream,) = plan.streams
    every = forecast.cost(stream, plan, checked)
    monkeypatch.setattr(forecast, "MOST_CELLS", 2)
    few = forecast.cost(stream, plan, checked)
    assert (few.laps, few.draws) == (every.laps, every.draws)
    assert 0.5 < few.bytes / every.bytes < 2
    assert "looked at: 2 of 8 cells" in forecast.describe(plan, checked)
