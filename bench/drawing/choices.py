"""What the author of a figure chooses: which rows, along which axis, in which panels, in what words and colours.

They are set around a figure as matplotlib's settings are, so a figure of a plug-in gets them too: rows are cut before
it selects; its height, its tags and its limits are set after it has drawn.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from bench.config.checks import bad

REST = "rest"  # among the estimators: all others, in grey
LEGENDS = ("inside", "below", "direct", "none")
OF_ESTIMATORS = ("estimator", "numerator")  # the columns of their names


@dataclass(frozen=True, slots=True)
class Choices:
    """What is chosen; what is None or empty is left to the figure."""

    where: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)  # column -> the values of the rows that stay
    along: str | None = None  # the x axis
    panels: tuple[str, ...] | None = None  # what panels differ in; those of a row in the last
    estimators: tuple[str, ...] | None = None  # in this order
    labels: Mapping[str, str] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    legend: str | None = None
    height: float | None = None  # inches
    tags: bool = False  # (a), (b) before the titles of the panels
    ylim: tuple[float, float] | None = None


_CURRENT: ContextVar[tuple[Choices, set[str]]] = ContextVar("choices")


@contextmanager
def context(chosen: Choices) -> Iterator[set[str]]:
    """These choices until the block ends; gives the names of those that a figure has asked for so far."""
    read: set[str] = set()
    token = _CURRENT.set((chosen, read))
    try:
        yield read
    finally:
        _CURRENT.reset(token)


def current() -> Choices:
    """The choices of the figure that is drawn."""
    return _CURRENT.get((Choices(), set()))[0]


def along(usual: str) -> str:
    """The column of the x axis."""
    chosen, read = _CURRENT.get((Choices(), set()))
    read.add("along")
    return chosen.along or usual


def panels(frame: pd.DataFrame, rows: Sequence[str], column: str) -> tuple[list[str], str]:
    """What another row of panels differs in, and the panels of a row, of columns that `frame` has.

    BadInput where some are asked for and it has none of them.
    """
    chosen, read = _CURRENT.get((Choices(), set()))
    read.add("panels")
    names = [name for name in chosen.panels or () if name in frame]
    if chosen.panels and not names:
        allowed = ", ".join(name for name in (*rows, column) if name in frame)
        raise bad("panels", [*chosen.panels], f"columns that this figure has: {allowed}")
    if not names:
        return [*rows], column
    others = [name for name in (*rows, column) if name not in names]
    return [*names[:-1], *others], names[-1]


def is_named(name: str, names: Sequence[str]) -> bool:
    """Whether an estimator is among some, by its name with or without its parameters."""
    return name in names or name.partition("(")[0] in names


def cut(tables: Mapping[str, pd.DataFrame], chosen: Choices) -> dict[str, pd.DataFrame]:
    """The rows of the tables that are asked for, estimators in their order; a table without a column has all of it."""
    return {name: _ordered(_where(frame, chosen), chosen) for name, frame in tables.items()}


def _where(frame: pd.DataFrame, chosen: Choices) -> pd.DataFrame:
    for column, values in chosen.where.items():
        if column in frame:
            frame = frame[frame[column].isin(values) | frame[column].isna()]
    return frame


def _ordered(frame: pd.DataFrame, chosen: Choices) -> pd.DataFrame:
    names = [name for name in chosen.estimators or () if name != REST]
    column = next((column for column in OF_ESTIMATORS if column in frame), None)
    if not names or column is None or frame.empty:
        return frame
    places = frame[column].map(lambda name: _place(name, names))
    stays = places.notna() | (REST in (chosen.estimators or ()))
    return (
        frame[stays].assign(place=places[stays].astype(float)).sort_values("place", kind="stable").drop(columns="place")
    )


def _place(name: str, names: Sequence[str]) -> int | None:
    """Where an estimator stands among names; None if it does not."""
    head = name.partition("(")[0]
    return names.index(name) if name in names else names.index(head) if head in names else None
