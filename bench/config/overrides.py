"""One word of a command line, KEY=VALUE, as plain data.

Hydra's grammar reads values: numbers, null, lists in brackets, quotes, range(1,4). What it cannot read is text, taken
letter by letter, as is every value of a key that holds text: a name, a path, HEAD~1.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import ChoiceSweep, QuotedString, RangeSweep
from omegaconf import OmegaConf

from bench.config.checks import MOST_LETTERS, bad, cut, literal, written
from bench.config.folder import config_folder
from bench.errors import BadInput

SEVERAL = ("objective", "family", "estimator", "sampler")  # groups of which several are chosen
SINGLE = ("data", "executor", "study", "style", "paper")  # groups of which one is

# Keys that hold text, or a list, though null is their default.
OF_DATA = ("data.path", "data.column", "data.separator", "data.decimal")
TEXT = {
    "track": ("base",),
    "sweep": ("reference", "config_dir", *OF_DATA),
    "fit": ("config_dir", *OF_DATA),
    "report": ("config_dir", "style.font", "along", "legend"),
    "catalogue": ("config_dir",),
    "studies": ("config_dir",),
    "index": ("config_dir",),
    "new": ("kind", "name"),
    "compare": ("markdown", "json"),
}
LISTS = {
    "sweep": ("entropy", "at"),
    "fit": ("entropy", "parameterisation"),
    "report": ("figures", "panels", "estimators", "ylim"),
    "studies": ("only",),
    "compare": ("base", "head"),
}
OPEN = {
    "sweep": ("derived",),
    "fit": ("start",),
    "report": ("where", "labels", "colours"),
}  # keys below which any name is allowed

WRITING = "allowed: KEY=VALUE, lists in brackets as KEY=[1,2], any other text in quotes as KEY=\"'a, [b'\""
MOST_VALUES = 1_000_000  # of a range
MOST_SHOWN = 10

UNREADABLE = re.compile("[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
COMMA = re.compile(r",(?![^()]*\))")  # outside parentheses
PIECE = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[^][{},'"]+""")
PLAIN = re.compile(r"[\w\s/.+*$%@?|:\\-]+|'.*'|\".*\"", re.ASCII | re.DOTALL)
OF_SHELLS = frozenset("\"'$`\\!")  # what means something else between double quotes


@dataclass(frozen=True, slots=True)
class Override:
    """A key and its value; `values` are several where each is for a run of its own. `received` is the whole word."""

    received: str
    key: str
    values: tuple[Any, ...]
    sweeps: bool = False
    deletes: bool = False

    @property
    def value(self) -> Any:
        """The value as a message shows it: several as they are written."""
        return self.received.partition("=")[2] if self.sweeps else self.values[0]

    def word(self, value: Any) -> str:
        """The word that gives a value to the key alone."""
        return f"~{self.key}" if self.deletes else f"{self.key}={written(value)}"


def read(command: str, word: str) -> Override:
    """The override that a word stands for; BadInput where it stands for none."""
    if UNREADABLE.search(word):
        raise BadInput(f"cannot read {word!r}; allowed: text in UTF-8 on one line")
    if word.startswith("~") and "=" not in word and word != "~":
        return Override(word, word[1:], (None,), deletes=True)
    key, equals, value = word.removeprefix("+").removeprefix("+").partition("=")
    if not equals or not key or key.startswith("~"):
        raise BadInput(f"cannot read {word!r}; {WRITING}")
    if is_text(command, key) and value[:1] not in ("'", '"', "[", "{"):
        texts = COMMA.split(value) if value.strip(",") else [value]
        return Override(word, key, tuple(None if text == "null" else text for text in texts), len(texts) > 1)
    parsed = _parsed(word, value)
    if isinstance(parsed, RangeSweep) and is_list(command, key):
        return Override(word, key, (_plain(word, [parsed]),))
    if isinstance(parsed, ChoiceSweep | RangeSweep):
        several = parsed.list if isinstance(parsed, ChoiceSweep) else _numbers(word, parsed)
        return Override(word, key, tuple(_plain(word, item) for item in several), sweeps=True)
    return Override(word, key, (_plain(word, parsed),))


