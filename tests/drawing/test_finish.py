"""What any figure gets when it has drawn, one of a plug-in's too."""

from matplotlib.figure import Figure

from bench.drawing import choices
from bench.drawing.choices import Choices
from bench.drawing.finish import finish, least_height


def drawn() -> Figure:
    figure = Figure(figsize=(3, 2))
    for axes, title in zip(figure.subplots(1, 2), ("left", ""), strict=True):
        axes.set_title(title)
    return figure


def test_height_limits_and_tags_are_set_and_without_choices_nothing_is() -> None:
    figure = drawn()
    finish(figure)
    assert [axes.get_title() for axes in figure.axes] == ["left", ""]
    with choices.context(Choices(height=4.0, ylim=(0.5, 3.0), tags=True)):
        finish(figure)
    assert figure.get_figheight() == 4.0
    assert [axes.get_title() for axes in figure.axes] == ["(a) left", "(b)"]
    assert {axes.get_ylim() for axes in figure.axes} == {(0.5, 3.0)}


def test_the_lowest_panel_is_measured_in_inches() -> None:
    assert least_height(drawn()) == 2 * drawn().axes[0].get_position().height
