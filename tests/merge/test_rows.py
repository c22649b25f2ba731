"""The rows of a merged run: pooled where several runs measured them, as they are where one did."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from bench.errors import BadInput, Changed
from bench.merge import rows, sources
from bench.tables.contents import TABLES
from tests.support import merging

NAMES = ("a", "b", "c")


def merged(folder: Path, *tables: dict[str, pd.DataFrame]) -> dict[str, list[dict[str, Any]]]:
    """What runs with these tables, of seeds 0, 1, ..., are together."""
    folders = [merging.run(folder / NAMES[seed], seed, frames) for seed, frames in enumerate(tables)]
    return rows.merged(sources.read([*map(str, folders)], force=False), NAMES[: len(tables)])


def by_key(table: str, content: list[dict[str, Any]]) -> dict[tuple[Any, ...], dict[str, Any]]:
    return {TABLES[table].key(row): row for row in content}


def test_statistics_are_pooled_by_replicates(tmp_path: Path) -> None:
    frames = [merging.frames(seed) for seed in range(3)]
    for table in ("statistics", "ratios"):
        frames[1][table]["replicates"] *= 3
    first = merged(tmp_path, *frames)["statistics"][0]
    inputs = [frame["statistics"].iloc[0] for frame in frames]
    weights = np.array([row["replicates"] for row in inputs])
    assert first["replicates"] == weights.sum() == 500_000
    assert first["gradient"] == pytest.approx(np.average([row["gradient"] for row in inputs], weights=weights))
    assert first["variance"] == pytest.approx(
        np.average([row["variance"] for row in inputs], weights=weights), rel=1e-6
    )
    half = np.log(first["variance_high"] / first["variance_low"]) / 2
    assert half == pytest.approx(merging.HALF * np.sqrt((weights**2).sum()) / weights.sum(), rel=0.05)
    assert first["status"] == "ok"


def test_a_ratio_is_that_of_the_pooled_variances(tmp_path: Path) -> None:
    tables = merged(tmp_path, *(merging.frames(seed) for seed in range(3)))
    statistics = by_key("statistics", tables["statistics"])
    for ratio in tables["ratios"]:
        above, under = (
            statistics[TABLES["statistics"].key({**ratio, "estimator": ratio[name]})]["variance"]
            for name in ("numerator", "denominator")
        )
        assert ratio["variance_ratio"] == pytest.approx(above / under, rel=1e-12)
        assert ratio["variance_ratio_low"] < ratio["variance_ratio"] < ratio["variance_ratio_high"]
        half = np.log(ratio["variance_ratio_high"] / ratio["variance_ratio"])
        assert half == pytest.approx(merging.HALF / np.sqrt(3), rel=0.01)


def test_a_row_of_one_run_stays_as_it_is(tmp_path: Path) -> None:
    whole = merging.frames(0)
    ten = {name: table[table["dataset_size"] == 10] for name, table in merging.frames(1).items()}
    content = merged(tmp_path, whole, ten)["statistics"]
    assert len(content) == len(whole["statistics"])
    for row, (_, alone) in zip(content, whole["statistics"].iterrows(), strict=True):
        same = {name: row[name] == alone[name] for name in ("replicates", "gradient", "variance", "variance_low")}
        assert set(same.values()) == {row["dataset_size"] == 1}


def test_a_row_that_one_run_skipped_is_that_of_the_others(tmp_path: Path) -> None:
    frames = [merging.frames(seed) for seed in range(2)]
    frames[0]["statistics"].loc[0, "status"] = "skipped: no time"
    frames[0]["statistics"].loc[0, ["gradient", "variance"]] = np.nan
    first = merged(tmp_path, *frames)["statistics"][0]
    assert first["gradient"] == frames[1]["statistics"].loc[0, "gradient"]
    assert first["status"] == "ok"


def test_of_untied_components_the_farthest_score_stands(tmp_path: Path) -> None:
    frames = [merging.frames(seed) for seed in range(2)]
    for number, scores in enumerate(((1.0, -3.0), (2.5, 0.5))):
        for table in frames[number].values():
            table["components"] = "untied"
        frames[number]["statistics"].loc[0, ["gradient_z", "variance_z"]] = scores
    first = merged(tmp_path, *frames)["statistics"][0]
    assert (first["gradient_z"], first["variance_z"]) == (2.5, -3.0)


def test_disagreement_is_named_and_refused(tmp_path: Path) -> None:
    with pytest.raises(Changed) as error:
        merged(tmp_path, merging.frames(0), merging.frames(1, scale=1.5))
    line = str(error.value)
    assert "comparisons disagree beyond joint intervals; the worst: squared_error shared normal tied normal" in line
    assert all(repr(str(tmp_path / name)) in line for name in "ab")
    merged(tmp_path, merging.frames(0), merging.frames(1, scale=1.001))


def test_where_a_few_draws_carry_a_variance_nothing_is_compared(tmp_path: Path) -> None:
    frames = [merging.frames(0), merging.frames(1, scale=1.5)]
    for table in ("statistics", "ratios"):
        frames[0][table]["status"] = "unconverged"
    assert {row["status"] for row in merged(tmp_path, *frames)["statistics"]} == {"unconverged"}


def test_other_exact_values_are_another_contract(tmp_path: Path) -> None:
    frames = [merging.frames(seed) for seed in range(2)]
    frames[1]["statistics"].loc[3, "exact_gradient"] *= 1.001
    with pytest.raises(BadInput, match="conflicting exact_gradient of squared_error shared"):
        merged(tmp_path, *frames)


def test_times_stay_apart_by_machine_and_efficiency_is_that_of_pooled_ratios(tmp_path: Path) -> None:
    frames = [merging.frames(seed) for seed in range(2)]
    tables = merged(tmp_path, *frames)
    assert (tables["timings"], tables["efficiency"]) == ([], [])
    times, efficiency = tables["timings_by_machine"], tables["efficiency_by_machine"]
    assert [row["estimate_ns"] for row in times] == [
        *frames[0]["timings"]["estimate_ns"],
        *frames[1]["timings"]["estimate_ns"],
    ]
    assert [row["machine"] for row in times[:: len(frames[0]["timings"])]] == ["a", "b"]
    pooled = {TABLES["ratios"].key(row): row["variance_ratio"] for row in tables["ratios"]}
    assert {row["machine"] for row in efficiency} == {"a", "b"}
    for row in efficiency:
        assert row["efficiency_ratio"] == pooled[TABLES["ratios"].key(row)] * row["time_ratio"]


def test_exact_values_stand_once_and_draws_are_those_of_the_first(tmp_path: Path) -> None:
    frames: list[dict[str, pd.DataFrame]] = [merging.frames(seed) for seed in range(2)]
    for seed, tables in enumerate(frames):
        row = tables["statistics"].iloc[:1].drop(columns="schema").to_dict("records")[0]
        for name, more in (
            ("lines", {"x_axis": "sigma", "x": 1.0 + seed}),
            ("draws", {"low": 0.0, "high": 1.0 + seed}),
        ):
            rows_of = {column: row.get(column, 1) for column in TABLES[name].columns[1:]} | more
            tables[name] = pd.DataFrame([rows_of, rows_of | {"x": 5.0, "high": 5.0}])[[*rows_of]]
            tables[name]["x_axis" if name == "lines" else "low"] = more.get("x_axis", 0.0)
    content = merged(tmp_path, *frames)
    assert [row["x"] for row in content["lines"]] == [1.0, 5.0, 2.0]
    assert [row["high"] for row in content["draws"]] == [1.0, 5.0]
