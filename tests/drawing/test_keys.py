"""What the marks of a figure of curves mean: where the curves are named, and what the legend holds."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.figure import Figure

from bench.drawing import choices, curves, style
from bench.drawing.choices import Choices
from bench.drawing.description import Curves
from bench.drawing.palette import look
from bench.spec import Slice

PLAIN = Curves("sigma", "variance", "estimator", rows=["latent"], column="parameter", label="variance")
RATIO = replace(PLAIN, reference="pathwise")
BELOW, INSIDE, NONE = (Choices(legend=way) for way in ("below", "inside", "none"))


@pytest.fixture(autouse=True)
def _project_style():
    with style.context():
        yield


def frame(estimators: Sequence[str], status: str = "ok", wide: float = 4.0, apart: float = 10.0) -> pd.DataFrame:
    rows = [
        {"estimator": name, "sigma": sigma, "variance": y, "variance_low": y / wide, "variance_high": y * wide}
        for name, y in zip(estimators, (2.0 * apart**i for i in range(len(estimators))), strict=True)
        for sigma in (0.1, 1.0)
    ]
    return pd.DataFrame(rows).assign(latent="shared", parameter="mu", status=status)


def drawn(rows: pd.DataFrame, description: Curves = PLAIN, chosen: Choices | None = None) -> Figure:
    with choices.context(chosen or Choices()):
        return curves.draw(Slice(rows), description)


def legend(figure: Figure) -> list[str]:
    return [text.get_text() for legend in figure.legends for text in legend.get_texts()]


def beside(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_few_curves_are_named_where_they_lie_and_many_in_the_legend() -> None:
    few = drawn(frame(["mine", "pathwise"]))
    assert (beside(few), legend(few)) == (["mine", "pathwise"], ["bar: 95 % interval"])
    many = drawn(frame([f"mine_{i}" for i in range(5)]))
    assert (beside(many), legend(many)) == ([], [*(f"mine {i}" for i in range(5)), "bar: 95 % interval"])


def test_a_curve_without_room_for_its_name_sends_all_to_the_legend() -> None:
    long = "a_name_that_is_longer_than_a_panel_of_one_column_of_a_page_is_wide"
    figure = drawn(frame([long, "mine"]))
    assert beside(figure) == []
    assert legend(figure)[:2] == [long.replace("_", " "), "mine"]
    asked = drawn(frame([long, "mine"]), chosen=Choices(legend="direct"))
    assert beside(asked) == ["mine"]
    assert legend(asked)[0] == long.replace("_", " ")


def test_the_legend_is_where_the_author_wants_it() -> None:
    rows = frame(["mine", "pathwise"])
    assert legend(drawn(rows, chosen=BELOW)) == ["mine", "pathwise", "bar: 95 % interval"]
    assert legend(drawn(rows, chosen=NONE)) == []
    inside = drawn(rows, chosen=INSIDE)
    box = inside.axes[0].get_legend()
    assert box is not None
    assert [text.get_text() for text in box.get_texts()] == ["mine", "pathwise"]
    assert legend(inside) == ["bar: 95 % interval"]


def test_only_marks_that_there_are_are_explained() -> None:
    full = drawn(frame(["mine"], "budget").assign(exact_variance=2.0), replace(PLAIN, orders=(1, 2)))
    assert legend(full) == ["thin line: joins exact values", "bar: 95 % interval", "hollow: budget", "$1/K$, $1/K^2$"]
    assert legend(drawn(frame(["mine"], wide=1.001))) == ["intervals within markers"]


def test_both_sides_of_1_are_named_in_the_panel_or_below_it() -> None:
    assert {"pathwise better", "mine better"} < set(beside(drawn(frame(["mine"], wide=1.01, apart=3), RATIO)))
    narrow = Choices(ylim=(0.95, 1e4))
    assert "shaded: mine better" in legend(drawn(frame(["mine"]), RATIO, narrow))


def test_handles_have_the_looks_of_their_estimators_or_the_colours_chosen() -> None:
    for chosen in (BELOW, replace(BELOW, colours={"mine": "black"})):
        figure = drawn(frame(["mine", "pathwise"]), chosen=chosen)
        handles = {handle.get_label(): handle for handle in figure.legends[0].legend_handles if handle}
        with choices.context(chosen):
            for name in ("mine", "pathwise"):
                assert (handles[name].get_color(), handles[name].get_marker()) == look(name)  # type: ignore[attr-defined]
    assert handles["mine"].get_color() == "black"  # type: ignore[attr-defined]


def test_a_long_legend_makes_the_figure_taller_and_not_its_panels_smaller() -> None:
    heights = []
    for lines in (4, 8):
        names = [f"an_estimator_with_a_name_as_long_as_{line}" for line in range(10, 10 + lines)]
        figure = drawn(frame(names, apart=1.5))
        figure.draw_without_rendering()
        heights.append(figure.axes[0].get_window_extent().height)
    assert heights[1] > 0.93 * heights[0]
