"""What stands in a sentence in place of the names of the code: names, signs and values as figures have them."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from bench.drawing import sentences, words
from bench.markup import numbers
from bench.markup.mathematics import plain
from bench.tables import slices

FEW = 5  # values of an axis that are listed


def name(plugin: str) -> str:
    """A plug-in in words: local score function; what it is derived with, in brackets."""
    return plain(words.label(plugin))


def sign(parameter: str) -> str:
    """A parameter or an axis as it is written: the Greek letter, its square."""
    return plain(words.symbol(parameter))


def told(column: str, value: str | float) -> str:
    """The value of a column: shared draw, normal data."""
    return plain(words.told(column, value))


def the(plugin: str) -> str:
    """An estimator inside a sentence: pathwise, the score function."""
    words = name(plugin)
    return words if plugin == "the reference" or "function" not in words else f"the {words}"


def listed(items: Iterable[str]) -> str:
    """Several things: a, b and c."""
    return words.listed(list(items))


def at(chosen: Mapping[str, float]) -> str:
    """Values of axes: n = 25 and K = 100."""
    return listed(f"{sign(key)} = {numbers.spoken(value)}" for key, value in chosen.items())


def values(key: str, distinct: Sequence[float]) -> str:
    """The values of an axis: K = 1, 10 and 100; of many, how many and between which."""
    ordered = sorted(distinct)
    if len(ordered) > FEW:
        ends = f"{numbers.spoken(ordered[0])} to {numbers.spoken(ordered[-1])}"
        return f"{sign(key)} from {ends} ({len(ordered)} values)"
    return f"{sign(key)} = {listed(map(numbers.spoken, ordered))}"


def spread(low: float, high: float, unit: str = "") -> str:
    """From the least to the largest; one number where both read alike."""
    return " to ".join(dict.fromkeys((numbers.spoken(low), numbers.spoken(high)))) + unit


def shown(rows: pd.DataFrame, chosen: Mapping[str, float]) -> str:
    """Which slice of the grid the rows are, as a sentence."""
    return plain(sentences.sentence(rows, (*slices.FACETS, "data"), chosen))
