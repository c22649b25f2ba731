"""Both sides of a ratio of 1."""

import math

from matplotlib.figure import Figure

from bench.drawing import sides, style
from bench.drawing.direct import Taken


def test_there_is_room_on_the_other_side_of_1_and_more_where_the_ratios_go_far() -> None:
    low, high = (min(sides.limits([2.0, top])) for top in (10.0, 1e4))
    assert high < low < 1
    assert max(sides.limits([0.001, 0.1])) > 1
    assert sides.limits([math.nan, math.inf]) == [1.0, 1.0, 1.0]


def test_below_1_is_shaded_and_both_sides_are_named() -> None:
    with style.context():
        figure = Figure(figsize=(3, 2), layout="constrained")
        axes = figure.add_subplot()
        axes.set(yscale="log", ylim=(0.1, 10))
        sides.shade(axes)
        assert axes.get_ylim() == (0.1, 10)
        figure.draw_without_rendering()
        texts = sides.name(Taken(axes), *sides.names("pathwise", ["score_function"]))
    assert [text.get_text() for text in texts] == ["pathwise better", "score function better"]
    heights = [axes.transData.inverted().transform(text.get_window_extent())[:, 1] for text in texts]
    assert min(heights[0]) > 1 > max(heights[1])
    assert sides.names("pathwise", ["a", "b"])[1] == "the other better"
