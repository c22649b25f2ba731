"""The words that a line of an error advises to type."""

import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from bench.config.checks import written
from tests.support.command import TOP

HINT = re.compile(r"""(?<![\w=])([a-zA-Z_.]+)=("'[^"]*'"|\[[^]]*\]|[\w./]+)""")
PLACEHOLDERS = {"VALUE,...": "2", "VALUE": "2", "FILE.py": str(TOP / "tests" / "plugins" / "second_order.py")}


def typed(text: str) -> str:
    """A hint with its placeholders filled in, as the shell hands it on."""
    for place, value in PLACEHOLDERS.items():
        text = text.replace(place, value)
    return "".join(shlex.split(text.replace("[", "'['").replace("]", "']'"))) if '"' in text else text


def hints(word: str, line: str, config: Mapping[str, Any]) -> Iterator[str]:
    """The words that a line of an error advises."""
    key, _, value = word.partition("=")
    line = line.partition("; did you mean ")[0]
    advice = line.rpartition("; known: ")[2] if "; known: " in line else line.partition("; allowed: ")[2]
    if line.startswith("unknown key"):
        yield from (f"{name}={_default(config, name)}" for name in advice.split(", ") if name != "none")
    elif match := re.match(r"unknown (\w+) ", line):
        yield from (f"{match[1]}={name}" for name in advice.split(", "))
    elif match := re.match(r"one(?: or more)? of: (.*)", advice):
        yield from (f"{key}={name}" for name in match[1].split(", "))
    elif advice == "true, false":
        yield from (f"{key}={name}" for name in ("true", "false"))
    elif match := re.match(r"a whole number >= (\d+)", advice):
        yield f"{key}=[{match[1]}]" if value.startswith("[") else f"{key}={match[1]}"
    elif not HINT.search(advice) and re.fullmatch(r"\w+(, \w+)+", advice):
        yield from (f"{key}=[{name}]" for name in advice.split(", "))
    else:
        yield from (f"{name}={text}" for name, text in HINT.findall(advice) if name != "KEY")


def _default(config: Mapping[str, Any], key: str) -> str:
    """The present value of a key: of a group its name, or those chosen."""
    node: Any = config
    for name in key.split("."):
        node = node.get(name, "default")  # a study has no key of its name
    if isinstance(node, dict):
        return str(node["name"]) if "name" in node else written(list(node)) if node else "{}"
    return written(node)
