"""Does sticking the landing converge linearly, and which treatment of the entropy is ahead before? Asked of the tables.

Where an estimate has no spread at the optimum, SGD with a constant rate comes there by a constant factor a step, until
round-off; with a spread it levels off at a floor.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from bench.markup.blocks import Block, Bullets, Cell, Column, Heading, Paragraph, Table
from bench.markup.numbers import known, number
from bench.report.sections.learners import key_cell, key_columns, varying, word
from bench.report.sections.phrases import Row, Tables
from bench.tables.curves import LEARNER
from bench.tables.firsts import ALIKE

LANDING = "sticking_the_landing"
BLOCK = 100  # steps
LEVEL = 0.9  # of a gap, left by the last block of steps: more is level
CONSTANT = 0.1  # of their mean, that the logarithms of factors may be away from it
FEWEST = 3  # of them
PRECISION = 1024 * np.finfo(float).eps  # of F at the start: gaps below are not known to enough digits
FALLS, BENDS = "falls by a constant factor", "falls by factors that change"
LEVELS, UNTOLD, GONE = "levels off", "falls in too few steps to tell", "is infinite: half have diverged"


class Descent(NamedTuple):
    """What the median gap of a learner did: what is left of it after each block of steps, above round-off."""

    left: Sequence[float]  # per 100 steps
    end: float
    words: str


def landing(tables: Tables) -> list[Block]:
    """The answer for each estimator and setting; nothing where sticking the landing has no other beside it."""
    several = [*_compared(tables["curves"])]
    if not several:
        return []
    keys = [key for key in varying(pd.concat([rows for _, rows in several])) if key != "entropy"]
    theory = _theory(tables)
    return [
        Heading(2, "The answer: does sticking the landing converge linearly, and who is ahead before?"),
        Paragraph(_summary(several)),
        _table(several, keys, theory),
        Paragraph(
            f"What {BLOCK} steps leave of the median gap, in the first and in the last of them above round-off; theory "
            "is the contraction of the squared error, with whose size the gap goes near the least F. A factor is "
            f"called constant where the logarithm of each after the first is within {100 * CONSTANT:.0f} % of their "
            f"mean, of {FEWEST} at least; a gap is called level where the last {BLOCK} steps leave more than "
            f"{100 * LEVEL:.0f} % of it."
        ),
        *_ahead(tables, several, keys),
    ]


def _compared(curves: pd.DataFrame) -> Iterator[tuple[Row, pd.DataFrame]]:
    """The learners that differ in the entropy alone, where sticking the landing is one of them; F's least is known."""
    for _, rows in curves.groupby([*ALIKE, "estimator"], sort=False, dropna=False):
        if rows["entropy"].nunique() > 1 and (rows["entropy"] == LANDING).any() and rows["gap"].notna().any():
            yield rows.iloc[0].to_dict(), rows


def _descent(rows: pd.DataFrame) -> Descent:
    """What a learner did."""
    rows = rows.sort_values("step")
    step, gap = (rows[name].to_numpy(float) for name in ("step", "gap"))
    if not known(gap[-1]):
        return Descent((), float(gap[-1]), GONE)
    above = gap > PRECISION * max(gap[0], abs(float(rows["loss"].iloc[0])))
    last = int(np.argmin(above)) if not above.all() else len(gap)  # the first below round-off
    stride = int(np.searchsorted(step, min(BLOCK, step[-1])))
    starts = range(0, last - stride, stride)
    left = [float((gap[i + stride] / gap[i]) ** (BLOCK / (step[i + stride] - step[i]))) for i in starts]
    return Descent(left, float(gap[-1]), _words(left, last < len(gap)))


def _words(left: Sequence[float], landed: bool) -> str:
    """In words what these factors do; `landed` if the gap came to round-off."""
    if not landed and left and left[-1] > LEVEL:
        return LEVELS
    if len(left) <= FEWEST:
        return UNTOLD
    rates = np.log(left[1:])
    return FALLS if np.all(abs(rates / rates.mean() - 1) <= CONSTANT) else BENDS


