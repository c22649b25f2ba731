"""The rows of exact.csv with what was measured there: curves along an axis, or a map over two, ready for a figure."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from bench.spec import Slice
from bench.tables import slices
from bench.tables.exact import EXACT
from bench.tables.schema import CELL, GRID

PLACE = ("x_axis", "x", "y_axis", "y")
NAMES = {"objective": "variant", "estimator": "estimator", "family": "theta"}  # where a plug-in's parameters stand
# Those that have nothing to show without exact.csv.
FIGURES = ("variance_along", "variance_ratio_along", "variance_ratio_map")
ONCE = [*CELL, *GRID]  # a cell and a parameter


def variances(tables: Mapping[str, pd.DataFrame], over: int = 1) -> Slice | None:
    """Exact variances of all estimators along one axis, or over two, with those measured; None without any."""
    return _slice(_joined(tables, "statistics", "variance"), "variance", over)


def ratios(tables: Mapping[str, pd.DataFrame], over: int = 1) -> Slice | None:
    """The same of ratios to the reference, `numerator` over `denominator`, where one is the reference everywhere."""
    if "exact" not in tables:
        return None
    exact, measured = tables["exact"], slices.to_reference(tables["ratios"])
    measured = measured[measured["family"].isin(exact["family"]) & measured["objective"].isin(exact["objective"])]
    names = measured["denominator"].unique()
    if len(names) != 1 or "@" in names[0]:
        return None
    below = exact[exact["estimator"] == names[0]].set_index([*ONCE, *PLACE])["exact_variance"].rename("below")
    above = exact[exact["estimator"] != names[0]].join(below, on=[*ONCE, *PLACE])
    above["exact_variance_ratio"] = above["exact_variance"] / above.pop("below")
    fine = {"exact": above.assign(denominator=names[0]), "ratios": measured.rename(columns={"numerator": "estimator"})}
    selection = _slice(_joined(fine, "ratios", "variance_ratio"), "variance_ratio", over)
    return selection and replace(selection, frame=selection.frame.rename(columns={"estimator": "numerator"}))


def _joined(tables: Mapping[str, pd.DataFrame], name: str, value: str) -> pd.DataFrame | None:
    """exact.csv with a measured value and its interval beside it; what varies along the axes is not named twice."""
    if "exact" not in tables:
        return None
    keys = [key for key in EXACT.keys if key not in PLACE]
    columns = [f"{value}{end}" for end in ("", "_low", "_high")]
    frame = tables["exact"].merge(tables[name][[*keys, *columns, "status"]], how="left", on=keys)
    for axis, at in (("x_axis", "x"), ("y_axis", "y")):
        for key in [key for key in frame[axis].unique() if key]:
            kind, _, rest = key.partition(".")
            if rest:
                parameter = rest.rpartition(".")[2]
                column, here = NAMES[kind], frame[axis] == key
                pairs = zip(frame.loc[here, column], frame.loc[here, at], strict=True)
                frame.loc[here, column] = [_without(text, f"{parameter}={place:g}") for text, place in pairs]
            elif key in frame:
                frame[key] = np.nan
            frame[axis] = frame[axis].replace(key, key.rpartition(".")[2])
    return frame


def _without(text: str, word: str) -> str:
    """A list of parameters, `k=1,h=2` or `name(k=1,h=2)`, without one of them."""
    name, bracket, inner = text.rpartition("(")
    words = [other for other in inner.rstrip(")" if bracket else "").split(",") if other != word]
    return f"{name}({','.join(words)})" if bracket and words else name if bracket else ",".join(words)


def _slice(frame: pd.DataFrame | None, value: str, over: int) -> Slice | None:
    """The rows that a log scale can show, at the middle of the axes that they are not along; None without any."""
    if frame is None or frame.empty or (frame["y_axis"] != "").any() != (over == 2):
        return None
    rows = slices.shown(frame)
    rows, chosen = slices.middle(slices.middle_theta(rows), [key for key in slices.AXES if rows[key].notna().any()])
    numbers = rows[f"exact_{value}"].fillna(rows[value]).astype(float)
    positive = rows[np.isfinite(numbers) & (numbers > 0)]
    return None if positive.empty else Slice(positive, chosen, len(rows) - len(positive))
