"""What several sections share: intervals, the words for cells and slices, a table with parameters side by side."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from bench.drawing import words
from bench.markup import numbers
from bench.markup.blocks import Cell, Column, Duration, Interval, Number, Table
from bench.markup.numbers import known
from bench.report.sections import wording
from bench.tables import slices

Tables = Mapping[str, pd.DataFrame]
Row = Mapping[str, Any]

FLOORS = (
    " Dashed, in the colour of an estimator that does not diverge: the mean gap at which theory lets SGD with a "
    "constant rate rest; gaps are skewed, and the fewer numbers are free the farther their median lies below their "
    "mean, for one at 0.45 of it."
)
EFFICIENCIES, BELOW = (
    ("efficiency_ratio", "evaluation_efficiency_ratio"),
    ", below 1 (red) the other estimator does",
)
EXACT = "exact"  # the oracle of an F that is integrated
MEANS = "F, where it is not integrated the mean over draws of its own (`oracle` in curves.csv),"
NO_ORACLE = "no oracle"  # where a number has no exact value to be held against
DISAGREES = "disagrees"  # the status of a row that fails a check of the oracle


def interval(row: Row, name: str, quantity: Callable[[float], Number | Duration] = Number) -> Interval:
    """A value of a row with its interval; a variance of 0 has none, nor has a ratio of it, and is exact."""
    value, low, high = (row[f"{name}{end}"] for end in ("", "_low", "_high"))
    if value == 0 and not known(low):
        low = high = value
    return Interval(quantity(value), quantity(low), quantity(high))


def pairs(mapping: Mapping[str, Any] | None) -> str:
    """What a mapping holds, in words, without what is empty: python 3.11.7, numpy 2.3.1."""
    words = []
    for key, value in (mapping or {}).items():
        if isinstance(value, Mapping):
            value = f"({pairs(value)})"
        if value is not None and value != "":
            words.append(f"{key} {numbers.number(value) if isinstance(value, float) else str(value).rstrip('.')}")
    return ", ".join(words)


def machine(cpu: Mapping[str, Any]) -> str:
    """A processor, its cores, and how many of them the run might use."""
    affinity = cpu.get("affinity")
    allowed = f" ({len(affinity)} allowed)" if affinity else ""
    return f"{cpu.get('model', 'unknown')}, {cpu.get('cores', 'unknown')} cores{allowed}"


def cell_title(row: Row) -> str:
    """Which parameter and cell a row is about."""
    axes = [f"{wording.sign(key)} = {numbers.spoken(row[key])}" for key in slices.AXES if known(row[key])]
    return ", ".join(
        [f"d/d{wording.sign(row['parameter'])}", *filter(None, [wording.told("theta", row["theta"])]), *axes]
    )


def slice_title(rows: pd.DataFrame, chosen: Mapping[str, float]) -> str:
    """Which slice of the grid the rows are, as a sentence."""
    return wording.shown(rows, chosen)


def varying(rows: pd.DataFrame) -> list[str]:
    """The facets that a table of these rows must tell apart."""
    return [key for key in slices.FACETS if key in rows and rows[key].nunique() > 1]


def caption_for(text: str, tables: Tables) -> str:
    """The caption of a figure: {reference} is what ratios are over, {floors} tells of theory's where there are any.

    {F} is exact, or says that it is not everywhere; {below RATIO} tells of the side of a map that any such ratio is on.
    """
    floors = "theory" in tables and (tables["theory"]["floor"] > 0).any()
    text = text.replace("{floors}", FLOORS if floors else "")
    text = text.replace(
        "{F}", MEANS if "curves" in tables and (tables["curves"]["oracle"] != EXACT).any() else "Exact F"
    )
    for ratio in EFFICIENCIES:
        lower = "efficiency" in tables and (tables["efficiency"][ratio] < 1).any()
        text = text.replace(f"{{below {ratio}}}", BELOW if lower else "")
    return caption(text, tables["ratios"], words.label) if "ratios" in tables else text


def caption(text: str, ratios: pd.DataFrame, named: Callable[[str], str] = wording.name) -> str:
    """A caption in which {reference} is what the ratios of the run are over; where that differs, all are named."""
    names = slices.to_reference(ratios)["denominator"].unique()
    several = len(names) > 1 and "{reference}" in text
    told = f" The reference is {' or '.join(map(named, names))}, cell by cell." if several else ""
    return text.replace("{reference}", named(slices.reference(ratios))) + told


def derived(rows: pd.DataFrame, what: str, named: Callable[[str], str] = wording.sign) -> str:
    """That what is derived from sigma has the ratios of sigma2, where that is so of any row; else nothing."""
    normal = rows[rows["family"] == slices.NORMAL]
    if not (numbered := normal["sigma"].notna()).any():
        return ""
    where = "" if numbered.all() else " where all components have one sigma"
    others = [*map(named, slices.AS_SIGMA2)]
    return f"{', '.join(others[:-1])} and {others[-1]} have the {what} of {named('sigma2')}{where}. "


def side_by_side(rows: pd.DataFrame, keys: Sequence[str], cells: Mapping[str, Callable[[Row], Cell]]) -> list[Table]:
    """A table for each family with a line for each facet and `keys`; in it, for each parameter, the `cells` of its row.

    Keys that a family has not are left out: sigma of the gamma.
    """
    keys = [*(key for key in varying(rows) if key not in keys), *keys]
    several = rows["family"].nunique() > 1
    return [
        _side_by_side(group, [key for key in keys if _held(group[key])], cells, f"Family {family}" if several else "")
        for family, group in rows.groupby("family", sort=False)
    ]


def _side_by_side(
    rows: pd.DataFrame, keys: Sequence[str], cells: Mapping[str, Callable[[Row], Cell]], caption: str
) -> Table:
    parameters = slices.left_to_right(rows["parameter"])
    lines: list[list[Cell]] = []
    for key, group in rows.groupby(keys, sort=False, dropna=False):
        by_parameter = {row["parameter"]: row for row in group.to_dict("records")}
        values = [
            make(by_parameter[parameter]) if parameter in by_parameter else None
            for parameter in parameters
            for make in cells.values()
        ]
        lines.append([*map(_key, key), *values])
    columns = [Column(title, parameter) for parameter in parameters for title in cells]
    return Table([*map(Column, keys), *columns], lines, caption)


def _held(column: pd.Series) -> bool:
    """Whether any row has a value in a column."""
    return bool((column.notna() & (column != "")).any())


def _key(value: str | float) -> Cell:
    """A value of a key; an axis that a row is not on is an empty cell."""
    if isinstance(value, str):
        return value
    return Number(value) if known(value) else None


def exact_ratio(row: Row) -> str:
    """The exact variance ratio of a row, or that there is none, and whether it is of what fails a check."""
    value = row["exact_variance_ratio"]
    told = numbers.number(value) if known(value) else NO_ORACLE
    return f"{told} ({DISAGREES})" if row["status"] == DISAGREES else told


def exact(value: float, digits: int = 3) -> Cell:
    """An exact value, or that there is none."""
    return Number(value, digits) if known(value) else NO_ORACLE
