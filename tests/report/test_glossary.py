"""Words of the glossary are explained where they stand first, and names of the code have their words in tables."""

from bench.markup import html, markdown
from bench.markup.blocks import Bullets, Column, Heading, Link, Math, Paragraph, Strong, Table, Term
from bench.report.glossary import GLOSSARY, ON_PAGES, explained, meaning, table

Z = Term("z", meaning("z"))


def test_the_first_of_a_word_in_a_section_is_explained_and_no_other() -> None:
    first, second = explained([Paragraph("An oracle, abs(z) and z."), Bullets(["the oracle", "one replicate"])])
    assert first == Paragraph(("An ", Term("oracle", meaning("oracle")), ", abs(", Z, ") and z."))
    assert second == Bullets([("the oracle",), ("one ", Term("replicate", meaning("replicate")), "")])


def test_a_word_inside_another_is_none() -> None:
    texts = ["the score function and its z-scores", "untied_cells, f(y)/z", "sizes"]
    assert list(explained([Bullets(texts)])) == [Bullets([(text,) for text in texts])]
    (plural,) = explained([Paragraph("replicates")])
    assert plural == Paragraph(("", Term("replicates", meaning("replicate")), ""))


def test_of_two_words_the_longer_is_meant() -> None:
    (block,) = explained([Paragraph("a draw per datum, untied")])
    assert isinstance(block, Paragraph)
    assert [piece.text for piece in block.text if isinstance(piece, Term)] == ["draw per datum", "untied"]


def test_what_is_no_text_stays() -> None:
    blocks = [Heading(2, "The oracle"), Paragraph((Strong("oracle"), Link("z", "f"), Math("z")))]
    assert list(explained(blocks)) == blocks


def test_a_table_has_words_for_its_names() -> None:
    (block,) = explained(
        [Table([Column("z"), Column("dataset_size"), Column("mu")], [["score_function", "9 x_1", None]])]
    )
    assert isinstance(block, Table)
    assert [column.meaning for column in block.header] == [meaning("z"), "n", ""]
    assert block.rows == [[(Term("score_function", "score function"),), "9 x_1", None]]
    text = html.render([block])
    assert f'<th scope="col" title="{meaning("z")}">z</th>' in text
    assert '<td title="score function">score_function</td>' in text


def test_a_meaning_is_there_for_mouse_keyboard_and_finger_and_not_on_paper() -> None:
    page = html.render([Paragraph((Z,))])
    assert page == f'<p><dfn tabindex="0">z<span role="tooltip">{meaning("z")}</span></dfn></p>'
    assert markdown.render([Paragraph((Z,))]) == "z\n"


def test_the_table_has_every_word() -> None:
    assert {*ON_PAGES} <= {*GLOSSARY}
    assert [line.split(" | ")[0].removeprefix("| ") for line in table().splitlines()[2:]] == [*GLOSSARY]
    assert not any("`" in meaning(word) for word in GLOSSARY)
