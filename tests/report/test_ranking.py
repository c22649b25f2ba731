"""In each cell the least error times work is first, by each work; what is not told apart from it is best too."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bench.report.ranking import WORK, by_objective, left_of_gap, ranked, ranking, standings
from bench.tables import csv
from tests.support.command import Outcome

Frames = dict[str, pd.DataFrame]
KEYS = ["latent", "sigma", "dataset_size", "samples", "parameter", "evaluation"]


@pytest.fixture
def tables(smoke: tuple[Path, Outcome]) -> Frames:
    frames = csv.read(smoke[0])
    return {name: frames[name] for name in ("ratios", "efficiency", "statistics")}


def narrowed(tables: Frames, ratio: float) -> Frames:
    """Variance ratios of the score function of one value everywhere, with no bias, in equal time."""
    rows = tables["ratios"].copy()
    mine = (rows["numerator"] == "score_function") & rows["variance_ratio"].notna()
    for end, factor in (("", 1.0), ("_low", 0.999), ("_high", 1.001)):
        rows.loc[mine, [f"variance_ratio{end}", f"mse_ratio{end}"]] = ratio * factor
    times = tables["efficiency"].copy()
    mine = times["numerator"] == "score_function"
    for end, factor in (("", 1.0), ("_low", 0.999), ("_high", 1.001)):
        times.loc[mine, f"efficiency_ratio{end}"] = ratio * factor
    return {**tables, "ratios": rows, "efficiency": times}


@pytest.mark.parametrize("work", WORK)
def test_every_cell_has_its_estimators_in_their_order_the_reference_among_them(tables: Frames, work: str) -> None:
    for _, cell in ranking(narrowed(tables, 0.5), work).groupby(KEYS):
        order = cell.sort_values("rank")["estimator"].tolist()
        assert order[:2] == ["score_function", "pathwise"]
        assert cell.loc[cell["best"], "estimator"].tolist() == ["score_function"]
        assert sorted(cell["rank"]) == [*range(1, len(cell) + 1)]


def test_what_is_ranked_by_seconds_is_the_efficiency_where_there_is_no_bias(tables: Frames) -> None:
    """And by evaluations the ratio of mean squared errors times that of the evaluations."""
    times = tables["efficiency"]
    times = times[times["parameter"].isin(["mu", "sigma2"])].assign(estimator=lambda rows: rows["numerator"])
    joined = ranking(tables, "seconds").merge(times, on=["estimator", *KEYS], suffixes=("", "_known"))
    per_error = joined["mse_ratio"] / joined["variance_ratio"]
    np.testing.assert_allclose(joined["value"], joined["efficiency_ratio_known"] * per_error, rtol=1e-12)
    assert len(joined) == len(times)
    rows = ranking(tables, "evaluations")
    rows = rows[rows["estimator"] != rows["denominator"]]
    looks = rows["looks_numerator"] / rows["looks_denominator"]
    np.testing.assert_allclose(rows["value"], rows["mse_ratio"] * looks, rtol=1e-12)
    assert not rows.duplicated([*KEYS, "estimator"]).any()


def test_the_first_is_most_often_among_the_best_and_of_equals_the_one_of_less_error(tables: Frames) -> None:
    first, *others = standings(tables)
    assert (first.estimator, first.smallest, first.median, first.largest) == ("pathwise", 1, 1, 1)
    assert first.best == first.cells  # on squared errors it always is
    assert [standing.median for standing in others] == sorted(standing.median for standing in others)
    assert all(not any(standing.best.values()) and standing.smallest > 1 for standing in others)
    rows = ranked(tables)
    for standing in (first, *others):
        its = {work: ranks[ranks["estimator"] == standing.estimator] for work, ranks in rows.items()}
        assert standing.cells == {work: len(ranks) for work, ranks in its.items()}
        assert standing.best == {work: ranks["best"].sum() for work, ranks in its.items()}


def test_a_lower_error_is_before_the_reference_and_what_is_not_told_apart_is_best_too(tables: Frames) -> None:
    assert standings(narrowed(tables, 0.99))[0].estimator == "score_function"
    equal = {standing.estimator: standing for standing in standings(narrowed(tables, 1.0))}
    assert all(equal[name].best == equal[name].cells for name in ("pathwise", "score_function"))


def test_a_bias_is_told(tables: Frames) -> None:
    assert not any(standing.biased for standing in standings(tables))
    tables["statistics"].loc[tables["statistics"]["estimator"] == "score_function", "bias"] = -0.1
    assert [standing.estimator for standing in standings(tables) if standing.biased] == ["score_function"]


def test_without_times_evaluations_rank_alone(tables: Frames) -> None:
    untimed = standings({**tables, "efficiency": tables["efficiency"].head(0)})
    assert [standing.estimator for standing in untimed] == [standing.estimator for standing in standings(tables)]
    assert {tuple(standing.cells) for standing in untimed} == {("evaluations",)}


def test_each_objective_has_its_standings_and_no_ratio_none(tables: Frames) -> None:
    ((name, told),) = by_objective(tables)
    assert (name, told) == ("squared_error", standings(tables))
    assert standings({key: frame.head(0) for key, frame in tables.items()}) == []


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
