"""Rows of panels: side by side where there is space, tick labels at the edges alone."""

import pytest

from bench.drawing import sheets, style


@pytest.mark.parametrize(("width", "deep"), [(3.25, 3), (5.5, 2), (8.0, 1)])
def test_a_wide_figure_has_rows_side_by_side(width, deep):
    with style.context(style.Style(width=width)):
        figure, rows = sheets.rows(3, 2, 1.2, 0.5)
    assert [len(row) for row in rows] == [2, 2, 2]
    assert len(figure.axes) == 6
    assert figure.axes[0].get_subplotspec().get_gridspec().nrows == deep
    assert figure.get_size_inches()[1] == pytest.approx(1.2 * deep + 0.5)
    beside = -(-3 // deep)
    assert [sheets.lowest(row[0]) for row in rows] == [i + beside >= 3 for i in range(3)]


def test_a_row_shares_its_heights_and_a_place_its_costs():
    with style.context():
        _, rows = sheets.rows(2, 2, 1.2, 0.5)
    rows[0][0].set(ylim=(0, 7), xlim=(1, 9))
    assert rows[0][1].get_ylim() == (0, 7) != rows[1][0].get_ylim()
    assert rows[1][0].get_xlim() == (1, 9) != rows[0][1].get_xlim()
    assert [axes.yaxis.get_tick_params()["labelleft"] for axes in rows[0]] == [True, False]
