"""A published figure or table beside this run, or a study's own question: its claims, each point exact and measured."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from bench.markup.blocks import Block, Bullets, Cell, Column, Heading, Number, Paragraph, Table
from bench.markup.numbers import known
from bench.report.sections.claims import at, at_the_end, judged, varying, where
from bench.report.sections.phrases import Row, Tables, exact, interval
from bench.tables import slices

NORMAL_95 = 1.96  # standard errors
MOST = 120  # points in the table


def published(tables: Tables, manifest: Mapping[str, Any]) -> list[Block]:
    """What the study's source says and what this run has; nothing of a study that repeats none."""
    told = (manifest.get("config") or {}).get("published")
    rows = slices.measured(tables["statistics"], "variance")
    if not told or rows.empty:
        return []
    keys = varying(rows, without=("parameter", "estimator"))
    claims = [f"{claim['says']}: {judged(tables, rows, claim)}." for claim in told.get("claims") or ()]
    numbers = [(place, at(rows, place)) for place in told.get("numbers") or ()]
    missing = [f"No row of this run is where {where(place)}." for place, at_place in numbers if at_place.empty]
    return [
        *_head(told),
        *([Bullets(claims)] if claims else []),
        _table(rows, keys, numbers),
        Paragraph(" ".join([_meaning(rows, bool(numbers)), *missing])),
    ]


def published_fit(tables: Tables, manifest: Mapping[str, Any]) -> list[Block]:
    """The same of a fit: what is claimed of its learners at their last step; where they ended has its own section."""
    told = (manifest.get("config") or {}).get("published")
    if not told:
        return []
    claims = [f"{claim['says']}: {at_the_end(tables['curves'], claim)}." for claim in told.get("claims") or ()]
    return [
        *_head(told),
        *([Bullets(claims)] if claims else []),
        Paragraph(
            "A claim is judged by the medians over replicates at the last step, whose 95 % intervals meet or do not; "
            "one that was given up has an infinite F."
        ),
    ]


def _head(told: Mapping[str, Any]) -> list[Block]:
    """The study's question, or its source and setting."""
    question = told.get("question")
    return [
        Heading(2, "The study's question" if question else "As published"),
        Paragraph(question or f"Source: {told['source']}. Setting: {told['setting']}."),
    ]


def _table(rows: pd.DataFrame, keys: Sequence[str], numbers: Sequence[tuple[Mapping[str, Any], pd.DataFrame]]) -> Table:
    """A line for each point and estimator."""
    values = {label: told for told, at_place in numbers for label in at_place.index}
    lines: list[list[Cell]] = []
    for label, row in rows.head(MOST).iterrows():
        record = row.to_dict()
        places = [_cell(record[key]) for key in (*keys, "parameter", "estimator")]
        lines.append([*places, exact(record["exact_variance"], 4), interval(record, "variance")])
        if values:
            lines[-1] += _beside(values[label], record) if label in values else [None, None]
    names = [Column(key) for key in (*keys, "parameter", "estimator")]
    header = [*names, Column("exact", "variance"), Column("measured", "variance")]
    header += [Column("published", "variance"), Column("agrees")] if values else []
    return Table(header, lines, "Point by point")


def _cell(value: Any) -> Cell:
    return value if isinstance(value, str) else Number(value) if known(value) else None


def _beside(told: Mapping[str, Any], row: Row) -> list[Cell]:
    """A published variance, and whether it and the interval agree within its own error and half of its last digit."""
    value = float(told["variance"])
    _, _, decimals = f"{value:g}".partition(".")
    last = 0.5 * 10.0 ** -len(decimals) if value and "e" not in decimals else 0.0
    kurtosis = row["kurtosis"] if known(row["kurtosis"]) else 3.0
    error = math.sqrt((kurtosis - 1) / told["replicates"]) if "replicates" in told else 0.0  # relative
    factor = math.exp(NORMAL_95 * error)
    low, high = (row[f"variance{end}"] if row["variance"] else 0.0 for end in ("_low", "_high"))
    holds = low / factor - last <= value <= high * factor + last
    return [Number(value), "yes" if holds else "no"]


def _meaning(rows: pd.DataFrame, compared: bool) -> str:
    """What the columns are."""
    words = ["Measured with 95 % intervals."]
    if compared:
        words.append(
            "A published number agrees if the interval holds it, but for half a unit of its last digit and, where the "
            "source measured it from so many estimates, for twice the error that a variance of so many has."
        )
    words.append(
        "A claim is judged by exact values where both are known, else, as in seconds, by intervals that meet or not."
    )
    if len(rows) > MOST:
        words.append(f"The first {MOST} of {len(rows)}; statistics.csv has all.")
    return " ".join(words)
