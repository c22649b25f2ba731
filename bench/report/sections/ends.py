"""Where every learner of a fit ended: F, how far above its least, and the parameters."""

import math
from collections.abc import Mapping

import pandas as pd

from bench.markup.blocks import Block, Cell, Column, Heading, Interval, Number, Paragraph, Table, Text
from bench.markup.numbers import known, number
from bench.report.sections.learners import constants, count_of, key_cell, key_columns, varying
from bench.report.sections.phrases import EXACT, Row, Tables
from bench.tables.curves import LEARNER, ROUND_OFF

MOST = 60  # learners in the table; curves.csv has all
QUANTITIES: Mapping[str, str] = {
    "loss": "F",
    "gap": "gap above the least F",
    "mu": "mu",
    "sigma": "sigma",
}
ALL_GONE, NOISE = "diverged", "round-off"


def last(curves: pd.DataFrame) -> pd.DataFrame:
    """The rows of the last checkpoint."""
    return curves[curves["step"] == curves["step"].max()]


def share_left(curves: pd.DataFrame) -> pd.Series:
    """The share of the gap at the start that is left to each learner at the end."""
    first, end = (
        rows.set_index([*LEARNER])["gap"].astype(float) for rows in (curves[curves["step"] == 0], last(curves))
    )
    return end / first


def ends(tables: Tables) -> list[Block]:
    """A line for each learner: medians over replicates with their interval, the quantiles below, what diverged."""
    rows = last(tables["curves"])
    begun = tables["curves"].loc[tables["curves"]["step"] == 0, "loss"]  # in the same order
    rows = rows.assign(noise=ROUND_OFF * abs(begun.to_numpy(float)))
    title = Heading(2, "Where they ended")
    keys = [*varying(rows), "estimator"]
    told = [name for name in QUANTITIES if rows[name].notna().any()]
    header = [*key_columns(keys), *(Column(text, QUANTITIES[name]) for name in told for text in ("median", "10-90 %"))]
    lines: list[list[Cell]] = [
        [
            *(key_cell(row[key]) for key in keys),
            *(cell for name in told for cell in (_median(row, name), _quantiles(row, name))),
            _diverged(row),
        ]
        for row in rows.head(MOST).to_dict("records")
    ]
    more = f" The first {MOST} of {len(rows)} learners; curves.csv has all." if len(rows) > MOST else ""
    text = (
        f"After {number(rows['step'].max())} steps of {number(rows['replicates'].max())} replicates each: the median "
        "over replicates with its distribution-free 95 % interval, and the 10 % and 90 % quantiles, where they differ "
        "in the digits that are shown. A gap that is called round-off is below what F is known to. A replicate that "
        "diverged counts as infinitely high; its parameters are left out. "
        f"In common: {constants(rows)}.{_not_exact(rows)}{more}"
    )
    return [title, Table([*header, Column("diverged")], lines), Paragraph(text)]


def _not_exact(rows: pd.DataFrame) -> str:
    """Whose F is not integrated, and what it is then."""
    reasons = rows["oracle"][rows["oracle"] != EXACT].value_counts()
    return "".join(f" F is not exact of {count_of(count)}: {reason}." for reason, count in reasons.items())


def _median(row: Row, name: str) -> Cell:
    value, low, high = (row[f"{name}{end}"] for end in ("", "_median_low", "_median_high"))
    if math.isinf(value):
        return ALL_GONE
    if not known(value):
        return None
    if _is_noise(row, name, value):
        return NOISE
    if math.isnan(low) or number(low) == number(value) == number(high):  # too few replicates have no interval
        return Number(value)
    if not known(high):
        return f"{number(value)} [{number(low)}, infinite]"
    return Interval(*(Number(end) for end in (value, low, high)))


def _quantiles(row: Row, name: str) -> Cell:
    low, high = (row[f"{name}{end}"] for end in ("_low", "_high"))
    if number(low) == number(high) or (known(high) and _is_noise(row, name, high)):
        return None
    words = ["" if math.isnan(end) else "infinite" if math.isinf(end) else number(end) for end in (low, high)]
    return f"{words[0]} to {words[1]}" if all(words) and not math.isinf(low) else None


def _is_noise(row: Row, name: str, value: float) -> bool:
    """Whether a gap is smaller than F is known to."""
    return name == "gap" and value <= row["noise"]


def _diverged(row: Row) -> Text:
    count, of = row["diverged"], row["replicates"]
    return f"{count:.0f} of {of:.0f}" if count else "none"
