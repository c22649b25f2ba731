"""The clock: whom it times when, what it makes of the times, and what it never makes up."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.clock import rows as rows_of_times
from bench.engine.journal import Journal
from bench.engine.stages import Sampled
from bench.plan.cells import Plan
from bench.plan.references import Reference
from bench.registry import Registry
from bench.tables.timings import TIMINGS
from tests.support.command import Outcome, rows

ROUNDS = 7
Rows = list[dict[str, Any]]


@pytest.fixture
def plan(sampled: tuple[Plan, tuple[Sampled, ...]]) -> Plan:
    return sampled[0]


class FakeWork:
    """Takes its times from a list: round r of estimator m draws in 10 ns and computes in NS[m][r]."""

    NS = ([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0], [2.0, 6.0, 20.0, 8.0, 48.0, 64.0, 256.0], [90.0] * ROUNDS)
    order: list[str]

    def __init__(self, plan: Plan, cell: Any, variant: Any, *rest: Any) -> None:
        self.name, self.compile_s, self.round_ns = variant.name, 0.25, 1.0
        self.times: Iterator[float] = iter(self.NS[[v.name for v in plan.estimators].index(variant.name)])

    def time(self) -> tuple[float, float]:
        type(self).order.append(self.name)
        return 10.0, next(self.times) - 10.0


@pytest.fixture
def timed(plan: Plan, plugins: Registry, monkeypatch: pytest.MonkeyPatch) -> Rows:
    FakeWork.order = []
    monkeypatch.setattr(rows_of_times, "calibrated", FakeWork)
    with Journal(None) as journal:
        return list(rows_of_times.rows(plan, plugins, ROUNDS, journal, "", lambda *state: None))


def test_every_kind_of_evaluation_of_every_cost_is_timed(timed: Rows, plan: Plan) -> None:
    keys = ("latent", "evaluation", "samples", "estimator")
    kinds = [("shared", ("collapsed", "direct")), ("per_datum", ("direct",))]
    names = [variant.name for variant in plan.estimators]
    assert [tuple(row[key] for key in keys) for row in timed] == [
        (latent, evaluation, samples, name)
        for latent, evaluations in kinds
        for samples in (1, 10)
        for evaluation in evaluations
        for name in (names if latent == "per_datum" else names[:2])
    ]
    assert all(set(row) == set(TIMINGS.columns[1:]) for row in timed)


def test_kept_times_are_taken_while_the_table_has_the_same_columns(
    plan: Plan, plugins: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal holds whole rows: after a change of the table they would lack a column."""
    monkeypatch.setattr(rows_of_times, "calibrated", FakeWork)
    timed_pairs = []
    with Journal(None) as journal:
        for table in (TIMINGS, TIMINGS, replace(TIMINGS, measured=TIMINGS.measured | {"spread_ns": float})):
            FakeWork.order = []
            monkeypatch.setattr(rows_of_times, "TIMINGS", table)
            timed = list(rows_of_times.rows(plan, plugins, ROUNDS, journal, "", lambda *state: None))
            assert all(set(row) == set(table.columns[1:]) for row in timed)
            timed_pairs.append(len(FakeWork.order) > 0)
    assert timed_pairs == [True, False, True]


def test_rounds_are_interleaved_in_rotated_order(timed: Rows, plan: Plan) -> None:
    names = [variant.name for variant in plan.estimators]
    last = FakeWork.order[-3 * ROUNDS :]
    rotated = [[names[(i + r) % 3] for i in range(3)] for r in range(ROUNDS)]
    assert last == list(itertools.chain(*rotated))
    assert len({tuple(order) for order in rotated}) == 3


def test_medians_are_of_the_rounds_and_the_ratio_is_of_each_round(timed: Rows) -> None:
    """The median of ratios, [2, 3, 5, 1, 3, 2, 4] -> 3; the ratio of medians would be 20 / 8 = 2.5."""
    pathwise, score, _ = timed[-3:]
    assert pathwise["estimate_ns"] == 8.0
    assert (pathwise["time_ratio"], pathwise["time_ratio_low"], pathwise["time_ratio_high"]) == (1.0, 1.0, 1.0)
    assert score["estimate_ns"] == 20.0
    assert (score["time_ratio"], score["time_ratio_low"], score["time_ratio_high"]) == (3.0, 1.0, 5.0)
    assert score["draw_ns"] == 10.0
    assert score["kernel_ns"] == 10.0
    assert (score["rounds"], score["compile_s"]) == (ROUNDS, 0.25)


def test_long_cells_have_fewer_rounds(plan: Plan, plugins: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    FakeWork.order = []

    class Slow(FakeWork):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            self.round_ns = rows_of_times.MOST_NS

    monkeypatch.setattr(rows_of_times, "calibrated", Slow)
    for rounds, fewer in ((ROUNDS, rows_of_times.LEAST_ROUNDS), (1, 1)):
        with Journal(None) as journal:
            timed = rows_of_times.rows(plan, plugins, rounds, journal, "", lambda *state: None)
            assert {row["rounds"] for row in timed} == {fewer}


@pytest.mark.slow
def test_real_times_are_positive_and_in_their_intervals(smoke: tuple[Path, Outcome]) -> None:
    timings = rows(smoke[0], "timings")
    assert timings
    for row in timings:
        numbers = {key: float(row[key]) for key in TIMINGS.measured}
        assert all(value > 0 for key, value in numbers.items() if key != "compile_s"), row
        assert numbers["compile_s"] >= 0
        assert numbers["estimate_ns_low"] <= numbers["estimate_ns"] <= numbers["estimate_ns_high"]
        if row["estimator"] == "pathwise":
            assert row["time_ratio"] == row["time_ratio_low"] == row["time_ratio_high"] == "1.0"


def test_cells_that_differ_in_theta_alone_are_timed_once_where_something_runs(
    plan: Plan, plugins: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For theta costs nothing. Tied components take no list, so such a cell is none to time."""
    monkeypatch.setattr(rows_of_times, "calibrated", FakeWork)
    FakeWork.order = []
    cell = next(cell for cell in plan.cells if cell.latent == "per_datum")
    lists = replace(cell, theta=(1.0, (0.5, 1.0, 2.0)))
    skips = {(lists, variant): "tied components share one theta" for variant in plan.estimators}
    several = replace(plan, cells=(lists, cell, replace(cell, theta=(2.0, 0.1))), skips=skips)
    with Journal(None) as journal:
        timed = list(rows_of_times.rows(several, plugins, ROUNDS, journal, "", lambda *state: None))
    assert [row["estimator"] for row in timed] == [variant.name for variant in plan.estimators]


def test_the_ratio_is_over_the_reference_that_is_asked_for(
    plan: Plan, plugins: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_of_times, "calibrated", FakeWork)
    FakeWork.order = []
    with Journal(None) as journal:
        asked = replace(plan, below=Reference(("score_function",)))
        timed = list(rows_of_times.rows(asked, plugins, ROUNDS, journal, "", lambda *state: None))
    ratios = {row["estimator"]: row["time_ratio"] for row in timed}
    assert ratios["score_function"] == 1.0
    assert ratios["pathwise"] == 1 / 3
