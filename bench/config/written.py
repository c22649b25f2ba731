"""Values of Python as the command line takes them: the overrides that keys and their values stand for."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.config.checks import bad, literal

PLAIN = re.compile(r"(?!(?:null|true|false|nan|inf)$)[A-Za-z_][\w./@-]*", re.ASCII | re.IGNORECASE)
BEFORE_QUOTE = re.compile(r"(\\*)('|$)")  # only there a backslash is more than itself


def overrides(keys: Mapping[str, Any]) -> Iterator[str]:
    """KEY=VALUE for each key; those of a mapping stand below its own."""
    for key, value in keys.items():
        if isinstance(value, Mapping):
            yield from overrides({f"{key}.{name}": item for name, item in value.items()})
        else:
            yield f"{key}={written(key, value)}"


def written(key: str, value: Any) -> str:
    """A value in the words of the command line, arrays as lists; BadInput where there are none for it."""
    value = value.tolist() if hasattr(value, "tolist") else value
    match value:
        case None | bool() | int() | float():
            return literal(value)
        case str() | Path():
            return _text(str(value))
        case Iterable() if not isinstance(value, bytes | bytearray | memoryview | Mapping):
            return f"[{','.join(written(key, item) for item in value)}]"
    raise bad(key, value, "numbers, text, True, False, None, and lists of these")


def _text(text: str) -> str:
    """Text, in quotes where it may not stand alone."""
    if PLAIN.fullmatch(text):
        return text
    return "'" + BEFORE_QUOTE.sub(lambda end: 2 * end[1] + ("\\'" if end[2] else ""), text) + "'"
