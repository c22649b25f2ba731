"""CSV: floats that read back the same, missing numbers empty, and what is no table named."""

import csv
import io
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench.errors import BadInput
from bench.tables import files
from bench.tables.contents import BY_KIND, TABLES
from bench.tables.csv import read, to_csv
from bench.tables.ratios import RATIOS
from bench.tables.schema import SCHEMA

HEADER = ",".join(RATIOS.columns)
COMMAS = HEADER.count(",")
FLOATS = [0.1, -0.0, 5e-324, 1.7976931348623157e308, 1 / 3, 1e22, 123456789.123456789, 2.0, math.inf]


def row(name: str, **values: Any) -> dict[str, Any]:
    return dict.fromkeys(TABLES[name].columns[1:]) | values


def save(folder: Path, **rows: list[dict[str, Any]]) -> Path:
    for name in (table.name for table in BY_KIND["sweep"]):
        files.write(folder / f"{name}.csv", to_csv(name, rows.get(name, [])))
    return folder


def test_fields_are_shortest_and_missing_ones_empty() -> None:
    values = row("timings", draw_ns=0.1, kernel_ns=np.float64(1e22), rounds=3, samples=np.int64(7), compile_s=0.0)
    text = to_csv("timings", [values | {"time_ratio": math.nan, "variant": "k=1,b=2"}])
    (fields,) = csv.DictReader(io.StringIO(text))
    assert fields["schema"] == SCHEMA
    assert fields["variant"] == "k=1,b=2"
    assert [fields[key] for key in ("draw_ns", "kernel_ns", "rounds", "samples")] == ["0.1", "1e+22", "3", "7"]
    assert [fields[key] for key in ("compile_s", "estimate_ns", "time_ratio")] == ["0.0", "", ""]


def test_floats_read_back_the_same(tmp_path: Path) -> None:
    random = np.random.default_rng(5).integers(0, 2**64, 2000, np.uint64).view(np.float64)
    values = [*FLOATS, *random[np.isfinite(random)].tolist()]
    frames = read(save(tmp_path, ratios=[row("ratios", variance_ratio=value, status="ok") for value in values]))
    np.testing.assert_array_equal(frames["ratios"]["variance_ratio"], values)
    assert np.signbit(frames["ratios"]["variance_ratio"][1])


def test_missing_numbers_read_back_as_missing_and_text_as_text(tmp_path: Path) -> None:
    values = row("ratios", data="", sampler="nan", status="None", samples=3)
    frame = read(save(tmp_path, ratios=[values]))["ratios"]
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
        ("a,b\n1,2\n", "is not of schema 2"),
        (HEADER.replace("schema,", "") + "\n", "is not of schema 2"),
        (HEADER + "\n1" + "," * COMMAS + "\n", "is not of schema 2"),
        (HEADER + "\n2" + "," * (COMMAS - 1) + "many,ok\n", "cannot read"),
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


def test_an_optional_table_is_read_where_it_is(tmp_path: Path) -> None:
    (save(tmp_path) / "components.csv").unlink()
    assert "components" not in read(tmp_path)
    save(tmp_path, components=[row("components", component=2, variance=0.5)])
    assert read(tmp_path)["components"][["component", "variance"]].iloc[0].tolist() == [2, 0.5]
