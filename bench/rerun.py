"""The command that makes a run again, to be typed in a shell: complete, and with paths from the working folder on.

A path that leads elsewhere is cut to its last part, for it may tell who ran it and where; the manifest says so. Of the
address of a scheduler its protocol is left.
"""

import hashlib
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.config.checks import ADDRESS
from bench.config.overrides import by_key


def command(words: Sequence[str], name: str = "sweep") -> str:
    """The command line of a sweep, or of the command of another name, that these words ask for."""
    overrides = by_key(name, words).values()
    texts = [override.word(without_private(override.values[0])) for override in overrides]
    return shlex.join(["python", "-m", "bench", name, *texts])


def inputs(words: Sequence[str], name: str = "sweep") -> list[dict[str, Any]]:
    """The user's files that these words name, with the SHA-256 of each, and whether the folder is left out.

    A folder that is left out stands among them with no SHA-256, but for what a user's folder of studies holds.
    """
    named = [(key, text) for key, o in by_key(name, words).items() for text in _texts(o.values[0])]
    files = list(dict.fromkeys((key, file) for key, text in named for file in _read(key, text)))
    files = [(key, text) for key, text in files if not ADDRESS.fullmatch(text)]
    entries = [(key, text) for key, text in files if Path(text).is_file() or without_private(text) != text]
    return [
        {
            "key": key,
            "name": without_private(text),
            "sha256": _sha256(Path(text)) if Path(text).is_file() else None,
            "left_out": _is_private(text),
        }
        for key, text in entries
    ]


def without_private(value: Any) -> Any:
    """A value with its paths relative to the working folder; one that leads elsewhere is cut to its last part."""
    if isinstance(value, Mapping):
        return {key: without_private(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [without_private(item) for item in value]
    if not isinstance(value, str):
        return value
    if address := ADDRESS.fullmatch(value):
        return f"{address[1]}://HOST:PORT"
    if _is_private(value):
        return Path(value).name or "."
    return str(Path(value).relative_to(Path.cwd())) if Path(value).is_absolute() else value


def _is_private(text: str) -> bool:
    """Whether a text is a path that leads out of the working folder by a place that tells of the machine."""
    if Path(text).is_absolute():
        return not Path(text).is_relative_to(Path.cwd())
    return str(Path.home()).strip("/") in text


def _texts(value: Any) -> Iterator[str]:
    """The texts of a value."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value


def _read(key: str, text: str) -> list[str]:
    """The files that a text of a key stands for."""
    if key == "at":
        return [str(Path(text.rpartition("@")[0], "paths.csv"))]
    return _studies(text) if key == "config_dir" else [text]


def _studies(folder: str) -> list[str]:
    """The files of a user's folder that a study may be made of."""
    return [str(file) for file in sorted(Path(folder, "study").glob("*.yaml"))]


def _sha256(file: Path) -> str:
    with open(file, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
