"""How the estimators did in the studies: a table of reports/studies/estimators.csv, which `bench studies` writes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from bench.markup import markdown
from bench.markup.numbers import number

HEADER = (
    "study",
    "objective",
    "estimator",
    "least variance in",
    "variance ratio: median [smallest, largest]",
    "at equal evaluations of f",
)
RATIOS = ("smallest", "median", "largest", "evaluations")


def choice(folder: Path) -> str:
    """A line for each study, objective and estimator, the estimator of the lowest median first."""
    frame = pd.read_csv(folder / "estimators.csv", keep_default_na=False, na_values=[""])
    return markdown.table(HEADER, [_line(row) for row in frame.to_dict("records")])


def _line(row: Mapping[str, Any]) -> tuple[str, ...]:
    smallest, median, largest, evaluations = (number(row[name]) for name in RATIOS)
    ratio = f"{median} [{smallest}, {largest}]" if smallest != largest else median
    estimator = f"{row['estimator']}{' (biased)' if row['biased'] else ''}"
    least = f"{row['least']} of {row['cells']}"
    return row["study"], row["objective"], estimator, least, ratio, "" if evaluations == "nan" else evaluations
