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


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts that are escaped already; the document needs booktabs."""
    lines = [rf"{' & '.join(line)} \\" for line in (header, *rows)]
    columns = "@{}" + "l" * len(header) + "@{}"
    parts = [r"\setlength{\tabcolsep}{3pt}", rf"\begin{{tabular}}{{{columns}}}", r"\toprule", lines[0], r"\midrule"]
    return "\n".join([*parts, *lines[1:], r"\bottomrule", r"\end{tabular}", ""])


def caption(label: str, title: str, text: str) -> str:
    """A caption with its label, to stand inside a figure or a table."""
    return f"\\caption{{\\textbf{{{escape(title)}.}} {escape(text)}}}\n\\label{{{label}}}\n"
