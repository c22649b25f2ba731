"""Blocks as Markdown."""

import re
from dataclasses import replace

import pytest

from bench.markup import markdown
from bench.markup.blocks import Bullets, Column, Heading, Paragraph, Strong, Table
from tests.support.documents import BLOCKS, FIGURE, NASTY

DOCUMENT = """\
## Title

**bold** and at mu = 1 [a file](figures/a b.csv).

- one
- two

    python -m bench

| a | mu: b |
| --- | --- |
| x | 5.6e6 [5.5e6, 5.7e6] |
| 1.23 µs |  |

The extremes:

| a |
| --- |
| 1 |
"""


def test_every_kind_of_block() -> None:
    assert markdown.render(BLOCKS) == DOCUMENT


def test_a_bold_line_may_come_before_the_title() -> None:
    blocks = [Paragraph((Strong("FAILED: x."),)), Heading(1, "name"), Heading(2, "Verdict")]
    assert markdown.render(blocks) == "**FAILED: x.**\n\n# name\n\n## Verdict\n"


def test_a_figure_shows_its_first_image_and_opens_its_second() -> None:
    assert markdown.render([FIGURE]) == "### A figure\n\n[![A figure](f.png)](f.svg)\n\nWhat sigma = 1 shows.\n"
    single = replace(FIGURE, images=["f.svg"])
    assert "\n\n[![A figure](f.svg)](f.svg)\n\n" in markdown.render([single])


def test_an_image_that_no_page_can_show_is_a_link_and_none_is_nothing() -> None:
    assert "\n\n[f.pdf](f.pdf)\n\n" in markdown.render([replace(FIGURE, images=["f.pdf", "f.pgf"])])
    assert markdown.render([replace(FIGURE, images=[])]) == "### A figure\n\nWhat sigma = 1 shows.\n"


@pytest.mark.parametrize("text", NASTY)
def test_nothing_in_a_text_is_markup(text: str) -> None:
    escaped = markdown.escape(text)
    assert re.sub(r"\\(.)", r"\1", escaped) == text
    bare = re.sub(r"\\.", "", escaped)
    assert not re.search(r"[\\`*\[\]<>|#&$]|\b_|_\b|~\S|\S~", bare)
    blocks = [Paragraph(text), Bullets([text]), Table([Column(text)], [[text]], text), Heading(1, text)]
    assert markdown.render(blocks) == (
        f"{escaped}\n\n- {escaped}\n\n{escaped}:\n\n| {escaped} |\n| --- |\n| {escaped} |\n\n# {escaped}\n"
    )


def test_a_text_is_one_line() -> None:
    assert markdown.render([Paragraph("two\nlines ")]) == "two lines\n"


def test_what_is_no_markup_is_not_escaped() -> None:
    assert markdown.escape("y ~ N(mu, sigma^2), score_function") == "y ~ N(mu, sigma^2), score_function"
