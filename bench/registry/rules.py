"""Rules for the fields of a plug-in: which values are allowed, as a test and in words."""

import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from bench.markup.mathml import mathml

LONGEST_NAME = 64
MOST_NUMBERS = 8  # of an array that is quoted
LONGEST_VALUE = 120  # characters of a value that a message quotes
RESERVED = {"null", "true", "false", "yes", "no", "on", "off", "nan", "inf"}  # read as something else than text
NAMED = (
    f"of ASCII letters, digits and underscores that starts with no digit, of up to {LONGEST_NAME} of them and none of "
    f"{', '.join(sorted(RESERVED))}"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Which values a field may hold, as a test and in words."""

    allows: Callable[[Any], bool]
    allowed: str


def kernel(*arguments: str) -> Rule:
    """A kernel of as many arguments, compiled under the policy of bench.kernels.jit."""

    def allows(value: Any) -> bool:
        policy = getattr(value, "targetoptions", {})
        return policy.get("error_model") == "numpy" and len(_arguments(value.py_func)) == len(arguments)

    return Rule(allows, f"a function ({', '.join(arguments)}) decorated with @kernel from bench.kernels.jit")


def function(*arguments: str) -> Rule:
    """A function that can be called with as many arguments."""

    def allows(value: Any) -> bool:
        try:
            inspect.signature(value).bind(*arguments)
        except TypeError:
            return False
        except ValueError:  # a built-in that does not tell its arguments
            return callable(value)
        return True

    return Rule(allows, f"a function ({', '.join(arguments)})")


def optional(rule: Rule) -> Rule:
    """What a rule allows, or None."""
    return Rule(lambda value: value is None or rule.allows(value), f"{rule.allowed}, or None")


def either(*several: Rule) -> Rule:
    """What any of some rules allows."""
    return Rule(
        lambda value: any(rule.allows(value) for rule in several), "; or ".join(rule.allowed for rule in several)
    )


def among(values: Sequence[Any]) -> Rule:
    """One of these values."""
    return Rule(lambda value: type(value) is type(values[0]) and value in values, ", ".join(map(str, values)))


def whole(least: int) -> Rule:
    """A whole number from `least` on."""
    return Rule(
        lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= least,
        f"a whole number >= {least}",
    )


def instance(kind: type) -> Rule:
    """An object of just this class."""
    return Rule(lambda value: type(value) is kind, kind.__name__)


def members(rule: Rule, least: int = 0) -> Rule:
    """A tuple of at least so many members that a rule allows."""
    return Rule(
        lambda value: isinstance(value, tuple) and len(value) >= least and all(map(rule.allows, value)),
        f"a tuple of {'one or more ' if least else ''}{rule.allowed}",
    )


def mapping(keys: Rule, values: Rule) -> Rule:
    """A mapping whose keys and values two rules allow."""

    def allows(value: Any) -> bool:
        return isinstance(value, Mapping) and all(map(keys.allows, value)) and all(map(values.allows, value.values()))

    return Rule(allows, f"a mapping from {keys.allowed} to {values.allowed}")


def is_axis(values: Any) -> bool:
    """Whether these are one or more finite numbers."""
    return isinstance(values, Sequence) and len(values) > 0 and all(map(is_finite, values))


def is_label(value: Any) -> bool:
    """Whether a value is text that a figure can show: on one line, its mathematics between dollars readable."""
    if not isinstance(value, str) or not (value.isprintable() and value.isascii()) or len(value) > LONGEST_VALUE:
        return False
    return is_mathematics(value) if "$" in value or "\\" in value else True


def is_formula(value: Any) -> bool:
    """Whether value is a formula that can be typeset, or empty: one line of LaTeX mathematics, without its dollars."""
    if not isinstance(value, str) or not (value.isprintable() and value.isascii()):
        return False
    try:
        mathml(value or "f")
    except ValueError:
        return False
    return True


def is_mathematics(text: str) -> bool:
    """Whether matplotlib reads what stands between dollars."""
    from matplotlib.mathtext import MathTextParser  # slow to import, seldom asked for

    if text.count("$") % 2 or "$$" in text:
        return False
    try:
        MathTextParser("path").parse(text)
    except ValueError:
        return False
    return True


def is_name(value: Any) -> bool:
    """Whether a value can be a key on the command line, a column's value and the name of a file."""
    plain = isinstance(value, str) and value.isascii() and value.isidentifier()
    return plain and len(value) <= LONGEST_NAME and value.lower() not in RESERVED


def is_default(value: Any) -> bool:
    """Whether a value can stand in a config."""
    return value is None or isinstance(value, bool | int | float | str)


def described(value: Any) -> str:
    """A value in one line; of a function its head, for its repr is an address."""
    original = getattr(value, "py_func", value)
    if not inspect.isfunction(original):
        if np.ndim(shape := getattr(value, "shape", ())) == 1 and math.prod(shape) > MOST_NUMBERS:
            return f"a {type(value).__name__} of shape {tuple(shape)}"
        try:
            words = " ".join(repr(value).split())
        except Exception:  # of a class of the user's
            words = f"a {type(value).__name__}"
        return words if len(words) <= LONGEST_VALUE else f"{words[:LONGEST_VALUE]}..."
    kind = "function" if original is value else "kernel"
    return f"the {kind} {original.__name__}({', '.join(_arguments(original))})"


def _arguments(original: Callable[..., Any]) -> list[str]:
    return list(inspect.signature(original).parameters)


def is_number(value: Any) -> bool:
    """Whether a value is a number, infinite ones too."""
    return is_finite(value) or (isinstance(value, float) and math.isinf(value))


def is_interval(ends: Any) -> bool:
    """Whether these are the two ends of an interval, infinite ones too."""
    return isinstance(ends, tuple) and len(ends) == 2 and all(map(is_number, ends)) and ends[0] < ends[1]


def is_derived(value: Any) -> bool:
    """Whether a value says which parameter another one is derived from, and how."""
    return (
        isinstance(value, tuple)
        and len(value) == 2
        and isinstance(value[0], str)
        and function("value").allows(value[1])
    )


def is_subclassed(value: Any) -> bool:
    """Whether a value is of a subclass of NumPy's array, as a masked array is."""
    return isinstance(value, np.ndarray) and type(value) is not np.ndarray


def is_finite(value: Any) -> bool:
    """Whether a value is a finite number, and one that a float can hold."""
    try:
        return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:
        return False
