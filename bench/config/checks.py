"""Checks of single values: each gives the value in its type or raises BadInput with key, value and what is allowed."""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from bench.errors import BadInput

BEFORE_QUOTE = re.compile(r"(\\+)(?='|\Z)")  # backslashes that would take a quote for their own
WORD = re.compile(r"[A-Za-z_][\w./-]*", re.ASCII)
ADDRESS = re.compile(r"(tcp|tls|ucx|ws|wss)://\S+:\d+")  # of the scheduler of a cluster
MOST_LETTERS = 500  # of a value in a message
DIGITS = re.compile(r"(?<!\d)(\d{20})\d{20,}")  # a number of so many is not read to its end
MOST_BITS = 10_000  # of a whole number; Python writes none of many more in digits
NO_TEXT = ("null", "true", "false", "nan", "inf")  # words that the command line reads as something else


def bad(key: str, value: object, allowed: str) -> BadInput:
    """The one wording for a value that is not allowed."""
    return BadInput(f"{key}={cut(literal(value))} is not allowed; allowed: {allowed}")


def cut(text: str) -> str:
    """A text that is not too long for a message."""
    text = DIGITS.sub(r"\1...", text)
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}..."


def literal(value: object) -> str:
    """A value as the command line takes it."""
    if isinstance(value, list | tuple):
        return f"[{','.join(map(literal, value))}]"
    if isinstance(value, str):
        escaped = BEFORE_QUOTE.sub(r"\1\1", value).replace("'", r"\'")
        return f"'{escaped}'"
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        return hex(value)
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else repr(value)


def written(value: object) -> str:
    """A value as a user writes it on the command line: words in quotes only where they need them."""
    if isinstance(value, list | tuple):
        return f"[{','.join(map(written, value))}]"
    plain = isinstance(value, str) and WORD.fullmatch(value) and value.lower() not in NO_TEXT
    return str(value) if plain else literal(value)


def finite(value: Any) -> bool:
    """Whether a value is a number, and one that a float can hold."""
    try:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:
        return False


def real(key: str, value: Any) -> float:
    """A finite number."""
    if not finite(value):
        raise bad(key, value, "a finite number")
    return float(value)


def positive(key: str, value: Any) -> float:
    """A finite number > 0."""
    if not (finite(value) and value > 0):
        raise bad(key, value, "a finite number > 0")
    return float(value)


def within(key: str, value: Any, low: float, high: float) -> float:
    """A finite number in an open interval."""
    if not (finite(value) and low < value < high):
        ends = [f"> {low:g}" if low > -math.inf else "", f"< {high:g}" if high < math.inf else ""]
        raise bad(key, value, " ".join(["a finite number", " and ".join(filter(None, ends))]).strip())
    return float(value)


def whole(key: str, value: Any, least: int = 1, also: str = "") -> int:
    """A whole number from `least` on; `also` names what else is allowed, in the message."""
    number = int(value) if isinstance(value, float) and value.is_integer() else value
    if not isinstance(number, int) or isinstance(number, bool) or number < least:
        raise bad(key, value, f"a whole number >= {least}{also}")
    return number


def one_of(allowed: Sequence[Any], key: str, value: Any) -> Any:
    """A value among those that are allowed."""
    if value not in allowed:
        raise bad(key, value, ", ".join(allowed))
    return value


def flag(key: str, value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise bad(key, value, "true, false")
    return value


def text(key: str, value: Any) -> str:
    """Some text; a number stands for its digits."""
    if not isinstance(value, str | int | float) or isinstance(value, bool) or not str(value).strip():
        raise bad(key, value, "some text")
    return str(value)


def axis(key: str, values: Any, check: Callable[[str, Any], Any]) -> tuple[Any, ...]:
    """A list of one or more different values, checked value by value."""
    if not isinstance(values, Sequence) or isinstance(values, str):
        raise bad(key, values, f"a list in brackets, {key}=[VALUE,...]")
    if not values:
        raise bad(key, values, "a list of one or more values")
    checked = tuple(check(key, value) for value in values)
    if repeated := [value for value, count in Counter(checked).items() if count > 1]:
        raise bad(key, values, f"each value once; {literal(repeated[0])} is repeated")
    return checked


def run_name(value: Any) -> str:
    """The name of a run: one plain folder name."""
    name = text("name", value)
    if name != name.strip(" .") or any(c in "/\\" or ord(c) < 32 for c in name) or len(name) > 100:
        raise bad(
            "name", value, "a folder name of up to 100 characters, without slash, leading or trailing dot or space"
        )
    return name
