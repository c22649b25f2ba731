"""Tables: the schema to the letter, floats that read back the same, files that appear whole or not at all."""

import csv
import io
import math
import os
import stat
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench.errors import BadInput
from bench.tables import files, schema
from bench.tables.csv import read, to_csv

HEADERS = {
    "statistics": "schema,objective,variant,latent,data,sampler,estimator,parameter,mu,sigma,dataset_size,samples,"
    "dimension,replicates,gradient,gradient_se,exact_gradient,gradient_z,variance,variance_low,variance_high,"
    "exact_variance,variance_z,kurtosis,status",
    "ratios": "schema,objective,variant,latent,data,sampler,numerator,denominator,parameter,mu,sigma,dataset_size,"
    "samples,dimension,replicates,variance_ratio,variance_ratio_low,variance_ratio_high,exact_variance_ratio,status",
    "timings": "schema,objective,variant,latent,evaluation,sampler,estimator,dataset_size,samples,dimension,rounds,"
    "compile_s,draw_ns,kernel_ns,estimate_ns,estimate_ns_low,estimate_ns_high,time_ratio,time_ratio_low,"
    "time_ratio_high",
    "efficiency": "schema,objective,variant,latent,data,sampler,numerator,denominator,parameter,mu,sigma,dataset_size,"
    "samples,dimension,evaluation,variance_ratio,time_ratio,efficiency_ratio,efficiency_ratio_low,"
    "efficiency_ratio_high",
}
FLOATS = [0.1, -0.0, 5e-324, 1.7976931348623157e308, 1 / 3, 1e22, 123456789.123456789, 2.0, math.inf]


def row(name: str, **values: Any) -> dict[str, Any]:
    return dict.fromkeys(schema.COLUMNS[name][1:]) | values


def save(folder: Path, **rows: list[dict[str, Any]]) -> Path:
    for name in schema.COLUMNS:
        files.write(folder / f"{name}.csv", to_csv(name, rows.get(name, [])))
    return folder


def test_the_schema_is_the_one_that_readers_know() -> None:
    """A change of these columns breaks what others have built on them: raise SCHEMA with it."""
    assert {name: to_csv(name, []) for name in schema.COLUMNS} == {n: f"{line}\n" for n, line in HEADERS.items()}
    assert schema.SCHEMA == "1"


def test_fields_are_shortest_and_missing_ones_empty() -> None:
    values = row("timings", draw_ns=0.1, kernel_ns=np.float64(1e22), rounds=3, samples=np.int64(7), compile_s=0.0)
    text = to_csv("timings", [values | {"time_ratio": math.nan, "variant": "k=1,b=2"}])
    (found,) = csv.DictReader(io.StringIO(text))
    assert found["schema"] == schema.SCHEMA
    assert found["variant"] == "k=1,b=2"
    assert [found[key] for key in ("draw_ns", "kernel_ns", "rounds", "samples")] == ["0.1", "1e+22", "3", "7"]
    assert [found[key] for key in ("compile_s", "estimate_ns", "time_ratio")] == ["0.0", "", ""]


def test_floats_read_back_the_same(tmp_path: Path) -> None:
    random = np.random.default_rng(5).integers(0, 2**64, 2000, np.uint64).view(np.float64)
    values = [*FLOATS, *random[np.isfinite(random)].tolist()]
    frames = read(save(tmp_path, ratios=[row("ratios", variance_ratio=value, status="ok") for value in values]))
    np.testing.assert_array_equal(frames["ratios"]["variance_ratio"], values)
    assert np.signbit(frames["ratios"]["variance_ratio"][1])


def test_missing_numbers_read_back_as_missing_and_text_as_text(tmp_path: Path) -> None:
    one = row("ratios", data="", sampler="nan", status="None", samples=3)
    frame = read(save(tmp_path, ratios=[one]))["ratios"]
    assert frame["variance_ratio"].isna().all()
    assert frame["samples"].tolist() == [3]
    assert frame[["data", "sampler", "status"]].iloc[0].tolist() == ["", "nan", "None"]


def test_an_empty_table_has_numbers_for_columns(tmp_path: Path) -> None:
    frame = read(save(tmp_path))["efficiency"]
    assert frame.empty
    assert not np.isfinite(frame["efficiency_ratio"]).any()


@pytest.mark.parametrize("change", [{"nonsense": 1}, None])
def test_a_row_has_the_columns_of_its_table(change: dict[str, Any] | None) -> None:
    values = row("ratios") | change if change else {"status": "ok"}
    with pytest.raises(ValueError, match="ratios: a row lacks or adds"):
        to_csv("ratios", [values])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "No such file or directory"),
        ("", "cannot read"),
        ("a,b\n1,2\n", "is not of schema 1"),
        (HEADERS["ratios"].replace("schema,", "") + "\n", "is not of schema 1"),
        (HEADERS["ratios"] + "\n2" + "," * 19 + "\n", "is not of schema 1"),
        (HEADERS["ratios"] + "\n1" + "," * 18 + "many,ok\n", "cannot read"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, text: str | None, message: str) -> None:
    file = save(tmp_path) / "ratios.csv"
    file.unlink()
    if text is not None:
        file.write_text(text)
    with pytest.raises(BadInput) as caught:
        read(tmp_path)
    assert str(file) in str(caught.value)
    assert message in str(caught.value)


@pytest.mark.parametrize("step", ["fdopen", "chmod", "replace"])
@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: type[BaseException]
) -> None:
    file = tmp_path / "a.csv"
    files.write(file, "old")

    def fail(*arguments: Any) -> None:
        raise error

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(error):
        files.write(file, "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_written_file_is_readable_by_those_who_may(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        files.write(tmp_path / "a", b"\0")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640
    assert (tmp_path / "a").read_bytes() == b"\0"


def test_files_that_have_no_room_together_leave_all_the_old_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    files.write_all({one: "old", two: "old"})
    real = os.chmod

    def full(path: str, mode: int) -> None:
        if ".two." in path:
            raise OSError(28, "No space left on device")
        real(path, mode)

    monkeypatch.setattr(os, "chmod", full)
    with pytest.raises(OSError, match="No space"):
        files.write_all({one: "new", two: "new"})
    assert (one.read_text(), two.read_text()) == ("old", "old")
    assert sorted(tmp_path.iterdir()) == [one, two]


def test_what_a_killed_process_left_is_removed(tmp_path):
    (tmp_path / "figures").mkdir()
    (tmp_path / f"{files.UNFINISHED}x").mkdir()
    left = [tmp_path / f"{files.UNFINISHED}x" / "a.csv", tmp_path / "figures" / f"{files.UNFINISHED}a.png.x1"]
    kept = [tmp_path / "a.csv", tmp_path / ".mine", tmp_path / "figures" / "a.png"]
    for path in left + kept:
        path.write_text("1")
    files.remove_unfinished(tmp_path)
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(kept)
