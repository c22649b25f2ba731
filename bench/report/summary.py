"""What studies leave for the documents: a small picture of each, and estimators.csv, how the estimators did in it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from bench.report.index.entries import picture
from bench.report.ranking import WORK, Standing, by_objective
from bench.report.small import small
from bench.tables import csv, files

WIDE = 320  # pixels
FILE = "estimators.csv"


def write(runs: Sequence[Path], folder: Path) -> None:
    """Renew the pictures and the rows of these runs; those of other studies stay."""
    folder.mkdir(parents=True, exist_ok=True)
    for run in runs:
        if drawn := picture(run):
            small(drawn, folder / f"{run.name}.png", WIDE)
    rows = pd.DataFrame([row for run in runs for row in _rows(run)])
    if (folder / FILE).is_file():
        before = pd.read_csv(folder / FILE, keep_default_na=False, na_values=[""])
        rows = pd.concat([before[~before["study"].isin([run.name for run in runs])], rows])
    if not rows.empty:
        text = rows.sort_values("study", kind="stable").to_csv(index=False, float_format="%.6g", lineterminator="\n")
        files.write(folder / FILE, text)


def _rows(run: Path) -> Iterator[dict[str, object]]:
    """A row for each objective and estimator of a sweep, in the order of their standings."""
    if (run / "ratios.csv").is_file():
        for objective, told in by_objective(csv.read(run)):
            yield from ({"study": run.name, "objective": objective, **_flat(standing)} for standing in told)


def _flat(standing: Standing) -> dict[str, object]:
    """A standing with a column for each kind of work; without a time, none among none."""
    counts = {f"{name}_{work}": getattr(standing, name).get(work, 0) for work in WORK for name in ("best", "cells")}
    values = {name: getattr(standing, name) for name in ("smallest", "median", "largest", "biased")}
    return {"estimator": standing.estimator, **counts, **values}
