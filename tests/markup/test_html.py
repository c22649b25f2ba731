"""Blocks as HTML."""

from dataclasses import replace

import pytest

from bench.markup import html
from bench.markup.blocks import Block, Bullets, Code, Column, Figure, Heading, Link, Paragraph, Strong, Table
from bench.markup.spaces import NO_BREAK
from tests.support.documents import BLOCKS, FIGURE, NASTY

DOCUMENT = f"""\
<h2>Title</h2>
<p><strong>bold</strong> and at mu{NO_BREAK}={NO_BREAK}1 <a href="figures/a%20b.csv" download>a file</a>.</p>
<ul><li>one</li><li>two</li></ul>
<pre tabindex="0"><code>python -m bench</code></pre>
<details open>
<summary>Title, 2 rows</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Title">
<table>
<caption>Title</caption>
<thead><tr><th scope="col" rowspan="2">a</th><th scope="colgroup" colspan="1">mu</th></tr>
<tr><th scope="col">b</th></tr></thead>
<tbody>
<tr><td>x</td><td>5.6e6 [5.5e6, 5.7e6]</td></tr>
<tr><td>1.23 µs</td><td></td></tr>
</tbody>
</table>
</div>
</details>
<details open>
<summary>The extremes, 1 row</summary>
<div class="scroll" tabindex="0" role="region" aria-label="The extremes">
<table>
<caption>The extremes</caption>
<thead><tr><th scope="col">a</th></tr></thead>
<tbody>
<tr><td>1</td></tr>
</tbody>
</table>
</div>
</details>"""


def test_every_kind_of_block() -> None:
    assert html.render(BLOCKS) == DOCUMENT


def test_long_lists_scroll_and_long_cells_have_lines() -> None:
    assert html.render([Bullets(["x"] * 6)]).startswith("<ul><li>")
    assert html.render([Bullets(["x"] * 7)]).startswith('<ul class="long-list" tabindex="0"><li>')
    short, long = "x" * 40, "x" * 41
    text = html.render([Table([Column("a")], [[short], [long]])])
    assert f"<td>{short}</td>" in text
    assert f'<td class="long">{long}</td>' in text


def test_long_tables_are_folded() -> None:
    shown, folded = (html.render([Table([Column("a")], [["x"]] * rows)]) for rows in (12, 13))
    assert shown.startswith("<details open>\n")
    assert folded.startswith("<details>\n<summary>, 13 rows</summary>")


def test_a_figure_holds_its_image_and_links_to_its_files() -> None:
    assert html.render([FIGURE]) == (
        '<figure>\n<img src="data:image/svg+xml,%3Csvg a=%271%27/%3E " alt="A figure">\n'
        f"<figcaption><strong>A figure.</strong> What sigma{NO_BREAK}={NO_BREAK}1 shows.\n"
        'Files: <a href="f.csv" download>CSV</a>.</figcaption>\n</figure>'
    )


def test_a_figure_without_an_svg_says_what_the_page_shows() -> None:
    files = [Link("PDF", "f.pdf"), Link("TEX", "f.tex")]
    text = html.render([replace(FIGURE, vector=b"", files=files)])
    assert 'Files: <a href="f.pdf">PDF</a>, <a href="f.tex" download>TEX</a>. The page shows an SVG alone.' in text
    assert "<img" not in text
    assert "Files" not in html.render([replace(FIGURE, vector=b"", files=[])])


def holding(text: str) -> list[Block]:
    """Blocks that hold a text wherever one may stand."""
    return [
        Heading(2, text),
        Paragraph(text),
        Paragraph((Strong(text), Link(text, "x"))),
        Bullets([text]),
        Code(text),
        Table([Column(text, text)], [[text]], text),
        Figure("f", text, text, (), [Link(text, text)], b"<svg/>"),
    ]


@pytest.mark.parametrize("text", NASTY)
def test_nothing_in_a_text_is_markup(text: str) -> None:
    rendered = html.render(holding(text))
    assert rendered.unescape().count(text) == html.render(holding("%%")).count("%%")
    for mark in '<>"':
        assert rendered.count(mark) == html.render(holding("x")).count(mark)
