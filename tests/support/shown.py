"""What the documents show: plug-ins, and commands."""

import re
import shlex

from bench.documents.marked import documents
from tests.support.command import TOP

ALL = [path.relative_to(TOP).as_posix() for path in documents(TOP)]


def blocks(document: str, language: str) -> list[str]:
    """The blocks of a language in a document."""
    text = (TOP / document).read_text()
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def plugins(document: str) -> dict[str, str]:
    """The Python blocks of a document that end in a PLUGIN, by the plug-in's name."""
    return {
        name[1]: block
        for block in blocks(document, "python")
        if (name := re.search(r'^PLUGIN = \w+\(\s*"(\w+)"', block, re.MULTILINE))
    }


def commands(document: str) -> list[list[str]]:
    """The commands behind a `$ ` in its console blocks, as words; what follows a # is not of them."""
    lines = [line for block in blocks(document, "console") for line in block.splitlines()]
    return [shlex.split(line[2:], comments=True) for line in lines if line.startswith("$ ")]


def named(document: str) -> list[list[str]]:
    """The words of the commands of the package that stand inside its text, after `python -m bench`."""
    spans = re.findall(r"`(?:\.venv/bin/)?python -m bench ([^`\n]+)`", (TOP / document).read_text())
    return [shlex.split(span) for span in spans]
