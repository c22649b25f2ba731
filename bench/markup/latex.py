"""LaTeX from text that may hold anything: escapes, a caption, a table."""

import re
import textwrap
from collections.abc import Sequence
from itertools import groupby

from bench.markup.blocks import (
    Cell,
    Column,
    Duration,
    Interval,
    Link,
    Math,
    Number,
    Piece,
    Quantity,
    Strong,
    Table,
    Term,
    Text,
)
from bench.markup.mathematics import pieces
from bench.markup.numbers import known, plain, scientific
from bench.markup.spaces import NO_BREAK, one_line, together

COMMANDS = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    **{letter: "\\" + letter for letter in "{}$&#%_"},
}
SYMBOLS = {
    **{name: rf"$\{name}$" for name in ("mu", "sigma", "alpha")},
    "sigma2": r"$\sigma^2$",
    **{name: rf"$\mathrm{{{name}}}$" for name in ("rate", "logit")},
}
LINE = 60  # letters of a line over all columns, its markup counted
SPECIAL = re.compile("|".join(map(re.escape, COMMANDS)))


def escape(text: str) -> str:
    """The text as it is to be read: one line, nothing in it is markup."""
    return SPECIAL.sub(lambda match: COMMANDS[match[0]], one_line(text))


def caption(label: str, title: str, text: str) -> str:
    """A caption with its label, to stand inside a figure or a table."""
    return f"\\caption{{\\textbf{{{worded(title)}.}} {worded(text)}}}\n\\label{{{label}}}\n"


def worded(text: str) -> str:
    """A text in which mathematics stands between dollars."""
    return "".join(f"${piece}$" if is_formula else _piece(piece) for piece, is_formula in pieces(text)).strip()


def table(block: Table, groups: int) -> str:
    """A table, which the document needs booktabs for; a caption is written apart.

    Rows that have the first `groups` columns alike stand together, below a line that says what these are; columns
    with the same words above stand below these words. So it fits a column that is 3.25 inches wide.
    """
    columns = block.header[groups:]
    lines = [*_head(columns), r"\midrule"]
    for i, (key, rows) in enumerate(groupby(block.rows, key=lambda row: row[:groups])):
        words = ", ".join(filter(None, map(cell, key)))
        lines += [r"\addlinespace"] if i else []
        lines += [rf"\multicolumn{{{len(columns)}}}{{@{{}}l}}{{\emph{{{line}}}}} \\" for line in _lines(words)]
        lines += [rf"{' & '.join(map(cell, row[groups:]))} \\" for row in rows]
    start = [
        r"{\footnotesize\setlength{\tabcolsep}{3pt}\renewcommand{\arraystretch}{1.25}%",
        rf"\begin{{tabular}}{{@{{}}{'l' * len(columns)}@{{}}}}",
    ]
    return "\n".join([*start, r"\toprule", *lines, r"\bottomrule", r"\end{tabular}}", ""])


def _lines(words: str) -> list[str]:
    """What stands above some rows, in lines that fit beside each other's ends."""
    return textwrap.wrap(words, LINE, break_long_words=False, break_on_hyphens=False)


def cell(content: Cell) -> str:
    """A cell; of a number and its interval a common power of ten is written once."""
    if isinstance(content, Number | Duration | Interval):
        return _quantity(content)
    return worded(content) if isinstance(content, str) else _text(content or "")


def _head(columns: Sequence[Column]) -> list[str]:
    """Two lines with a rule between them: the words above, each over its columns, and the titles."""
    above: list[str] = []
    rules, last = "", 0
    for words, group in groupby(columns, key=lambda column: column.above):
        width = len(list(group))
        above += [rf"\multicolumn{{{width}}}{{c}}{{{_name(words)}}}"] if words else [""] * width
        rules += rf"\cmidrule(lr){{{last + 1}-{last + width}}}" if words else ""
        last += width
    titles = [_name(column.title) for column in columns]
    return [rf"{' & '.join(above)} \\", rules, rf"{' & '.join(titles)} \\"]


def _name(word: str) -> str:
    return SYMBOLS.get(word) or worded(word)


def _quantity(quantity: Quantity) -> str:
    match quantity:
        case Number():
            return _numbers([quantity])
        case Interval(Number() as value, Number() as low, Number() as high):
            return _numbers([value] if low == value == high else [value, low, high])
        case _:
            return escape(plain(quantity))


def _numbers(numbers: Sequence[Number]) -> str:
    """A number, the ends of its interval in small type below and above it: 5.6e6 [5.5e6, 5.7e6] is said once e6."""
    parts = [_scientific(number) for number in numbers]
    powers = {power for _, power in parts}
    if len(powers) == 1:
        texts, common = [digits for digits, _ in parts], powers.pop()
    else:
        texts, common = [rf"{digits}{_times(power)}" if power else digits for digits, power in parts], 0
    if not known(numbers[0].value):
        return texts[0]
    value, *bounds = texts
    ends = f"_{{{bounds[0]}}}^{{{bounds[1]}}}" if bounds else ""
    return f"${value}{ends}{_times(common) if common else ''}$"


def _scientific(number: Number) -> tuple[str, int]:
    return scientific(number.value, number.digits) if known(number.value) else (plain(number), 0)


def _times(power: int) -> str:
    return rf"\times10^{{{power}}}"


def _text(text: Text) -> str:
    return "".join(map(_piece, (text,) if isinstance(text, str) else text)).strip()


def _piece(piece: Piece) -> str:
    """A piece in which no line ends inside `sigma = 1` or `95 %`; a link is of no use on paper, its words are."""
    match piece:
        case Math(formula):
            return f"${formula}$"
        case Term(text):
            return _piece(text)
        case Strong(text):
            return rf"\textbf{{{_piece(text)}}}"
        case Link(text):
            return _piece(text)
        case _:
            return "~".join(map(escape, together(one_line(piece)).split(NO_BREAK)))
