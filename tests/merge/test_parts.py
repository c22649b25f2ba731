"""Rows of one key as columns over runs, and their common status."""

import math
from pathlib import Path

import numpy as np
import pytest

from bench.merge import parts, sources
from bench.merge.parts import Part
from bench.tables.contents import TABLES
from tests.support import merging

STATUSES = {
    ("ok", "budget"): "ok",
    ("budget", "budget"): "budget",
    ("ok", "unconverged"): "unconverged",
    ("disagrees", "ok"): "disagrees",
    ("nonfinite: overflow or NaN", "budget"): "nonfinite: overflow or NaN",
    ("constant: no spread beyond round-off",) * 2: "constant: no spread beyond round-off",
    ("constant: no spread beyond round-off", "ok"): "unconverged",
}


@pytest.mark.parametrize(("statuses", "together"), STATUSES.items())
def test_the_status_is_the_worst_but_one_precise_run_speaks_for_all(statuses: tuple[str, ...], together: str) -> None:
    for order in (statuses, statuses[::-1]):
        assert Part("", [], [{"status": status} for status in order], {}).status == together


def test_a_part_has_columns_over_runs_and_exact_values_of_any(tmp_path: Path) -> None:
    frames = merging.frames(1)
    frames["statistics"].loc[0, "exact_variance"] = np.nan
    folders = merging.run(tmp_path / "a", 1, frames), merging.run(tmp_path / "b", 2)
    runs = sources.read([*map(str, folders)], force=False)
    key = next(iter(runs[0].tables["statistics"]))
    rows = parts.part("statistics", key, runs)
    expected = [float(run.tables["statistics"][key]["gradient"]) for run in runs]
    assert rows.column("gradient").tolist() == expected
    assert np.isnan(rows.column("exact_variance")).tolist() == [True, False]
    assert rows.first["exact_variance"] == rows.column("exact_variance")[1]
    assert rows.folders == [*folders]


def test_what_is_below_a_ratio_is_its_denominator_in_the_same_cell(tmp_path: Path) -> None:
    runs = sources.read([str(merging.run(tmp_path / str(seed), seed)) for seed in (1, 2)], force=False)
    for key, row in runs[0].tables["ratios"].items():
        under = parts.denominators(key, runs)
        assert {fields["estimator"] for fields in under.rows} == {"pathwise"}
        assert {fields["parameter"] for fields in under.rows} == {row["parameter"]}


def test_rows_have_the_types_of_their_columns(tmp_path: Path) -> None:
    run = sources.read([str(merging.run(tmp_path / str(seed), seed)) for seed in (1, 2)], force=False)[0]
    row = parts.typed("statistics", next(iter(run.tables["statistics"].values())))
    assert tuple(row) == TABLES["statistics"].columns[1:]
    assert (type(row["replicates"]), type(row["gradient"]), row["theta"]) == (int, float, "")
    assert math.isnan(row["exact_batch_variance"])
    assert parts.typed("statistics", {**dict.fromkeys(row, ""), "status": "skipped: x"})["dataset_size"] is None
