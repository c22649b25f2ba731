"""The one list of sections: report.md and the page have all of them, in its order."""

import re
from dataclasses import replace

import pytest

from bench.markup import markdown
from bench.markup.blocks import Heading, Paragraph
from bench.report.contents import Document, Section, contents
from bench.report.page.build import HERE, page
from tests.support import fitted, learned, synthetic
from tests.support.reports import FAILED, MANIFEST

TABLES = synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1])


@pytest.fixture(scope="module")
def document() -> Document:
    return contents(TABLES, MANIFEST, [], [])


def anchors(text: str) -> list[str]:
    """The anchors of the sections of a page."""
    return re.findall(r'<section id="(\w+)"', text)


def test_the_page_has_every_section_once_and_in_order(document: Document) -> None:
    text = page(TABLES, MANIFEST, document, [])
    assert anchors(text) == [section.anchor for section in document.sections]
    assert re.findall(r'<a href="#(\w+)">([^<]+)</a>', text) == [
        (section.anchor, section.name) for section in document.sections if section.name
    ]


def test_a_section_without_blocks_has_a_template_on_the_page(document: Document) -> None:
    for section in document.sections:
        assert section.blocks or (HERE / f"{section.anchor}.html").exists()


def test_a_template_of_the_page_is_for_a_section_or_part_of_one(document: Document) -> None:
    fit = contents(learned.tables(), learned.MANIFEST, [], [])
    names = {section.anchor for section in document.sections} | {"template", "section", "index", "compared"}
    names |= {f"{section.anchor}.fit" for section in fit.sections}
    included = {
        name for file in HERE.glob("*.html") for name in re.findall(r"{% include '(\w+).html'", file.read_text())
    }
    assert {file.stem for file in HERE.glob("*.html")} <= names | included


def test_a_fit_has_sections_of_its_own_on_both() -> None:
    fit = contents(learned.tables(), learned.MANIFEST, [], [])
    assert [section.anchor for section in fit.sections][:6] == [
        *("answer", "algebra", "question", "explorer", "ends", "firsts")
    ]
    assert anchors(page(learned.tables(), learned.MANIFEST, fit, [])) == [section.anchor for section in fit.sections]
    titles = [block.text for section in fit.sections for block in section.blocks if isinstance(block, Heading)]
    assert re.findall(r"^## (.*)$", markdown.render(fit.blocks()), re.MULTILINE) == titles


def test_an_autoencoder_has_no_section_on_parameters() -> None:
    frames = learned.tables(objectives=["vae"], least=False) | {"encoder": fitted.tables()["encoder"]}
    fit = contents(frames, learned.MANIFEST, [], [])
    anchors = [section.anchor for section in fit.sections]
    assert anchors == ["answer", "vae", "question", "explorer", "figures", "rows", "origin", "files"]


def test_report_md_has_the_titles_in_order(document: Document) -> None:
    text = markdown.render(document.blocks())
    titles = [block.text for section in document.sections for block in section.blocks if isinstance(block, Heading)]
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == titles
    assert text.startswith("# x\n\n## Verdict\n")


def test_a_section_of_a_new_kind_of_run_is_one_more_in_the_list(document: Document) -> None:
    new = Section("curves", "Learning curves", [Heading(2, "Learning curves"), Paragraph("They go down.")])
    longer = replace(document, sections=[*document.sections[:4], new, *document.sections[4:]])
    assert "\n## Learning curves\n\nThey go down.\n\n" in markdown.render(longer.blocks())
    text = page(TABLES, MANIFEST, longer, [])
    assert '<section id="curves">\n<h2>Learning curves</h2>\n<p>They go down.</p>\n</section>' in text
    assert '<a href="#curves">Learning curves</a>' in text


def test_a_failure_comes_before_the_title() -> None:
    document = contents(TABLES, FAILED, [], [])
    assert document.blocks()[:2] == [*document.alarm, Heading(1, "x")]
    assert document.alarm


def test_a_run_without_a_name_is_a_report() -> None:
    assert contents(TABLES, {"verdict": {"ok": True}}, [], []).title == "report"
