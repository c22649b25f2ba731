"""The efficiency of an estimator: a product of two ratios and of their intervals, where both are known."""

import math
from typing import Any

import pytest

from bench.tables.efficiency import EFFICIENCY, efficiency_rows
from bench.tables.ratios import RATIOS
from bench.tables.timings import TIMINGS

RATIO = {
    **dict.fromkeys(RATIOS.columns[1:], 0),
    "numerator": "a",
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


def efficiency(ratio: dict[str, Any], time: dict[str, Any]) -> list[dict[str, Any]]:
    return list(efficiency_rows([RATIO | ratio], [TIME | time]))


def test_efficiency_is_variance_ratio_times_time_ratio() -> None:
    """The log half-widths in quadrature: log 2 and 0 below, log 2 and log 2 above."""
    (row,) = efficiency({}, {})
    assert set(row) == set(EFFICIENCY.columns[1:])
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
