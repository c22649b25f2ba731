"""Logarithmic axes: what they hold, where their ticks are, and which of them are named."""

import math

import pytest
from matplotlib.figure import Figure

from bench.drawing.axes import label_outer, log_limits, log_log


@pytest.mark.parametrize("values", [[1.0], [0.3, 3.0], [1e-6, 1.0, 1e9], [2.0, 0.0, math.inf, math.nan, -1.0]])
def test_limits_hold_all_finite_positive_values_and_a_round_number(values: list[float]) -> None:
    low, high = log_limits(values)
    positive = [value for value in values if 0 < value < math.inf]
    assert low < min(positive) <= max(positive) < high
    assert any(low <= digit * 10.0**power <= high for power in range(-9, 12) for digit in (1, 2, 5))


def test_ticks_are_the_values_of_the_grid_that_stand_apart() -> None:
    axes = Figure().subplots()
    log_log(axes, [1.0, 1.1, 10.0, 100.0], [0.5, 2000.0])
    assert list(axes.get_xticks()) == [1.0, 10.0, 100.0]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["1", "10", "100"]
    assert list(axes.get_xticks(minor=True)) == []
    low, high = axes.get_ylim()
    assert {tick for tick in axes.get_yticks() if low <= tick <= high} == {1.0, 10.0, 100.0, 1000.0}


def test_axes_are_named_where_their_tick_labels_are() -> None:
    (upper, lower) = Figure().subplots(2, 1)
    upper.tick_params(labelbottom=False)
    lower.tick_params(labelleft=False)
    label_outer([upper, lower], "sigma", "variance")
    assert (upper.get_xlabel(), upper.get_ylabel()) == ("", "variance")
    assert (lower.get_xlabel(), lower.get_ylabel()) == ("sigma", "")


def test_an_axis_with_a_value_that_is_not_positive_is_linear() -> None:
    axes = Figure().subplots()
    log_log(axes, [-2.0, 0.0, 2.0], [0.5, 2000.0])
    assert (axes.get_xscale(), axes.get_yscale()) == ("linear", "log")
    assert list(axes.get_xticks()) == [-2.0, 0.0, 2.0]
    low, high = axes.get_xlim()
    assert low < -2 < 2 < high
