"""The clock: whom it times when, what it makes of the times, and what it never makes up."""

import itertools
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from bench.clock import rows as rows_of_times
from bench.engine.journal import Journal
from bench.engine.sampling import Sampled
from bench.plan.cells import Plan
from bench.registry import Registry
from bench.statistics import medians
from bench.tables import schema
from bench.tables.efficiency import efficiency_rows
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
    assert all(set(row) == set(schema.COLUMNS["timings"][1:]) for row in timed)


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
    for asked, taken in ((ROUNDS, rows_of_times.LEAST_ROUNDS), (1, 1)):
        with Journal(None) as journal:
            found = rows_of_times.rows(plan, plugins, asked, journal, "", lambda *state: None)
            assert {row["rounds"] for row in found} == {taken}


@pytest.mark.parametrize("n", range(1, 61))
def test_the_interval_of_the_median_covers(n: int) -> None:
    """Between the order statistics i and j lies the median with the chance of i <= B < j, B binomial (n, 1/2)."""
    middle, low, high = medians.median(np.random.default_rng(n).permutation(np.arange(1.0, n + 1)))
    assert middle == (n + 1) / 2
    assert low + high == n + 1
    chance = stats.binom.cdf(high - 1, n, 0.5) - stats.binom.cdf(low - 1, n, 0.5)
    narrower = stats.binom.cdf(high - 2, n, 0.5) - stats.binom.cdf(low, n, 0.5)
    if n > 5:
        assert narrower < 0.95 <= chance
    else:
        assert (low, high) == (1.0, n)


def test_real_times_are_positive_and_in_their_intervals(smoke: tuple[Path, Outcome]) -> None:
    found = rows(smoke[0], "timings")
    assert found
    for row in found:
        numbers = {key: float(row[key]) for key in schema.COLUMNS["timings"][9:]}
        assert all(value > 0 for key, value in numbers.items() if key != "compile_s"), row
        assert numbers["compile_s"] >= 0
        assert numbers["estimate_ns_low"] <= numbers["estimate_ns"] <= numbers["estimate_ns_high"]
        if row["estimator"] == "pathwise":
            assert row["time_ratio"] == row["time_ratio_low"] == row["time_ratio_high"] == "1.0"


RATIO = {
    **dict.fromkeys(schema.COLUMNS["ratios"][1:], 0),
    "numerator": "a",
    "variance_ratio": 6.0,
    "variance_ratio_low": 3.0,
    "variance_ratio_high": 12.0,
}
TIME = {
    **dict.fromkeys(schema.COLUMNS["timings"][1:], 0),
    "estimator": "a",
    "evaluation": "direct",
    "time_ratio": 0.5,
    "time_ratio_low": 0.5,
    "time_ratio_high": 1.0,
}


def efficiency(ratio: dict[str, Any], time: dict[str, Any]) -> Rows:
    return list(efficiency_rows([RATIO | ratio], [TIME | time]))


def test_efficiency_is_variance_ratio_times_time_ratio() -> None:
    """The log half-widths in quadrature: log 2 and 0 below, log 2 and log 2 above."""
    (row,) = efficiency({}, {})
    assert set(row) == set(schema.COLUMNS["efficiency"][1:])
    assert row["efficiency_ratio"] == 3.0
    assert row["efficiency_ratio_low"] == pytest.approx(3.0 / 2)
    assert row["efficiency_ratio_high"] == pytest.approx(3.0 * math.exp(math.hypot(math.log(2), math.log(2))))


@pytest.mark.parametrize(
    ("ratio", "time"),
    [
        ({"variance_ratio": None}, {}),
        ({}, {"time_ratio": math.nan}),
        ({}, {"estimator": "b"}),
        ({}, {"samples": 10}),
        ({}, {"dataset_size": 7}),
        ({}, {"latent": "shared"}),
    ],
)
def test_what_is_missing_has_no_efficiency(ratio: dict[str, Any], time: dict[str, Any]) -> None:
    assert efficiency(ratio, time) == []


def test_an_efficiency_without_an_interval_says_so() -> None:
    (row,) = efficiency({"variance_ratio_low": math.nan, "variance_ratio_high": math.nan}, {})
    assert row["efficiency_ratio"] == 3.0
    assert math.isnan(row["efficiency_ratio_low"])
    assert math.isnan(row["efficiency_ratio_high"])
