"""The files of a figure: vector, with real fonts, and the same bytes each time."""

import re

import pytest
from matplotlib.backends.backend_pgf import LatexManager
from matplotlib.figure import Figure

from bench.drawing import render, style
from bench.figures import efficiency_map
from bench.report.settings import Drawing
from tests.support import synthetic
from tests.support.artists import drawn

TABLES = synthetic.tables(sigma=[0.3, 1.0, 3.0], dataset_size=[1, 10], samples=[1], latents=["shared"])
ALL = tuple(render.FORMATS)


def rendered(chosen: style.Style = style.WEB) -> dict[str, bytes]:
    """A figure with a colour bar, which matplotlib makes an image where it may."""
    with style.context(chosen):
        return render.render(drawn(efficiency_map.PLUGIN, TABLES), ALL, "the maker")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return rendered()


def test_the_same_figure_gives_the_same_bytes_that_name_their_maker_alone(files: dict[str, bytes]) -> None:
    assert rendered() == files
    for data in files.values():
        assert b"the maker" in data
        assert not re.search(rb"CreationDate|Producer|<dc:date>|Matplotlib v", data)


def test_a_format_has_the_bytes_it_has_alone(files: dict[str, bytes]) -> None:
    for name in ("svg", "pgf", "pdf", "png"):
        with style.context():
            assert render.render(drawn(efficiency_map.PLUGIN, TABLES), [name], "the maker") == {name: files[name]}


def test_fonts_are_truetype_and_embedded(files: dict[str, bytes]) -> None:
    assert b"/CIDFontType2" in files["pdf"]
    assert b"/FontFile2" in files["pdf"]
    assert b"/Type3" not in files["pdf"]


def test_a_style_brings_its_font() -> None:
    assert b"STIXGeneral" in rendered(style.Style(font="STIXGeneral"))["pdf"]


def test_pgf_is_one_file_of_shapes_and_text_that_latex_can_read(files: dict[str, bytes]) -> None:
    text = files["pgf"].decode()
    assert "\\includegraphics" not in text
    assert "\\pgfimage" not in text
    assert "score function" in text
    assert not re.search(r"(?<!\\)_", text.partition("\\begin{pgfpicture}")[2])
    assert text.count("\\begin{pgfscope}") == text.count("\\end{pgfscope}") > 0
    assert r"\pgfqpoint{3.250000in}" in text


def test_pgf_asks_no_tex_program(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*arguments: object) -> None:
        raise AssertionError("a TeX program was asked")

    monkeypatch.setattr(LatexManager, "_get_cached_or_new", asked)
    assert rendered()["pgf"]


def test_mathematics_of_a_users_figure_stays_mathematics() -> None:
    figure = Figure(figsize=(2, 2))
    figure.text(0.5, 0.5, "$x_1$")
    assert b"$x_1$" in render.render(figure, ["pgf"], "x")["pgf"]


def test_every_format_that_a_sweep_writes_is_known() -> None:
    assert set(Drawing().formats) <= set(render.FORMATS)
