"""What a document is made of, in no markup: texts, cells and blocks. Markdown, HTML and LaTeX are made of these."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a file beside the document."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula in LaTeX, in the colour of the curve of what it is about, where there is one."""

    formula: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A word whose meaning a page tells where it is pointed at."""

    text: str
    meaning: str


Piece = str | Strong | Link | Math | Term
Text = str | tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number to be rounded to `digits` significant digits; None, NaN and infinity are unknown."""

    value: float | None
    digits: int = 3


@dataclass(frozen=True, slots=True)
class Duration:
    """A time, to be written in the unit that suits it."""

    nanoseconds: float


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with the ends of its interval; where both ends equal the value, it is written alone."""

    value: Number | Duration
    low: Number | Duration
    high: Number | Duration


Quantity = Number | Duration | Interval
Cell = Text | Quantity | None  # None: an empty cell


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: Text


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list in no order."""

    items: Sequence[Text]


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; neighbours with the same words `above` belong together."""

    title: str
    above: str = ""
    meaning: str = ""  # of the title, which a page tells where it is pointed at


@dataclass(frozen=True, slots=True)
class Table:
    """A table; without a caption the heading before it says what it is."""

    header: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """One line of code."""

    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure. Without images, the caption says why there are none."""

    name: str
    title: str
    caption: str
    images: Sequence[str]  # paths; the first is the one to show, the second the one to open
    files: Sequence[Link]  # to all its files: the images, its numbers, its caption for a paper
    vector: bytes = b""  # the SVG itself, for a document that is one file


Block = Heading | Paragraph | Bullets | Table | Code | Figure
