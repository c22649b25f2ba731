"""Blocks as HTML; whatever a text holds, it is read as it is and never as markup."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import PurePosixPath
from urllib.parse import quote

from markupsafe import Markup, escape

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
from bench.markup.mathml import mathml
from bench.markup.numbers import plain
from bench.markup.spaces import together

LONG_CELL = 40  # characters; a longer cell may have several lines
LONG_LIST = 6  # items; a longer list scrolls
LONG_TABLE = 12  # rows; a longer table is folded
SAVED = (".csv", ".json", ".tex")  # files that a link saves; a browser opens the others
END_OF_LINE, NOTHING = Markup("\n"), Markup("")


def render(blocks: Iterable[Block]) -> Markup:
    """The blocks; a table without a caption has that of the heading before it."""
    heading, parts = "", []
    for block in blocks:
        heading = block.text if isinstance(block, Heading) else heading
        parts.append(_block(block, heading))
    return END_OF_LINE.join(parts)


def links(files: Iterable[Link]) -> Markup:
    """Links with commas between them."""
    return Markup(", ").join(map(_piece, files))


def _block(block: Block, heading: str) -> Markup:
    """A block below its heading."""
    match block:
        case Heading(level, text):
            return Markup("<h{0}>{1}</h{0}>").format(level, together(text))
        case Paragraph(text):
            return Markup("<p>{}</p>").format(_text(text))
        case Bullets(items):
            return _bullets(items)
        case Table():
            return _table(block, together(block.caption or heading))
        case Code(text):
            return Markup('<pre tabindex="0"><code>{}</code></pre>').format(text)
        case Figure():
            return _figure(block)


def _bullets(items: Sequence[Text]) -> Markup:
    long = Markup(' class="long-list" tabindex="0"') if len(items) > LONG_LIST else ""
    return Markup("<ul{}>{}</ul>").format(long, _each("<li>{}</li>", map(_text, items)))


def _table(table: Table, caption: str) -> Markup:
    """A table below its caption, folded where it is long, in a region that scrolls and that the keyboard can reach."""
    header = END_OF_LINE.join(map(Markup("<tr>{}</tr>").format, _heads(table.header)))
    rows = END_OF_LINE.join(Markup("<tr>{}</tr>").format(Markup("").join(map(_cell, row))) for row in table.rows)
    unfolded, count = Markup("" if len(table.rows) > LONG_TABLE else " open"), len(table.rows)
    return Markup(
        "<details{0}>\n<summary>{1}, {2} {3}</summary>\n"
        '<div class="scroll" tabindex="0" role="region" aria-label="{1}">\n<table>\n<caption>{1}</caption>\n'
        "<thead>{4}</thead>\n<tbody>\n{5}\n</tbody>\n</table>\n</div>\n</details>"
    ).format(unfolded, caption, count, "row" if count == 1 else "rows", header, rows)


def _figure(block: Figure) -> Markup:
    """A figure with its caption and links to its files."""
    image = Markup('<img src="{}" alt="{}">\n').format(_address(block.vector), block.title) if block.vector else ""
    files = Markup("\nFiles: {}.").format(links(block.files)) if block.files else ""
    alone = " The page shows an SVG alone." if block.files and not block.vector else ""
    text = Markup("<figcaption><strong>{}.</strong> {}").format(block.title, together(block.caption))
    return Markup("<figure>\n{}{}{}{}</figcaption>\n</figure>").format(image, text, files, alone)


def _cell(cell: Cell) -> Markup:
    if isinstance(cell, tuple) and len(cell) == 1 and isinstance(cell[0], Term):
        return Markup('<td title="{}">{}</td>').format(cell[0].meaning, cell[0].text)
    text = escape(plain(cell)) if isinstance(cell, Number | Duration | Interval) else _text(cell or "")
    long = Markup(' class="long"') if len(text) > LONG_CELL else ""
    return Markup("<td{}>{}</td>").format(long, text)


def _heads(columns: Sequence[Column]) -> list[Markup]:
    """The lines of a head: where words stand above columns, a line of them, and columns without any have both lines."""
    if not any(column.above for column in columns):
        return [Markup("").join(map(_head, columns))]
    upper, below = [], [column for column in columns if column.above]
    for words, group in groupby(columns, key=lambda column: column.above):
        group_columns = list(group)
        if words:
            upper.append(Markup('<th scope="colgroup" colspan="{}">{}</th>').format(len(group_columns), words))
        else:
            upper += [_head(column, Markup(' rowspan="2"')) for column in group_columns]
    return [Markup("").join(upper), Markup("").join(map(_head, below))]


def _head(column: Column, more: Markup = NOTHING) -> Markup:
    """The head of a column, which tells what its title means."""
    meaning = Markup(' title="{}"').format(column.meaning) if column.meaning else ""
    return Markup('<th scope="col"{}{}>{}</th>').format(more, meaning, column.title)


def _text(text: Text) -> Markup:
    return Markup("").join(map(_piece, (text,) if isinstance(text, str) else text))


def _piece(piece: Piece) -> Markup:
    match piece:
        case Math(formula, ""):
            return mathml(formula)
        case Math(formula, colour):
            return Markup('<span class="coloured" style="--colour: {}">{}</span>').format(colour, mathml(formula))
        case Term(text, meaning):
            return Markup('<dfn tabindex="0">{}<span role="tooltip">{}</span></dfn>').format(text, together(meaning))
        case Strong(text):
            return Markup("<strong>{}</strong>").format(together(text))
        case Link(text, path):
            saved = Markup(" download") if PurePosixPath(path).suffix in SAVED else ""
            return Markup('<a href="{}"{}>{}</a>').format(quote(path), saved, text)
        case _:
            return escape(together(piece))


def _each(markup: str, texts: Iterable[str]) -> Markup:
    return Markup("").join(Markup(markup).format(text) for text in texts)


def _address(svg: bytes) -> Markup:
    """An image as an address that needs no file."""
    text = svg.decode().replace("\n", " ")
    return Markup("data:image/svg+xml,{}").format(Markup(quote(text, safe=" =:;,/()!*?@+$[]{}|^`")))
