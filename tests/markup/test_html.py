from markupsafe import Markup

from bench.markup import markdown
from bench.markup.html import Block, blocks, together


def test_every_piece_that_a_section_may_have():
    text = "## Title\n\nplain **bold** end\n\n- one\n- two\n\n    python -m bench\n\n"
    text += "| a | b |\n| --- | --- |\n| 1 |  |\n"
    title, paragraph, items, code, table = blocks(text)
    assert title == Block("heading", Markup("Title"))
    assert paragraph.content == Markup("plain <strong>bold</strong> end")
    assert (items.kind, items.content) == ("list", ["one", "two"])
    assert (code.kind, code.content) == ("code", "python -m bench")
    assert table == Block("table", (["a", "b"], [["1", ""]]), Markup("Title"))


def test_a_paragraph_with_a_colon_is_the_caption_of_the_table_after_it():
    (table,) = blocks("The extremes:\n\n| a |\n| --- |\n| 1 |\n")
    assert table.caption == "The extremes"


def test_a_bold_line_may_come_before_the_title():
    assert [block.kind for block in blocks("**FAILED: x.**\n\n# name\n\n## Verdict\n\ntext\n\n- a\n")] == [
        "paragraph",
        "heading",
        "heading",
        "paragraph",
        "list",
    ]


def test_what_markdown_escapes_is_read_again_as_it_was():
    for text in ("<script>alert(1)</script>", "a | b", "**not bold**", "_x_ [y](z) `c` & \\ $ ~ #", "trailing \\"):
        escaped = markdown.escape(text)
        (table,) = blocks(markdown.table([escaped, "b"], [[escaped, "c"]]))
        header, rows = table.content
        assert [header[0].unescape(), rows[0][0].unescape(), rows[0][1]] == [text, text, "c"]
        assert "<" not in header[0]
        (item,) = blocks(markdown.bullets([escaped]))
        assert item.content[0].unescape() == text


def test_no_line_ends_inside_a_number_and_its_unit():
    assert together("95 % of sigma = 1, n") == "95\N{NO-BREAK SPACE}% of sigma\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}1, n"
    (paragraph,) = blocks("at mu = 1 it is")
    assert paragraph.content == "at mu\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}1 it is"
