r"""What a reader sees in place of the names of the code: words for plug-ins, mathematics for parameters and axes.

They come from the plug-ins (`label`, `symbols`) and from what the user asks for. What nobody has named is read as it is
written: underscores are spaces, a letter is a symbol, the name of a Greek letter is that letter. Mathematics stands
between dollars, which matplotlib and LaTeX read alike, and has no space inside: no line ends there.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from bench.drawing import choices
from bench.markup import numbers
from bench.markup.mathematics import letters
from bench.registry import Registry
from bench.registry.rules import is_formula, is_label

GREEK = ("alpha", "beta", "gamma", "delta", "epsilon", "theta", "kappa", "lambda", "mu", "nu", "rho", "sigma", "tau")
SYMBOLS: Mapping[str, str] = {
    **{name: rf"$\{name}$" for name in GREEK},
    "samples": "$K$",
    "dataset_size": "$n$",
    "dimension": "$d$",
    "sigma2": r"$\sigma^2$",
    "log_sigma": r"$\log\,\sigma$",
    "softplus": r"$\mathrm{softplus}^{-1}(\sigma)$",
}
AXES: Mapping[str, str] = {
    "mu": "mean",
    "sigma": "standard deviation",
    "samples": "draws per estimate",
    "dataset_size": "number of data",
}
VALUES: Mapping[str, Mapping[str, str]] = {
    "latent": {"shared": "shared draw", "per_datum": "draw per datum"},
    "entropy": {"closed_form": "entropy in closed form", "monte_carlo": "Monte Carlo entropy"},
}
NOUNS = {"components": "components", "sampler": "draws", "data": "data", "evaluation": "evaluation"}
NAMES = {word.lower(): word for word in ("Gaussian", "KL", "Monte", "Carlo", "SPSA")}
ASSIGNED = ("variant", "theta")  # columns of parameters with their values, k=5,h=0.1
BETWEEN = re.compile(r",(?![^\[]*\])")  # commas outside of brackets

NONE: Mapping[str, str] = {}
_KNOWN: ContextVar[Mapping[str, str]] = ContextVar("words")
_FORMULAS: ContextVar[Mapping[str, str]] = ContextVar("formulas")


@contextmanager
def context(plugins: Registry, manifest: Mapping[str, Any] = NONE) -> Iterator[None]:
    """The words and formulas of these plug-ins until the block ends, and those that a run recorded of its own."""
    words, formulas = manifest.get("words", NONE), manifest.get("formulas", NONE)
    names = {name: word for name, word in words.items() if is_label(word)} | plugins.words()
    written = {name: text for name, text in formulas.items() if is_formula(text)} | plugins.formulas()
    tokens = _KNOWN.set(names), _FORMULAS.set(written)
    try:
        yield
    finally:
        _KNOWN.reset(tokens[0])
        _FORMULAS.reset(tokens[1])


def named(name: str) -> str | None:
    """What the author of a figure calls it, or else its plug-in; None where neither does."""
    return choices.current().labels.get(name) or _KNOWN.get(NONE).get(name)


def formula(name: str) -> str:
    """The formula of an objective or an estimator, in LaTeX; empty where its plug-in gives none."""
    return _FORMULAS.get(NONE).get(name.partition("(")[0], "")


def label(name: str) -> str:
    """A plug-in in words, its parameters in brackets: score function, SPSA ($h=0.1$)."""
    if chosen := named(name):
        return chosen
    head, bracket, rest = name.partition("(")
    words = named(head) or _plain(head)
    if not bracket:
        return words
    inner, _, behind = rest.rpartition(")")
    return f"{words} ({assignments(inner)}){behind.replace('_', ' ')}"


def _plain(name: str) -> str:
    """A name without underscores, names of people with their capitals."""
    return " ".join(NAMES.get(word, word) for word in name.replace("_", " ").split(" "))


def symbol(name: str) -> str:
    r"""A parameter or an axis as a reader writes it: $\sigma^2$, $n$; words where it has no symbol."""
    if chosen := named(name):
        return chosen
    return SYMBOLS.get(name) or (f"${name}$" if len(name) == 1 else name.replace("_", " "))


def axis(name: str) -> str:
    r"""The label of an axis, its words and its symbol: standard deviation $\sigma$."""
    return f"{AXES[name]} {symbol(name)}" if name in AXES else symbol(name)


def number(value: float, digits: int = 3) -> str:
    r"""A rounded number, large and small ones with their power of ten: 0.5, $10^4$, $2.6\times10^4$."""
    mantissa, power = numbers.scientific(value, digits)
    if not power:
        return mantissa
    sign = mantissa.partition("1")[0]
    return rf"${sign}10^{{{power}}}$" if mantissa in ("1", "-1") else rf"${mantissa}\times10^{{{power}}}$"


def assigned(name: str, value: float | str) -> str:
    r"""A parameter with its value: $\mu=1$."""
    told = value.replace(",", ", ") if isinstance(value, str) else number(value)
    sign = symbol(name)
    if sign.startswith("$") and sign.count("$") == 2 and " " not in told:
        return f"${sign[1:-1]}={told.strip('$')}$"
    return f"{sign} = {told}"


def pairs(text: str) -> list[str]:
    """Parameters with their values, k=5,h=0.1, each as a reader writes it."""
    parts = [pair.partition("=") for pair in BETWEEN.split(text) if pair]
    return [assigned(name, _value(value)) if equals else label(name) for name, equals, value in parts]


def assignments(text: str) -> str:
    """The same beside each other."""
    return ", ".join(pairs(text))


def _value(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def told(column: str, value: Any) -> str:
    """The value of a column in the words that stand above a panel; nothing for an empty one."""
    if value is None or value == "" or value != value:
        return ""
    if column in ASSIGNED:
        return assignments(value)
    if not isinstance(value, str):
        return assigned(column, value)
    if column == "parameter":
        return symbol(value)
    words = VALUES.get(column, {}).get(value) or label(value)
    return f"{words} {NOUNS[column]}" if column in NOUNS else words


def listed(items: list[str]) -> str:
    """Several things in a sentence: a, b and c."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def fill(text: str, width: int) -> str:
    """The text in lines of so many letters, a symbol for one letter."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and letters(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "\n".join(lines)
