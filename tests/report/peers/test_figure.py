"""The figure: a panel for each objective, a curve and a name for this suite's two and for each framework."""

from itertools import pairwise

from bench.drawing import style
from bench.report.peers import figure
from tests.support.peers import frame, row


def drawn(*more):
    with style.context():
        return figure.draw(frame(*more))


def test_each_curve_is_named_at_its_end() -> None:
    (axes,) = drawn().axes
    assert axes.get_title() == "cosine"
    assert [text.get_text() for text in axes.texts] == ["this suite, one cell", "this suite, in a grid", "NumPy", "JAX"]
    colours = [figure.COLOURS[name] for name in ("bench", "bench", "numpy", "jax")]
    assert [line.get_color() for line in axes.lines] == colours


def test_a_framework_is_drawn_in_its_fastest_variant() -> None:
    (axes,) = drawn(row("numpy", "sfc64", 7.0)).axes
    assert axes.lines[2].get_ydata().tolist() == [7.0]


def test_an_objective_is_a_panel_and_one_thread_alone_is_drawn() -> None:
    more = row("numpy", "pcg64", 9.0, objective="squared_error"), row("numpy", "pcg64", 9.0, threads="all")
    first, second = drawn(*more).axes
    assert (first.get_title(), second.get_title()) == ("cosine", "squared error")
    assert len(first.lines) == 4


def test_names_do_not_lie_on_each_other() -> None:
    (axes,) = drawn(row("torch", "by_hand", 12.1)).axes
    heights = sorted(text.xy[1] for text in axes.texts)
    assert min(b - a for a, b in pairwise(heights)) > figure.APART - 1e-9
