"""The estimator of the least variance is first; where two tie both have it; the reference has ratio 1 everywhere."""

from pathlib import Path

import pandas as pd
import pytest

from bench.report.ranking import by_objective, by_variance, left_of_gap
from bench.tables import csv
from tests.support.command import Outcome

Frames = dict[str, pd.DataFrame]


@pytest.fixture
def tables(smoke: tuple[Path, Outcome]) -> Frames:
    frames = csv.read(smoke[0])
    return {name: frames[name] for name in ("ratios", "efficiency", "statistics")}


def test_every_cell_of_a_parameter_has_a_least_variance(tables: Frames) -> None:
    first, *others = by_variance(tables)
    assert (first.estimator, first.smallest, first.median, first.largest) == ("pathwise", 1, 1, 1)
    assert first.evaluations is None
    assert first.least == first.cells  # on squared errors it always has
    assert [rank.median for rank in others] == sorted(rank.median for rank in others)
    assert all(rank.least == 0 and rank.smallest > 1 for rank in others)
    rows = tables["ratios"]
    of_local = rows[(rows["numerator"] == "score_function_local") & rows["parameter"].isin(["mu", "sigma2"])]
    local = next(rank for rank in others if rank.estimator == "score_function_local")
    assert local.cells == of_local["variance_ratio"].notna().sum()
    assert local.median == pytest.approx(of_local["exact_variance_ratio"].median(), rel=1e-12)


def test_a_lower_variance_is_before_the_reference_and_equal_ones_tie(tables: Frames) -> None:
    tables["ratios"]["exact_variance_ratio"] = 1.0
    assert {rank.least == rank.cells for rank in by_variance(tables)} == {True}
    score = tables["ratios"]["numerator"] == "score_function"
    tables["ratios"].loc[score, "exact_variance_ratio"] = 0.999
    first, *others = by_variance(tables)
    assert (first.estimator, first.least) == ("score_function", first.cells)
    assert all(rank.least == 0 for rank in others if rank.cells == first.cells)


def test_a_bias_is_told(tables: Frames) -> None:
    assert not any(rank.biased for rank in by_variance(tables))
    tables["statistics"].loc[tables["statistics"]["estimator"] == "score_function", "bias"] = -0.1
    assert [rank.estimator for rank in by_variance(tables) if rank.biased] == ["score_function"]


def test_each_objective_has_its_ranking_and_no_ratio_none(tables: Frames) -> None:
    ((name, ranks),) = by_objective(tables)
    assert (name, ranks) == ("squared_error", by_variance(tables))
    assert by_variance({key: frame.head(0) for key, frame in tables.items()}) == []


def test_what_is_left_of_a_gap_is_a_share_of_that_at_the_start(descended: tuple[Path, Outcome]) -> None:
    tables = csv.read(descended[0])
    left = left_of_gap(tables)
    assert {name for name, _ in left} == set(tables["curves"]["estimator"])
    shares = [share for _, share in left]
    assert shares == sorted(shares)
    assert all(0 < share < 1 for share in shares)
    name, share = left[0]
    rows = tables["curves"][tables["curves"]["estimator"] == name]
    ends = [rows[rows["step"] == step]["gap"].iloc[0] for step in (0, rows["step"].max())]
    assert len(rows[rows["step"] == 0]) == 1
    assert share == ends[1] / ends[0]
    assert left_of_gap({"curves": tables["curves"].assign(gap=float("nan"))}) == []
