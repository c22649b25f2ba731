"""How the estimators did in the studies: a table of reports/studies/estimators.csv, which `bench studies` writes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from bench.markup import markdown
from bench.markup.numbers import number
from bench.report.ranking import WORK

HEADER = (
    "study",
    "objective",
    "estimator",
    "may be best at equal seconds",
    "at equal evaluations",
    "error times evaluations: median [smallest, largest]",
)
VALUES = ("smallest", "median", "largest")


def choice(folder: Path) -> str:
    """A line for each study, objective and estimator, in the order of their standings."""
    frame = pd.read_csv(folder / "estimators.csv", keep_default_na=False, na_values=[""])
    return markdown.table(HEADER, [_line(row) for row in frame.to_dict("records")])


def _line(row: Mapping[str, Any]) -> tuple[str, ...]:
    smallest, median, largest = (number(row[name]) for name in VALUES)
    value = f"{median} [{smallest}, {largest}]" if smallest != largest else median
    estimator = f"{row['estimator']}{' (biased)' if row['biased'] else ''}"
    return row["study"], row["objective"], estimator, *(_counted(row, work) for work in WORK), value


def _counted(row: Mapping[str, Any], work: str) -> str:
    """In how many comparisons it may be the best; empty where there were none."""
    return f"{row[f'best_{work}']} of {cells}" if (cells := row[f"cells_{work}"]) else ""
