"""Every figure in the style of every venue: as wide as asked, legible, the same numbers, and in shades of grey."""

from dataclasses import replace
from functools import cache

import pandas as pd
import pytest

from bench import registry
from bench.config import compose
from bench.drawing import style
from bench.figures import efficiency_map, variance_ratio_sigma
from bench.report import settings
from tests.support import artists, synthetic
from tests.support.artists import intervals, lines, overlaps, points, rounded, texts
from tests.support.reports import written
from tests.support.turns import in_turn

PLUGINS = registry.load(kinds=["figure"])
FIGURES = {
    name: plugin
    for name, plugin in PLUGINS.plugins["figure"].items()
    if plugin.kind == "sweep" and name not in ("variance_ratio_theta", "gradient_draws")
}
STYLES = sorted(path.stem for path in (compose.config_folder() / "style").glob("*.yaml"))
TABLES = synthetic.tables(sigma=[0.1, 0.3, 1.0, 3.0], dataset_size=[1, 10, 100], samples=[1, 10, 100])
MAPS = {"efficiency_map", "efficiency_map_evaluations"}
OTHERS = {"variance_samplers": synthetic.tables(sigma=[1.0], samples=[1, 10, 100], samplers=["iid", "sobol"])}


@cache
def chosen(name, *keys):
    return settings.check(compose.compose("report", [f"style={name}", *keys]), PLUGINS).style


@cache
def drawn(name, look):
    with style.context(look):
        return artists.drawn(FIGURES[name], OTHERS.get(name, synthetic.asked_for(name, TABLES)))


@pytest.mark.parametrize(("name", "venue"), in_turn(FIGURES, STYLES, always=["icml"]))  # a narrow column, large letters
@pytest.mark.thinned(2)
def test_a_figure_is_as_wide_as_the_venue_asks_and_all_its_texts_can_be_read(venue, name):
    look = chosen(venue)
    figure = drawn(name, look)
    assert figure.get_size_inches()[0] == look.width
    with style.context(look):
        shown = texts(figure)
        assert not overlaps(figure, shown)
    sizes = {text.get_fontsize() / look.font_size for text in shown}
    assert min(sizes) >= 5.5 / 7
    assert max(sizes) <= 1


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.thinned(2)
def test_a_wider_figure_puts_panels_side_by_side_and_is_less_tall(name):
    narrow, wide = (drawn(name, look) for look in (chosen("icml"), chosen("icml", "style.width=6.75")))
    assert wide.get_size_inches()[1] <= narrow.get_size_inches()[1]
    rows = [figure.axes[0].get_subplotspec().get_gridspec().nrows for figure in (narrow, wide)]
    assert rows[1] < rows[0] or name == "gradient_agreement"
    assert points(wide) == points(narrow)
    assert intervals(wide) == intervals(narrow)
    assert lines(wide) == lines(narrow)


def test_rows_side_by_side_have_their_own_scales_and_their_labels():
    figure = drawn("variance_ratio_sigma", chosen("neurips"))
    axes = {one.get_title(): one for one in figure.axes}
    assert list(axes) == [
        f"{draw}, {of}" for draw in ("shared draw", "draw per datum") for of in (r"$\mu$", r"$\sigma^2$")
    ]
    shared, below, joint, _ = axes.values()
    assert shared.get_ylim() == below.get_ylim() != joint.get_ylim()
    assert [one.get_ylabel() for one in axes.values()] == ["variance ratio", "", "variance ratio", ""]
    assert {one.get_xlabel() for one in axes.values()} == {r"standard deviation $\sigma$"}


def test_marks_follow_the_line_width():
    thin, thick = (drawn("variance_ratio_sigma", look) for look in (style.WEB, style.Style(line_width=2)))
    widths = [{line.get_linewidth() for axes in figure.axes for line in axes.lines} for figure in (thin, thick)]
    assert {2 * width for width in widths[0]} == widths[1]


@pytest.mark.parametrize("name", sorted(FIGURES.keys() - {"gradient_agreement", *MAPS, *synthetic.ALONG}))
@pytest.mark.thinned(2)
def test_the_points_are_the_csv_and_the_csv_is_the_table(name, tmp_path):
    asked = settings.Drawing(figures=(name,), formats=("svg",))
    tables = OTHERS.get(name, TABLES)
    written(tmp_path, tables, {"verdict": {"ok": True}}, PLUGINS, asked)
    frame = pd.read_csv(tmp_path / "figures" / f"{name}.csv", keep_default_na=False)
    of_variances = name.startswith("variance_sample")
    x = "samples" if of_variances else name.partition("dataset_size")[1] or name.rpartition("_")[2]
    table = "statistics" if of_variances else {"time_dataset_size": "timings"}.get(name, "ratios")
    y = {"statistics": "variance", "timings": "estimate_ns", "ratios": "variance_ratio"}[table]
    shown = [axes.get_ylabel() for axes in drawn(name, style.WEB).axes]
    assert name != "time_dataset_size" or "time per estimate (ns)" in shown  # the unit of the table
    assert points(drawn(name, style.WEB)) == rounded([frame[[x, y]].to_numpy(float)])
    full = tables[table]
    both = frame.drop(columns="figure").merge(full, on=[*full.dropna(axis="columns", how="all").columns[1:]])
    assert len(both) == len(frame) > 0


def test_the_csv_of_the_other_figures_are_rows_of_their_tables():
    agreement = FIGURES["gradient_agreement"]
    figure = drawn("gradient_agreement", style.WEB)
    scores = agreement.select(TABLES).frame["gradient_z"]
    assert rounded([[[x] for x, _ in points(figure)]]) == rounded([[[z] for z in scores]])
    efficiency = FIGURES["efficiency_map"].select(TABLES).frame
    maps = [axes for axes in drawn("efficiency_map", style.WEB).axes if axes.get_title()]
    said = sorted(text.get_text() for axes in maps for text in axes.texts)
    assert said == sorted(efficiency_map.short(ratio) for ratio in efficiency["efficiency_ratio"])


def test_maps_say_in_numbers_what_they_say_in_colours():
    """Both ends of the colours are the same grey."""
    figure = drawn("efficiency_map", style.WEB)
    assert all(axes.texts for axes in figure.axes if axes.get_title())


def test_a_style_that_leaves_the_note_to_the_caption_draws_none(tmp_path):
    asked = settings.Drawing(chosen("neurips"), (variance_ratio_sigma.PLUGIN.name,), ("svg",))
    written(tmp_path, TABLES, {"verdict": {"ok": True}}, PLUGINS, asked)
    caption = (tmp_path / "figures" / "variance_ratio_sigma.tex").read_text()
    common = "Shown is the squared error, with a normal $y$, tied components, iid draws and normal data"
    assert f"{common}, at $\\mu=1$, $n=10$ and $K=10$.}}" in caption
    assert "over that of pathwise, same cell" in caption
    image = tmp_path / "figures" / "variance_ratio_sigma.svg"
    assert "tied components" not in image.read_text()
    written(tmp_path, TABLES, {"verdict": {"ok": True}}, PLUGINS, replace(asked, style=chosen("poster")))
    assert "tied components" in image.read_text()
