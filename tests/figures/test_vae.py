"""The figures of an autoencoder: what they show, in the style of every venue, and nothing of other runs."""

from functools import cache

import numpy as np
import pytest

from bench import registry
from bench.config import compose
from bench.drawing import named, style
from bench.drawing.render import FORMATS, render
from bench.report import settings
from tests.support import artists, fitted, synthetic

PLUGINS = registry.load(kinds=["figure"])
FIGURES = {name: plugin for name, plugin in PLUGINS.plugins["figure"].items() if name.startswith("vae_")}
STYLES = ("neurips", "poster")  # the web's is that of all other tests here
RUNS = {
    "the study": {},
    "one curve": {"estimator": ("pathwise",), "entropy": ("closed_form",), "dimension": (2,), "samples": (1,)},
    "no time": {"seconds": False, "dimension": (2,), "samples": (10,)},
    "many draws": {"samples": (1, 2, 5), "dimension": (2,), "checkpoints": 12},
}


@cache
def tables(run):
    return fitted.tables(**RUNS[run])


@cache
def study(name):
    """A figure of the study, drawn once in the web's style."""
    with style.context():
        return artists.drawn(FIGURES[name], tables("the study"))


SHAPES = [("vae_elbo", "no time"), ("vae_elbo", "one curve"), ("vae_variance", "many draws")]
SHAPES += [("vae_reconstructions", "one curve"), *((name, "the study") for name in FIGURES)]


@pytest.mark.parametrize(("name", "run"), SHAPES)
@pytest.mark.thinned(2)
def test_all_its_texts_can_be_read(name, run):
    figure = study(name) if run == "the study" else artists.drawn(FIGURES[name], tables(run))
    assert figure.get_size_inches()[0] == style.WEB.width
    assert figure.get_size_inches()[1] < 10
    shown = artists.texts(figure)
    assert not artists.overlaps(figure, shown)
    assert min(text.get_fontsize() for text in shown) >= 5.5


@pytest.mark.parametrize("venue", STYLES)
@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.thinned(2)
def test_it_is_as_wide_as_the_venue_asks(name, venue):
    look = settings.check(compose.compose("report", [f"style={venue}"]), PLUGINS).style
    with style.context(look):
        figure = artists.drawn(FIGURES[name], tables("the study"))
        assert figure.get_size_inches()[0] == look.width
        shown = artists.texts(figure)
        assert not artists.overlaps(figure, shown)
    sizes = {text.get_fontsize() / look.font_size for text in shown}
    assert min(sizes) >= 5.5 / 7
    assert max(sizes) <= 1


@pytest.mark.parametrize("name", FIGURES)
def test_other_runs_have_nothing_for_it(name):
    assert FIGURES[name].select(synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1])) is None
    assert FIGURES[name].select({key: frame.iloc[:0] for key, frame in tables("the study").items()}) is None


@pytest.mark.parametrize("name", FIGURES)
def test_no_label_is_a_name_of_the_code(name):
    figure = study(name)
    words = [text.get_text() for text in artists.texts(figure)]
    assert not [word for word in words if "_" in word.replace("$\\mu_", "").replace("\\sigma_i", "")]
    assert any("leave-one-out" in word for word in words)
    assert "_" not in FIGURES[name].caption


def test_the_elbo_is_minus_the_loss_against_both_costs_without_the_first_step():
    frame = tables("the study")["curves"]
    figure = study("vae_elbo")
    first, second = figure.axes[:2]
    assert first.get_title() == second.get_title() == "L = 2, K = 1"
    rows = frame[(frame["dimension"] == 2) & (frame["samples"] == 1) & (frame["estimator"] == "score_function")]
    rows = rows[rows["step"] > 0]
    for axes, x in ((first, "seconds"), (second, "evaluations")):
        drawn = [line.get_xydata() for line in axes.lines if len(line.get_xdata()) == len(rows)]
        assert any(np.allclose(data, np.c_[rows[x], -rows["loss"]]) for data in drawn)


def test_variance_ratios_stand_at_checkpoints():
    figure = study("vae_variance")
    heights = {float(line.get_ydata()[0]) for line in figure.axes[0].lines}
    assert heights == {1.0, 1e6, 1e3, 0.2}
    curves = tables("the study")["curves"]
    fit = curves[(curves["estimator"] == "pathwise") & (curves["entropy"] == "closed_form") & (curves["step"] > 0)]
    longest = fit[(fit["samples"] == fit["samples"].max()) & (fit["dimension"] == 2)].sort_values("step")
    several = [line.get_xdata() for line in figure.axes[0].lines if len(line.get_xdata()) > 2]
    assert several
    assert all(np.array_equal(places, longest["seconds"]) for places in several)


def test_a_sheet_has_a_line_for_the_digits_and_each_estimator():
    figure = study("vae_reconstructions")
    assert [axes.get_title() for axes in figure.axes] == ["L = 2", "L = 10"]
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels == ["digit", *(words for words in named.WORDS.values())]
    levels = np.zeros((len(labels) * 9, 90))
    for patch in figure.axes[0].patches:
        columns, rows = patch.get_path().vertices[::5].astype(int).T
        levels[rows, columns] = round(16 * (1 - patch.get_facecolor()[0]))
    rows = tables("the study")["reconstructions"]
    top = rows[(rows["estimator"] == "") & (rows["digit"] == 3)][[f"pixel_{i}" for i in range(64)]].to_numpy()
    assert np.array_equal(levels[:8, 27:35], np.rint(16 * top.reshape(8, 8)))


def test_pixels_have_every_format():
    files = render(study("vae_reconstructions"), FORMATS, "test")
    assert list(files) == list(FORMATS)
    assert len(files["svg"]) < 1e6


def test_each_digit_is_written_where_it_lies():
    figure = study("vae_latent")
    assert len(figure.axes) == fitted.COUNT
    frame = tables("the study")["latents"]
    shown = frame[frame["samples"] == 10]
    assert artists.points(figure) == artists.rounded([shown[["mu_1", "mu_2"]].to_numpy()])
