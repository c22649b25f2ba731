"""The Markdown of the sections, and no more of Markdown than they use, as blocks that a template can show."""

import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

BOLD = re.compile(r"(?<!\\)\*\*")
ESCAPED = re.compile(r"\\(.)")
TOGETHER = re.compile(r" (?=[=%])|(?<==) ")  # 95 %, sigma = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a section. `kind` is heading, paragraph, list, table or code; `caption` is a table's own."""

    kind: str
    content: Any
    caption: str = ""


def blocks(markdown: str) -> list[Block]:
    """The blocks of a section. A table's caption is the paragraph before it that ends with a colon, or the heading."""
    found: list[Block] = []
    for block in map(_block, re.split(r"\n\n+", markdown.strip("\n"))):
        if block.kind != "table":
            found.append(block)
            continue
        introduced = found and found[-1].kind == "paragraph" and found[-1].content.endswith(":")
        before = found.pop() if introduced else _heading(found)
        found.append(Block("table", block.content, before.content.removesuffix(":")))
    return found


def _heading(found: list[Block]) -> Block:
    return next((block for block in reversed(found) if block.kind == "heading"), Block("heading", ""))


def _block(part: str) -> Block:
    """What stands between two empty lines."""
    lines = part.split("\n")
    if part.startswith("#"):
        return Block("heading", _inline(part.lstrip("# ")))
    if part.startswith("    "):
        return Block("code", part.strip())
    if part.startswith("- "):
        return Block("list", [_inline(line[2:]) for line in lines])
    if part.startswith("| "):
        header, _, *rows = [[_inline(cell) for cell in line[2:-2].split(" | ")] for line in lines]
        return Block("table", (header, rows))
    return Block("paragraph", _inline(" ".join(lines)))


def together(text: str) -> str:
    """The text with no end of a line inside a number and its unit, or inside `sigma = 1`."""
    return TOGETHER.sub("\N{NO-BREAK SPACE}", text)


def _inline(text: str) -> Markup:
    """A text that is safe in HTML: what was escaped for Markdown as it is to be read, what was bold in <strong>."""
    parts = [together(ESCAPED.sub(r"\1", part)) for part in BOLD.split(text)]
    bold = Markup("<strong>{}</strong>")
    return Markup("").join(bold.format(part) if i % 2 else escape(part) for i, part in enumerate(parts))