def _summary(several: Sequence[tuple[Row, pd.DataFrame]]) -> str:
    """How many learners of each optimiser do what."""
    sentences = []
    for optimiser in dict.fromkeys(str(row["optimiser"]) for row, _ in several):
        words: dict[bool, list[str]] = {True: [], False: []}
        for row, rows in several:
            for entropy, learner in rows.groupby("entropy", sort=False) if row["optimiser"] == optimiser else ():
                words[entropy == LANDING].append(_descent(learner).words)
        told = [
            f"{name} {', '.join(f'{does} in {among.count(does)} of {len(among)}' for does in dict.fromkeys(among))}"
            for name, among in (("sticking the landing", words[True]), ("the other treatments", words[False]))
        ]
        sentences.append(f"With {word(optimiser)}, the median gap of {'; that of '.join(told)}.")
    return " ".join(sentences)


def _table(several: Sequence[tuple[Row, pd.DataFrame]], keys: Sequence[str], theory: Mapping[str, Row]) -> Table:
    """A line for each learner: the factors and the floor, beside theory's."""
    lines: list[list[Cell]] = []
    for row, rows in several:
        for entropy, learner in rows.groupby("entropy", sort=False):
            done, told = _descent(learner), theory.get(_key(learner.iloc[0].to_dict()), {})
            factor, floor = float(told.get("contraction", math.nan)) ** BLOCK, float(told.get("floor", math.nan))
            ends = (done.left[0], done.left[-1]) if done.left else (math.nan, math.nan)
            numbers = (*ends, factor, done.end if known(done.end) else math.nan, floor)
            lines.append(
                [
                    *(key_cell(row[key]) for key in (*keys, "estimator")),
                    word(str(entropy)),
                    *map(key_cell, numbers),
                    done.words,
                ]
            )
    above = f"left of the gap by {BLOCK} steps"
    header = [
        *key_columns([*keys, "estimator", "entropy"]),
        *(Column(title, above) for title in ("first", "last", "theory")),
        *(Column(title, "gap") for title in ("at the end", "predicted floor")),
        Column("the gap"),
    ]
    return Table(header, lines, "How the gap falls")


def _ahead(tables: Tables, several: Sequence[tuple[Row, pd.DataFrame]], keys: Sequence[str]) -> list[Block]:
    """At which checkpoints sticking the landing is nearer the least F than the others, replicate by replicate."""
    if "leads" not in tables:
        return []
    leads = tables["leads"]
    leads = leads.assign(by=[_key(row, "entropy") for row in leads.to_dict("records")])
    lines = []
    for row, _ in several:
        pairs = leads[(leads["by"] == _key(row, "entropy")) & leads[["entropy", "rival"]].eq(LANDING).any(axis=1)]
        for (entropy, rival), steps in pairs.groupby(["entropy", "rival"], sort=False):
            other = rival if entropy == LANDING else entropy
            title = ", ".join(_named(key, row[key]) for key in (*keys, "estimator"))
            lines.append(f"{title}, against {word(str(other))}: {_stretches(steps)}.")
    text = (
        "Who is ahead? Gaps of the same replicate, on common draws, are compared at each checkpoint by an exact sign "
        "test; Holm's correction is over all of a setting, at 5 %. Sticking the landing is:"
    )
    return [Paragraph(text), Bullets(lines)] if lines else []


def _stretches(rows: pd.DataFrame) -> str:
    """Ahead, behind or not told apart, in stretches of checkpoints after the start."""
    stretches: list[tuple[str, list[float]]] = []
    rows = rows[rows["step"] > 0].sort_values("step")
    for step, ahead in zip(rows["step"].tolist(), rows["ahead"], strict=True):
        place = "not told apart" if not ahead else "ahead" if ahead == LANDING else "behind"
        if not stretches or stretches[-1][0] != place:
            stretches.append((place, []))
        stretches[-1][1].append(step)
    return ", ".join(f"{place} {_between(steps)}" for place, steps in stretches)


def _between(steps: Sequence[float]) -> str:
    """From which checkpoint to which."""
    first, last = (number(step, 6) for step in (steps[0], steps[-1]))
    return f"from step {first} to {last}" if len(steps) > 1 else f"at step {first}"


def _theory(tables: Tables) -> dict[str, Row]:
    """The rows of theory.csv by learner."""
    rows = tables["theory"].to_dict("records") if "theory" in tables else []
    return {_key(row): row for row in rows}


def _key(row: Row, *without: str) -> str:
    """The keys of a learner in a word."""
    return " ".join(str(row[name]) for name in LEARNER if name not in without)


def _named(key: str, value: str | float) -> str:
    """A key of a learner where it stands alone: a name in words, a number behind the name of its key."""
    return word(value) if isinstance(value, str) else f"{word(key)} {number(value)}"
