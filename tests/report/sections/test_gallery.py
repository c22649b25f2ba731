"""The figures of a report, and the list of its files."""

from bench.markup.blocks import Bullets, Heading, Link, Paragraph
from bench.report.sections.gallery import EMPTY, FAILED, contents, drawn, figures, files, files_of, gallery
from tests.support import synthetic
from tests.support.reports import catalogue, dot

PATHS = ["figures/a.svg", "figures/a.csv", "figures/a.png", "figures/b.tex", "figures/ratios.tex"]
TABLES = synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1])
CONTENTS = contents(TABLES)
FIGURES = gallery(catalogue(a=dot, b=dot, c=dot).plugins["figure"], TABLES, {"c": EMPTY}, PATHS, {"a": b"<svg/>"})


def test_images_are_in_the_order_of_what_is_shown_and_files_in_that_of_the_folder() -> None:
    figure = FIGURES[0]
    assert (figure.name, figure.title, figure.caption) == ("a", "Title of a", "Caption of a")
    assert figure.images == ["figures/a.png", "figures/a.svg"]
    assert figure.files == [Link("SVG", PATHS[0]), Link("CSV", PATHS[1]), Link("PNG", PATHS[2])]
    assert figure.vector == b"<svg/>"


def test_a_figure_without_an_image_says_why() -> None:
    _, unasked, empty = FIGURES
    assert unasked.caption == "Not drawn: not asked for."
    assert unasked.images == []
    assert unasked.files == [Link("TEX", "figures/b.tex")]
    assert empty.caption.startswith("Not drawn: no measured row of the tables has what it shows")


def test_the_section_has_every_figure_and_in_a_line_for_each_reason_those_that_are_not_drawn() -> None:
    assert figures(FIGURES) == [
        Heading(2, "Figures"),
        FIGURES[0],
        Paragraph("Not drawn: not asked for: Title of b."),
        Paragraph(f"Not drawn: {EMPTY}: Title of c."),
    ]


def test_of_a_fit_are_the_figures_that_it_has_and_those_that_failed() -> None:
    failed = gallery(catalogue(d=dot).plugins["figure"], TABLES, {"d": FAILED}, PATHS, {})
    assert [figure.name for figure in drawn([*FIGURES, *failed])] == ["a", "d"]


def test_every_file_is_a_link() -> None:
    title, block = files(TABLES, PATHS)
    assert title == Heading(2, "Files")
    assert isinstance(block, Bullets)
    assert len(block.items) == len(CONTENTS) + len(PATHS)
    assert block.items[1] == (Link("statistics.csv", "statistics.csv"), f": {CONTENTS['statistics.csv']}")
    assert block.items[-1] == (Link("figures/ratios.tex", "figures/ratios.tex"),)
    assert files_of("ratios", PATHS) == [Link("TEX", "figures/ratios.tex")]
