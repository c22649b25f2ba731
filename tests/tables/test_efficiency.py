"""The efficiency of an estimator: a product of two ratios and of their intervals, where both are known."""

import math
from typing import Any

import pytest

from bench.tables.efficiency import EFFICIENCY, efficiency_rows
from bench.tables.ratios import RATIOS
from bench.tables.statistics import STATISTICS
from bench.tables.timings import TIMINGS
from tests.support.rows import ratio, timing

RATIO = {
    **dict.fromkeys(RATIOS.columns[1:], 0),
    "numerator": "a",
    "denominator": "reference",
    "variance_ratio": 6.0,
    "variance_ratio_low": 3.0,
    "variance_ratio_high": 12.0,
}
TIME = {
    **dict.fromkeys(TIMINGS.columns[1:], 0),
    "estimator": "a",
    "evaluation": "direct",
    "time_ratio": 0.5,
    "time_ratio_low": 0.5,
    "time_ratio_high": 1.0,
}


STATISTICS_OF_BOTH = [
    {**dict.fromkeys(STATISTICS.columns[1:], 0), "estimator": name, "evaluations": count}
    for name, count in (("a", 40), ("reference", 10))
]


def efficiency(of_ratio: dict[str, Any], of_time: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of one ratio and one time, with these fields changed."""
    return list(efficiency_rows([RATIO | of_ratio], [TIME | of_time], STATISTICS_OF_BOTH))


def test_efficiency_is_variance_ratio_times_time_ratio() -> None:
    """The log half-widths in quadrature: log 2 and 0 below, log 2 and log 2 above."""
    (row,) = efficiency({}, {})
    assert set(row) == set(EFFICIENCY.columns[1:])
    assert row["efficiency_ratio"] == 3.0
    assert row["efficiency_ratio_low"] == pytest.approx(3.0 / 2)
    assert row["efficiency_ratio_high"] == pytest.approx(3.0 * math.exp(math.hypot(math.log(2), math.log(2))))


def test_work_is_counted_in_evaluations_too() -> None:
    (row,) = efficiency({}, {})
    assert (row["evaluations"], row["evaluations_ratio"], row["evaluation_efficiency_ratio"]) == (40, 4.0, 24.0)


@pytest.mark.parametrize(
    ("of_ratio", "of_time"),
    [
        ({"variance_ratio": None}, {}),
        ({}, {"time_ratio": math.nan}),
        ({}, {"estimator": "b"}),
        ({}, {"samples": 10}),
        ({}, {"dataset_size": 7}),
        ({}, {"latent": "shared"}),
        ({"denominator": "reference@iid"}, {}),
    ],
)
def test_what_is_missing_has_no_efficiency(of_ratio: dict[str, Any], of_time: dict[str, Any]) -> None:
    assert efficiency(of_ratio, of_time) == []


def test_an_efficiency_without_an_interval_says_so() -> None:
    (row,) = efficiency({"variance_ratio_low": math.nan, "variance_ratio_high": math.nan}, {})
    assert row["efficiency_ratio"] == 3.0
    assert math.isnan(row["efficiency_ratio_low"])
    assert math.isnan(row["efficiency_ratio_high"])


def test_every_measured_ratio_implies_a_row_for_each_of_its_times() -> None:
    ratios = [ratio("score_function"), ratio("score_function_local", status="skipped: a reason")]
    timings = [timing(row["numerator"], kind) for row in ratios for kind in ("direct", "collapsed")]
    expected = list(EFFICIENCY.expected({"ratios": ratios, "timings": timings}))
    assert [(row["numerator"], row["evaluation"]) for row, *_ in expected] == [
        ("score_function", "direct"),
        ("score_function", "collapsed"),
    ]
    assert {(source, id(witness)) for _, source, witness in expected} == {("ratios", id(ratios[0]))}


def test_a_time_without_a_ratio_implies_none() -> None:
    timings = [timing("score_function", "direct", time_ratio="")]
    assert list(EFFICIENCY.expected({"ratios": [ratio("score_function")], "timings": timings})) == []
