"""LaTeX from text that may hold anything: escapes, a caption, a table."""

import re
from collections.abc import Iterable, Sequence

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
SPECIAL = re.compile("|".join(map(re.escape, WORDS)))
POWER = re.compile(r"(-?[\d.]+)e(-?\d+)")


def escape(text: object) -> str:
    """The text as it is to be read: one line, nothing in it is markup."""
    return SPECIAL.sub(lambda match: WORDS[match[0]], " ".join(str(text).split()))


def powers(text: str) -> str:
    """Numbers as they are printed: 5.61e6 in powers of ten."""
    return POWER.sub(r"$\1 \\times 10^{\2}$", text)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts that are escaped already; the document needs booktabs."""
    lines = [rf"{' & '.join(line)} \\" for line in (header, *rows)]
    parts = [rf"\begin{{tabular}}{{{'l' * len(header)}}}", r"\toprule", lines[0], r"\midrule"]
    return "\n".join([*parts, *lines[1:], r"\bottomrule", r"\end{tabular}", ""])


def caption(label: str, title: str, text: str) -> str:
    """A caption with its label, to stand inside a figure or a table."""
    return f"\\caption{{\\textbf{{{escape(title)}.}} {escape(text)}}}\n\\label{{{label}}}\n"
