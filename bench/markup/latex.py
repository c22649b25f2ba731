"""LaTeX from text that may hold anything: escapes, a caption, a table."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

WORDS = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    **{letter: "\\" + letter for letter in "{}$&#%_"},
}
SYMBOLS = {"mu": r"$\mu$", "sigma": r"$\sigma$", "sigma2": r"$\sigma^2$"}
SPECIAL = re.compile("|".join(map(re.escape, WORDS)))
NUMBER = re.compile(r"-?[\d.]+(?:e-?\d+)?")
POWER = re.compile(r"(-?[\d.]+)e(-?\d+)")


def escape(text: object) -> str:
    """The text as it is to be read: one line, nothing in it is markup."""
    return SPECIAL.sub(lambda match: WORDS[match[0]], " ".join(str(text).split()))


def powers(text: str) -> str:
    """Numbers as they are printed, a common power of ten once: 5.6e6 [5.5e6, 5.7e6] is 5.6 [5.5, 5.7] times 10^6."""
    found = POWER.findall(text)
    if len(found) == len(NUMBER.findall(text)) and len({power for _, power in found}) == 1:
        return POWER.sub(r"\1", text) + rf" $\times 10^{{{found[0][1]}}}$"
    return POWER.sub(r"$\1 \\times 10^{\2}$", text)


def table(header: Sequence[str], rows: Iterable[Sequence[str]], groups: int) -> str:
    """A table of texts that are escaped already; the document needs booktabs.

    Rows that have the first `groups` columns alike stand together, below a line that says what these are; columns
    called `mu: measured` and `mu: exact` stand below a common `mu`. So it fits a page that is 5.5 inches wide.
    """
    names, columns = header[:groups], header[groups:]
    spans = [(top, len(list(part))) for top, part in groupby(columns, key=lambda name: name.rpartition(": ")[0])]
    above, rules, last = [], "", 0
    for top, width in spans:
        above.append(rf"\multicolumn{{{width}}}{{c}}{{{SYMBOLS.get(top, top)}}}" if top else "")
        rules += rf"\cmidrule(lr){{{last + 1}-{last + width}}}" if top else ""
        last += width
    below = [SYMBOLS.get(name, name) for name in (column.rpartition(": ")[2] for column in columns)]
    lines = [rf"{' & '.join(above)} \\", rules, rf"{' & '.join(below)} \\", r"\midrule"]
    for i, (key, part) in enumerate(groupby(rows, key=lambda row: tuple(row[:groups]))):
        words = ", ".join(rf"\emph{{{name}}} {value}" for name, value in zip(names, key, strict=True))
        lines += [r"\addlinespace"] if i else []
        lines += [rf"\multicolumn{{{len(columns)}}}{{@{{}}l}}{{{words}}} \\"]
        lines += [rf"{' & '.join(row[groups:])} \\" for row in part]
    start = rf"\begin{{tabular}}{{@{{}}{'l' * len(columns)}@{{}}}}"
    return "\n".join([start, r"\toprule", *lines, r"\bottomrule", r"\end{tabular}", ""])


def caption(label: str, title: str, text: str) -> str:
    """A caption with its label, to stand inside a figure or a table; no line ends inside `sigma = 1` or `95 %`."""
    words = escape(text).replace(r" \%", r"~\%").replace(" = ", "~=~")
    return f"\\caption{{\\textbf{{{escape(title)}.}} {words}}}\n\\label{{{label}}}\n"
