"""Dashboards read what a run measured, every number of it once."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench.report.ranking import standings
from bench.tables import csv
from tests.support import compared, formats, synthetic
from tests.support.command import Outcome, command, one_line, rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Runs: one whole, one with a ratio that has no interval, one that is empty."""
    folder, frames = tmp_path_factory.mktemp("runs"), compared.tables()
    holed = frames["ratios"].copy()
    holed.loc[0, "variance_ratio_low"] = np.nan
    compared.run(folder / "whole", frames)
    compared.run(folder / "holed", frames | {"ratios": holed})
    compared.run(folder / "empty", {name: frame.iloc[:0] for name, frame in frames.items()})
    compared.run(folder / "larger", synthetic.tables(latents=["shared"]))
    return folder


def exported(folder: Path, name: str, form: str) -> Any:
    code, out, err = command("export", f"output={folder}", f"name={name}", f"format={form}")
    assert (code, err) == (0, "")
    assert list(formats.FORMATS[form](out)) == []
    return json.loads(out)


def test_bmf_has_every_row_with_its_interval(folder: Path) -> None:
    document, frames = exported(folder, "whole", "bmf"), compared.tables()
    assert len(document) == len(frames["ratios"]) + len(frames["timings"]) + len(standings(frames))
    row = frames["timings"].iloc[0]
    name = "squared_error shared normal tied direct iid score_function dataset_size=1 samples=1 dimension=1"
    values = (row["estimate_ns"], row["estimate_ns_low"], row["estimate_ns_high"])
    assert document[name] == {"latency": dict(zip(("value", "lower_value", "upper_value"), values, strict=True))}
    assert sum("variance_ratio" in measures for measures in document.values()) == len(frames["ratios"])


def test_smaller_is_better_is_a_list_of_named_values(folder: Path) -> None:
    values = exported(folder, "whole", "smaller_is_better")
    bmf = exported(folder, "whole", "bmf")
    assert len({value["name"] for value in values}) == len(values) == sum(map(len, bmf.values()))
    assert {value["name"].partition(": ")[0]: value["unit"] for value in values} == {
        "variance_ratio": "ratio",
        "latency": "ns",
        "worse_than_best_at_equal_seconds": "share",
        "worse_than_best_at_equal_evaluations": "share",
    }
    low, high = map(float, values[0]["range"].strip("[]").split(", "))
    assert low < values[0]["value"] < high


def test_what_has_no_interval_is_left_out(folder: Path) -> None:
    whole, holed = exported(folder, "whole", "bmf"), exported(folder, "holed", "bmf")
    assert set(holed) < set(whole)
    assert len(holed) == len(whole) - 1
    code, out, err = command("export", f"output={folder}", "name=empty")
    assert (code, out) == (5, "")
    assert err.endswith("holds no variance ratio and no time with an interval\n")


@pytest.mark.parametrize("form", ["bmf", "smaller_is_better"])
def test_of_a_sweep_every_row_that_was_measured_and_no_other(form: str, smoke: tuple[Path, Outcome]) -> None:
    run, _ = smoke
    ratios = [row for row in rows(run, "ratios") if row["variance_ratio_high"]]
    assert any(row["status"].startswith("skipped") for row in rows(run))
    document = exported(run.parent, run.name, form)
    told = standings(csv.read(run))
    assert len(document) == len(ratios) + len(rows(run, "timings")) + (len(told) if form == "bmf" else 2 * len(told))
    measured = sorted(float(row["variance_ratio"]) for row in ratios)
    if form == "bmf":
        assert (
            sorted(row["variance_ratio"]["value"] for row in document.values() if "variance_ratio" in row) == measured
        )
    else:
        assert sorted(value["value"] for value in document if value["unit"] == "ratio") == measured


def test_the_ranking_is_that_of_the_report(smoke: tuple[Path, Outcome]) -> None:
    run, _ = smoke
    document = exported(run.parent, run.name, "bmf")
    for standing in standings(csv.read(run)):
        assert document[f"squared_error {standing.estimator}"] == {
            f"worse_than_best_at_equal_{work}": {"value": 1 - standing.best[work] / cells}
            for work, cells in standing.cells.items()
        }


@pytest.mark.parametrize("form", ["bmf", "smaller_is_better"])
def test_names_do_not_depend_on_the_rest_of_the_grid(form: str, folder: Path) -> None:
    def names(run: str) -> set[str]:
        document = exported(folder, run, form)
        return set(document) if form == "bmf" else {value["name"] for value in document}

    assert names("whole") < names("larger")


def test_bad_input_is_one_line(folder: Path) -> None:
    here = f"output={folder}"
    assert (
        one_line(command("export", here, "name=nowhere")) == "unknown run 'nowhere'; known: empty, holed, larger, whole"
    )
    assert one_line(command("export", here, "format=x")) == "unknown format 'x'; known: bmf, smaller_is_better"
    assert one_line(command("export", here, "format=[a]")).startswith("format=['a'] is not allowed; allowed: some text")
    assert one_line(command("export", here, "~name")).startswith("name=null is not allowed; allowed: ")


def test_a_fit_has_its_times_to_a_gap_and_where_it_ended(descended: tuple[Path, Outcome]) -> None:
    document = exported(descended[0].parent, "run", "bmf")
    times = [row for row in rows(descended[0], "times") if row["seconds_high"] not in ("", "inf")]
    ends = [row for row in rows(descended[0], "curves") if row["step"] == "60"]
    assert times
    assert sum("time_to_gap" in measures for measures in document.values()) == len(times)
    final = [measures["final_gap"] for measures in document.values() if "final_gap" in measures]
    assert [entry["value"] for entry in final] == [float(row["gap"]) for row in ends if row["gap_median_high"] != "inf"]
    named = exported(descended[0].parent, "run", "smaller_is_better")
    assert {entry["unit"] for entry in named} == {"s", "evaluations", "F"}
