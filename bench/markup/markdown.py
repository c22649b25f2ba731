"""Blocks as Markdown; whatever a text holds, it is read as it is and never as markup."""

import re
from collections.abc import Iterable, Sequence

from bench.markup.blocks import (
    Block,
    Bullets,
    Cell,
    Code,
    Column,
    Duration,
    Figure,
    Heading,
    Interval,
    Link,
    Math,
    Number,
    Paragraph,
    Piece,
    Strong,
    Table,
    Term,
    Text,
)
from bench.markup.numbers import plain
from bench.markup.spaces import one_line

# Plain are an underscore inside a word and a tilde between spaces.
SPECIAL = re.compile(r"[\\`*\[\]<>|#&$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<! )~|~(?! )")
SHOWN = (".png", ".svg")  # images that a page of Markdown can show


def render(blocks: Iterable[Block]) -> str:
    """The blocks with an empty line between them."""
    return "\n".join(map(_block, blocks))


def escape(text: str) -> str:
    """The text as it is to be read: one line, nothing in it is markup."""
    return SPECIAL.sub(lambda match: "\\" + match[0], one_line(text))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts that are escaped already."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def bullets(items: Iterable[str]) -> str:
    """A list of texts that are escaped already."""
    return "".join(f"- {item}\n" for item in items)


def _block(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {escape(text)}\n"
        case Paragraph(text):
            return f"{_text(text)}\n"
        case Bullets(items):
            return bullets(map(_text, items))
        case Table(header, rows, caption):
            lines = table([_column(column) for column in header], [[_cell(cell) for cell in row] for row in rows])
            return f"{escape(caption)}:\n\n{lines}" if caption else lines
        case Code(text):
            return f"    {text}\n"
        case Figure():
            return _figure(block)


def _text(text: Text) -> str:
    return "".join(map(_piece, (text,) if isinstance(text, str) else text)).strip()


def _piece(piece: Piece) -> str:
    match piece:
        case Math(formula):
            return f"$`{formula}`$"
        case Term(text):
            return escape(text)
        case Strong(text):
            return f"**{escape(text)}**"
        case Link(text, path):
            return f"[{escape(text)}]({path})"
        case _:
            return escape(piece)


def _cell(cell: Cell) -> str:
    return plain(cell) if isinstance(cell, Number | Duration | Interval) else _text(cell or "")


def _column(column: Column) -> str:
    return escape(f"{column.above}: {column.title}" if column.above else column.title)


def _figure(figure: Figure) -> str:
    """The title, the image with a link or a link alone, and the caption."""
    title, caption = escape(figure.title), escape(figure.caption)
    lines = [f"### {title}\n", f"{caption}\n"]
    if figure.images:
        first, *others = figure.images
        image = f"[![{title}]({first})]({others[0] if others else first})"
        lines.insert(1, f"{image if first.endswith(SHOWN) else _piece(Link(first, first))}\n")
    return "\n".join(lines)
