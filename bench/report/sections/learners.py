"""What the sections of a fit share: which keys of its learners vary and which do not."""

from collections.abc import Iterable

import pandas as pd

from bench.drawing.learners import OPTIMISERS, in_words
from bench.markup.blocks import Cell, Column, Number
from bench.markup.numbers import known, number
from bench.tables.curves import LEARNER
from bench.tables.firsts import SETTING

SILENT = ("dimension",)  # which follows from the others


def varying(frame: pd.DataFrame) -> list[str]:
    """The keys of a setting that the rows do not have in common."""
    return [key for key in SETTING if key not in SILENT and frame[key].nunique(dropna=False) > 1]


def constants(frame: pd.DataFrame) -> str:
    """In words what all learners have in common."""
    words = []
    for key in LEARNER:
        values = frame[key].unique()
        if key not in SILENT and len(values) == 1 and (text := _text(values[0])):
            words.append(f"{in_words(key)} {text if key == 'data' else word(text)}")
    return ", ".join(words)


def key_columns(keys: Iterable[str]) -> list[Column]:
    """The heads of keys in a table, in words."""
    return [Column(in_words(key)) for key in keys]


def word(value: str) -> str:
    """A name among the keys in words: SGD, sticking the landing."""
    return OPTIMISERS.get(value, in_words(value))


def count_of(learners: int) -> str:
    """How many learners: 1 learner, 12 learners."""
    return f"{number(learners)} {'learner' if learners == 1 else 'learners'}"


def key_cell(value: str | float | None) -> Cell:
    """A key in a table."""
    if isinstance(value, str):
        return word(value)
    return Number(value) if known(value) else None


def _text(value: str | float) -> str:
    if isinstance(value, str):
        return value
    return number(value) if known(value) else ""
