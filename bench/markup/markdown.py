"""Markdown from text that may hold anything: escapes, tables, lists."""

import re
from collections.abc import Iterable, Sequence

SPECIAL = re.compile(r"[\\`*\[\]<>|#~&$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")  # an underscore inside a word is plain


def escape(text: object) -> str:
    """The text as it is to be read: one line, nothing in it is markup."""
    return SPECIAL.sub(lambda match: "\\" + match[0], " ".join(str(text).split()))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts that are escaped already."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def bullets(items: Iterable[str]) -> str:
    """A list of texts that are escaped already."""
    return "".join(f"- {item}\n" for item in items)
