"""Which estimator comes near the least F first: times, and the pairs of estimators in a setting."""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from bench.drawing.learners import in_words
from bench.markup.blocks import Block, Cell, Column, Duration, Heading, Interval, Number, Paragraph, Table
from bench.markup.numbers import number, plain
from bench.report.sections.learners import constants, key_cell, key_columns, varying
from bench.report.sections.phrases import Row, Tables
from bench.tables.firsts import LEVEL, SETTING
from bench.tables.firsts import MEASURES as MEASURED
from bench.tables.times import MEASURES

MOST = 60  # lines of a table
LATER, NOBODY, TIED = "not reached", "nobody", "all alike"
QUANTITIES: Mapping[str, Callable[[float], Number | Duration]] = {
    "steps": Number,
    "evaluations": Number,
    "seconds": lambda seconds: Duration(1e9 * seconds),
}

WORDS = (
    f"Read {NOBODY} where no learner is before each of the others, though some pairs may be told apart; {TIED} where "
    "no replicate is before its rival's, as where none comes so near; an empty field where a measure was not taken. A "
    "setting of one learner, or whose least F is not known, has no line."
)


def firsts(tables: Tables) -> list[Block]:
    """The winners in words, then the times of all learners."""
    times, title = tables["times"], Heading(2, "Who gets there first")
    reached = times[times["steps"].notna()]
    if reached.empty:
        reasons = "; ".join(times["status"].unique())
        return [title, Paragraph(f"There is no gap to be timed: {reasons or 'no least F is known'}.")]
    there = reached[reached["reached"] > 0]
    if there.empty:
        return [title, Paragraph("No replicate came within 10 % of the gap at the start.")]
    meaning = (
        "A pair of learners is compared replicate by replicate on common draws, by an exact sign test; Holm's "
        f"correction is over all pairs, gaps and measures of a setting, at {100 * LEVEL:.0f} %. Seconds are the steps "
        "times the median time of a step, at the resolution of the checkpoints; who is first in seconds must be so by "
        "the times of a step that speak most against it, between the ends over five rounds or more."
    )
    return [title, *_winners(tables), Paragraph(meaning), *_table(there, len(reached) - len(there))]


def winners(tables: Tables) -> Iterator[tuple[Row, str, str]]:
    """(setting and share, measure, who is first) of all that were compared."""
    for key, pairs in tables["firsts"].groupby([*SETTING, "share", "measure"], sort=False, dropna=False):
        values = [None if pd.isna(value) else value for value in key[:-1]]
        yield dict(zip([*SETTING, "share"], values, strict=True)), key[-1], _winner(pairs)


def _winners(tables: Tables) -> list[Block]:
    """A line for each setting and gap: who is first in each measure."""
    told = varying(tables["firsts"])
    lines: dict[tuple[Any, ...], dict[str, str]] = {}
    for row, measure, words in winners(tables):
        lines.setdefault(tuple(row[key] for key in (*told, "share")), {})[measure] = words
    if not lines:
        return [Paragraph("There are no two estimators to be compared.")]
    header = [*key_columns(told), Column("gap left"), *(Column(f"first in {measure}") for measure in MEASURED)]
    cells: list[list[Cell]] = [
        [*map(key_cell, key), f"{number(100 * share)} %", *(by_measure.get(measure) for measure in MEASURED)]
        for (*key, share), by_measure in [*lines.items()][:MOST]
    ]
    less = [Paragraph(f"The first {MOST} of {len(lines)} lines; firsts.csv has all.")] if len(lines) > MOST else []
    return [Table(header, cells, "Who is before all others"), Paragraph(WORDS), *less]


def _winner(pairs: pd.DataFrame) -> str:
    """Who is before all others, with the largest p; else how many pairs are told apart, if any replicate is."""
    if not (pairs["earlier"] + pairs["later"]).any():
        return TIED
    names = list(dict.fromkeys([*pairs["estimator"], *pairs["rival"]]))
    beaten = {name: int((pairs["first"] == name).sum()) for name in names}
    best = max(names, key=lambda name: beaten[name])
    if beaten[best] == len(names) - 1:
        return f"{in_words(best)} (p = {number(pairs.loc[pairs['first'] == best, 'adjusted_p'].max(), 2)})"
    told = int((pairs["first"] != "").sum())
    return f"{NOBODY} ({told} of {len(pairs)} pairs told apart)" if told else NOBODY


def _table(rows: pd.DataFrame, hidden: int) -> list[Block]:
    """The times of the learners that came as near, a line for each gap."""
    keys = [*varying(rows), "estimator"]
    told = [measure for measure in MEASURES if rows[measure].notna().any()]
    lines: list[list[Cell]] = [
        [
            *(key_cell(row[key]) for key in keys),
            f"{number(100 * row['share'])} %",
            f"{row['reached']:.0f} of {row['replicates']:.0f}",
            *(_time(row, measure) for measure in told),
        ]
        for row in rows.head(MOST).to_dict("records")
    ]
    header = [*map(in_words, keys), "gap left", "replicates", *told]
    less = f" The first {MOST} of {len(rows)} lines; times.csv has all." if len(rows) > MOST else ""
    none = f" {hidden} gaps that no replicate came to are left out." if hidden else ""
    text = (
        "Medians over replicates with their 95 % intervals; those in seconds hold the interval of a step's time too, "
        "so two may overlap and still be told apart in pairs. "
        f"In common: {constants(rows)}.{none}{less}"
    )
    return [Table([*map(Column, header)], lines, "When they got there"), Paragraph(text)]


def _time(row: Row, measure: str) -> Cell:
    """A median with its interval; one that is not reached has none, its interval may begin."""
    make = QUANTITIES[measure]
    value, low, high = (row[f"{measure}{end}"] for end in ("", "_low", "_high"))
    if math.isnan(value):
        return None
    if math.isfinite(high):
        return Interval(make(value), make(low), make(high))
    middle = plain(make(value)) if math.isfinite(value) else LATER
    return f"{middle} [{plain(make(low))}, {LATER}]" if math.isfinite(low) else middle