def by_key(command: str, words: Iterable[str]) -> dict[str, Override]:
    """The overrides by their keys; BadInput where two have the same, for either may be what is meant."""
    overrides: dict[str, Override] = {}
    for override in (read(command, word) for word in words):
        if (first := overrides.setdefault(override.key, override)) is not override:
            pair = " and ".join(cut(repr(word)) for word in (first.received, override.received))
            raise BadInput(f"{override.key} is set twice, by {pair}; allowed: each key once")
    return overrides


@cache
def defaults(command: str) -> dict[str, Any]:
    """The config of a command as its file says, without its groups."""
    return dict(OmegaConf.to_container(OmegaConf.load(config_folder() / f"{command}.yaml")) or {})  # type: ignore[arg-type]


def groups(command: str) -> list[str]:
    """The groups of a command: those that its config has defaults for."""
    return [group for default in defaults(command).get("defaults", ()) if default != "_self_" for group in default]


def is_text(command: str, key: str) -> bool:
    """Whether a key holds text, or chooses by name."""
    return isinstance(defaults(command).get(key), str) or key in (*TEXT.get(command, ()), *groups(command))


def is_list(command: str, key: str) -> bool:
    """Whether a key holds a list."""
    group, dot, _ = key.partition(".")
    below = bool(dot) and group in (*SEVERAL, *OPEN.get(command, ()))
    return below or isinstance(defaults(command).get(key), list) or key in LISTS.get(command, ())


def single(command: str, override: Override) -> Any:
    """The value of an override; BadInput where it stands for several runs."""
    if not override.sweeps:
        return override.values[0]
    key, allowed = override.key, "one value"
    if key in SEVERAL or is_list(command, key):
        allowed += f", or a list as {key}=[{','.join(map(written, override.values[:MOST_SHOWN]))}]"
    elif is_text(command, key) and key not in SINGLE:
        allowed += f", or text with commas in quotes as {key}={_quoted(override.value)}"
    raise bad(key, override.value, allowed + "; --multirun takes each for a run of its own" * (command == "sweep"))


def _quoted(text: str) -> str:
    """Text with commas as it is typed in a shell; of what is long, or a shell takes for its own, only the form."""
    plain = len(text) <= MOST_LETTERS and OF_SHELLS.isdisjoint(text)
    return f'"{literal(text)}"' if plain else "\"'a,b'\""


def _parsed(word: str, value: str) -> Any:
    """What Hydra reads; where it reads nothing, once more with all in quotes that is no plain text."""
    quoted = PIECE.sub(lambda piece: piece[0] if PLAIN.fullmatch(piece[0]) else literal(piece[0].strip()), value)
    for text in (value, quoted):
        try:
            return OverridesParser.create().parse_override(f"key={text}").value()
        except Exception:  # its errors are of many kinds
            continue
    raise BadInput(f"cannot read {word!r}; {WRITING}")


def _plain(word: str, value: Any) -> Any:
    """A value without the types of the grammar; a range inside a list stands for its numbers."""
    if isinstance(value, list):
        items = [_numbers(word, item) if isinstance(item, RangeSweep) else [item] for item in value]
        return [_plain(word, item) for numbers in items for item in numbers]
    if isinstance(value, dict):
        return {str(getattr(key, "text", key)): _plain(word, item) for key, item in value.items()}
    if isinstance(value, QuotedString):
        return value.text
    if not isinstance(value, str | int | float | None):
        raise BadInput(f"cannot read {word!r}; {WRITING}")
    return value


def _numbers(word: str, numbers: RangeSweep) -> list[Any]:
    """The numbers of a range, the end left out, as in Python."""
    try:
        values = list(islice(numbers.range(), MOST_VALUES + 1))
    except Exception as error:  # a step of 0, or no number
        raise BadInput(f"cannot read {word!r}; allowed: range(START,STOP,STEP), as range(1,4) for 1, 2, 3") from error
    if len(values) > MOST_VALUES:
        raise BadInput(f"cannot read {word!r}; allowed: a range of up to {MOST_VALUES} values")
    return values
