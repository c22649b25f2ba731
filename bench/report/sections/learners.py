"""What the sections of a fit share: which keys of its learners vary and which do not."""

from collections.abc import Iterable

import pandas as pd

from bench.drawing import sentences
from bench.drawing.learners import OPTIMISERS, in_words, worded
from bench.markup.blocks import Cell, Column, Number
from bench.markup.mathematics import plain
from bench.markup.numbers import known, number
from bench.tables.curves import LEARNER
from bench.tables.firsts import SETTING

SILENT = ("dimension",)  # which follows from the others
WORDED = (
    *("objective", "latent", "start", "entropy", "parameterisation", "optimiser", "schedule", "learning_rate"),
    *("dataset_size", "samples"),
)  # keys that figures have words for
TITLES = {"variant": "parameters of f"}


def varying(frame: pd.DataFrame) -> list[str]:
    """The keys of a setting that the rows do not have in common."""
    return [key for key in SETTING if key not in SILENT and frame[key].nunique(dropna=False) > 1]


def constants(frame: pd.DataFrame) -> str:
    """In words what all learners have in common: shared draw, normal y, from where they began, Adam, K = 10."""
    same = [key for key in LEARNER if key not in SILENT and frame[key].nunique(dropna=False) == 1]
    row = frame[[*LEARNER]].head(1)
    words = worded(row if "variant" in same else row.assign(variant="")).iloc[0]
    told = (
        plain(str(words[key]) if key in WORDED else sentences.common(key, row[key].iloc[0]))
        for key in same
        if key != "variant" or "objective" not in same  # the objective tells its parameters
    )
    return ", ".join(filter(None, told))


def key_columns(keys: Iterable[str]) -> list[Column]:
    """The heads of keys in a table, in words."""
    return [Column(title(key)) for key in keys]


def title(key: str) -> str:
    """A key in words."""
    return TITLES.get(key, in_words(key))


def word(value: str) -> str:
    """A name among the keys in words, numbers apart: SGD, sticking the landing, mu = 0, sigma = 1."""
    return OPTIMISERS.get(value, in_words(value).replace(",", ", ").replace("=", " = "))


def count_of(learners: int) -> str:
    """How many learners: 1 learner, 12 learners."""
    return f"{number(learners)} {'learner' if learners == 1 else 'learners'}"


def key_cell(value: str | float | None) -> Cell:
    """A key in a table."""
    if isinstance(value, str):
        return word(value)
    return Number(value) if known(value) else None
