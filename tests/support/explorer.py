"""What the explorer of a page shows, and what the tables say that it should."""

import json
import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from tests.support.browser import Browser

Frames = dict[str, pd.DataFrame]
GRID = {"sigma": [0.3, 1.0, 3.0], "dataset_size": [1, 10], "samples": [1, 10], "mu": [0.0, 1.0]}
BY = {"variance_ratio": "numerator", "efficiency_ratio": "numerator"}
TABLE = {"variance_ratio": "ratios", "efficiency_ratio": "efficiency", "estimate_ns": "timings"}


def cells(page: Browser, selector: str) -> list[list[str]]:
    """The texts of a table, row by row; where a cell has the number in full, that."""
    rows: list[list[str]] = page.do(
        f"""[...document.querySelectorAll({selector!r})].filter((row) => !row.hidden)
        .map((row) => [...row.cells].map((cell) => cell.title || cell.textContent))"""
    )
    return rows


def choose(page: Browser, name: str, value: object) -> None:
    """Choose in a control of the explorer as a user does: the control tells the page that it has changed."""
    page.do(
        f"""(() => {{ const control = document.getElementById("controls").elements[{name!r}];
        const choices = [{str(value)!r}, {json.dumps(json.dumps(value))}];
        control.value = [...control.options].find((option) => choices.includes(option.value)).value;
        control.dispatchEvent(new Event("change", {{ bubbles: true }})); }})()"""
    )


def offered(page: Browser) -> list[str]:
    """The controls that a reader sees."""
    names: list[str] = page.do(
        "[...document.querySelectorAll('#controls label:not([hidden]) select')].map((control) => control.name)"
    )
    return names


def spelt(name: str) -> str:
    """An estimator as the page writes it."""
    return name.replace("_", " ")


def wanted(
    tables: Frames, quantity: str, along: str, choice: dict[str, Any], estimators: Sequence[str]
) -> list[list[Any]]:
    """What the explorer must show, from the tables themselves: x, estimator, value, low, high, exact, status."""
    by, frame = BY.get(quantity, "estimator"), tables[TABLE.get(quantity, "statistics")]
    frame = frame.assign(objective=(frame["objective"] + " " + frame["variant"]).str.strip())
    for key, value in choice.items():
        if key != along and key in frame:
            frame = frame[frame[key] == value]
    rows = []
    for row in frame[frame[by].isin(estimators)].sort_values([by, along], kind="stable").to_dict("records"):
        status = [row["status"]] if "status" in row else []
        if math.isnan(row[quantity]):
            rows.append([row[along], spelt(row[by]), *status])
            continue
        error = 1.959963984540054 * row["gradient_se"] if quantity == "gradient" else math.nan
        low = row.get(f"{quantity}_low", row[quantity] - error)
        high = row.get(f"{quantity}_high", row[quantity] + error)
        exact = [row[f"exact_{quantity}"]] if f"exact_{quantity}" in row else []
        rows.append([row[along], spelt(row[by]), row[quantity], low, high, *exact, *status])
    return rows
