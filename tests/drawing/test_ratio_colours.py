"""Ratios as colours: as far to either side, and the same in every panel."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from bench.drawing.ratio_colours import FEWEST_DECADES, HATCH, MOST_DECADES, Scale, colour_bar, hatch


@pytest.mark.parametrize(("largest", "reach"), [(0.01, FEWEST_DECADES), (2.0, 2.0), (50.0, MOST_DECADES)])
def test_the_scale_reaches_as_far_as_the_ratios_within_bounds(largest: float, reach: float) -> None:
    scale = Scale([-largest / 2, largest])
    assert (scale.vmin, scale.vmax) == (-reach, reach)
    assert scale(0.0) == 0.5


def test_the_bar_has_ratios_at_its_ticks_and_its_label() -> None:
    figure = Figure(layout="constrained")
    colour_bar(figure, [figure.add_subplot()], Scale([-1.0, 2.0]), "ratio")
    figure.draw_without_rendering()
    bar = figure.axes[-1]
    assert bar.get_xlabel() == "ratio"
    assert [tick.get_text() for tick in bar.get_xticklabels()] == ["0.01", "0.1", "1", "10", "100"]


def test_the_side_below_1_is_hatched_and_no_other() -> None:
    x, y = np.array([0.0, 1.0]), np.array([0.0, 1.0])
    for decades, hatches in (([[-1.0, 1.0]] * 2, [HATCH]), ([[0.5, 1.0]] * 2, [])):
        axes = Figure().add_subplot()
        hatch(axes, x, y, np.array(decades))
        assert [name for contours in axes.collections for name in contours.hatches if name] == hatches
        for contours in axes.collections:
            assert contours.get_paths()[0].get_extents().x1 == 0.5  # where the ratio is 1
    assert Scale([-1.0, 1.0]).both_sides
    assert not Scale([0.1, 1.0]).both_sides


@pytest.mark.parametrize(("decades", "ends"), [([0.1, 2.0], (0.0, 2.0)), ([-2.0, -1.0], (-2.0, 0.0))])
def test_a_bar_shows_the_side_that_occurs_in_the_colours_of_the_whole(
    decades: list[float], ends: tuple[float, float]
) -> None:
    scale, figure = Scale(decades), Figure(layout="constrained")
    colour_bar(figure, [figure.add_subplot()], scale, "ratio")
    assert scale.reach == figure.axes[-1].get_xlim() == ends
    assert scale(0.0) == 0.5
