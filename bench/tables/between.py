"""Exact values between the measured points of a slice: of lines.csv, or of exact.csv where its axis was asked for.

A slice gets more rows, which have an exact value and nothing that was measured. Of a run without them, or in another
slice than the middle one, it stays as it is.
"""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from bench.spec import Slice
from bench.tables import slices
from bench.tables.schema import CELL

Tables = Mapping[str, pd.DataFrame]


def variances(selection: Slice | None, tables: Tables, x: str) -> Slice | None:
    """With exact variances along the column `x`, by estimator."""
    if selection is None or not _there(tables):
        return selection
    keys = _keys(selection, x)
    exact = _along(tables, x).rename(columns={"exact_variance": "between"})
    curves = selection.frame[[*keys, "estimator"]].drop_duplicates()
    return _beside(selection, curves.merge(exact[[*keys, "estimator", x, "between"]]), "variance", x)


def ratios(selection: Slice | None, tables: Tables, x: str) -> Slice | None:
    """With exact variance ratios along the column `x`, of estimators in one cell."""
    if selection is None or not _there(tables):
        return selection
    keys, exact = _keys(selection, x), _along(tables, x)
    curves = selection.frame[[*keys, "numerator", "denominator"]].drop_duplicates()
    for side in ("numerator", "denominator"):
        its = exact.rename(columns={"estimator": side, "exact_variance": f"above_{side}"})
        curves = curves.merge(its[[*keys, side, x, f"above_{side}"]])
    curves["between"] = curves.pop("above_numerator") / curves.pop("above_denominator")
    return _beside(selection, curves, "variance_ratio", x)


def _there(tables: Tables) -> list[pd.DataFrame]:
    """The tables of exact values that a run has."""
    return [tables[name] for name in ("exact", "lines") if name in tables]


def _keys(selection: Slice, x: str) -> list[str]:
    """What the points of a curve share, but for who is measured."""
    names = (*CELL, "parameter", *slices.AXES, *(["along"] if "along" in selection.frame else []))
    return [name for name in names if name != x]


def _along(tables: Tables, x: str) -> pd.DataFrame:
    """The exact values along one axis; along `at`, along the parameter of a family that `along` names."""
    rows = pd.concat([frame[frame["y_axis"] == ""] for frame in _there(tables)])
    if x != "at":
        return rows[rows["x_axis"] == x]
    rows = rows[rows["x_axis"].str.startswith("family.")]
    names, texts = rows["x_axis"].str.rpartition(".")[2], rows["theta"].str.split(",")
    rest = [
        ",".join(word for word in words if not word.startswith(f"{name}="))
        for words, name in zip(texts, names, strict=True)
    ]
    return rows.assign(along=names, at=rows["x"], theta=rest)


def _beside(selection: Slice, rows: pd.DataFrame, value: str, x: str) -> Slice:
    """The slice with the rows `between` its points, those above 0, which a log scale can show."""
    shared = [name for name in rows if name != "between"]
    measured = selection.frame[shared].drop_duplicates().assign(measured=True)
    new = rows[rows["between"] > 0].merge(measured, how="left", on=shared)
    new = new[new["measured"].isna()].drop(columns="measured").rename(columns={"between": f"exact_{value}"})
    return replace(selection, frame=pd.concat([selection.frame, new], ignore_index=True)) if len(new) else selection
