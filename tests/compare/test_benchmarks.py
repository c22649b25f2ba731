"""Files of pytest-benchmark of any version and in any Unicode: a bad row is named, a bad file is refused."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from bench.compare.benchmarks import read
from bench.errors import BadInput
from tests.support import compared


def test_rounds_are_used_where_they_are_kept_and_quartiles_elsewhere(tmp_path: Path) -> None:
    record = compared.record({"test_a": [1e-6, 1.1e-6, 1.2e-6, 1.3e-6, 5e-6], "test_b": [2e-6] * 3})
    file = compared.saved(tmp_path / "a.json", record)
    full = read(file)
    assert (full.commit, full.cpu, full.faults) == ("fedcba9876543210", ("A CPU", 2), {})
    assert math.exp(full.times["test_b",].value) == pytest.approx(2000)
    assert full.times["test_a",].freedom == 2  # two of five rounds are trimmed
    for benchmark in record["benchmarks"]:
        del benchmark["stats"]["data"]
    summed = read(compared.saved(file, record))
    assert math.exp(summed.times["test_a",].value) == pytest.approx(1200)
    assert summed.times["test_a",].freedom == 4


CPUS: dict[str, tuple[dict[str, Any], tuple[str | None, int | None]]] = {
    "brand_raw": ({"brand_raw": "A CPU", "brand": "other", "arch": "X86_64", "count": 2}, ("A CPU", 2)),
    "brand": ({"vendor_id": "GenuineIntel", "hardware": "", "brand": "A CPU", "count": 8}, ("A CPU", 8)),
    "kind": (
        {"arch": "ARM_8", "bits": 64, "count": 4, "arch_string_raw": "aarch64"},
        ("unnamed aarch64 ARM_8", 4),
    ),
    "model": ({"brand_raw": " ", "family": 6, "model": 85, "count": 4}, ("unnamed 6 85", 4)),
    "no count": ({"brand_raw": "A CPU"}, ("A CPU", None)),
    "nothing": ({}, (None, None)),
    "a list": ({"brand_raw": ["A CPU"], "count": "two"}, (None, None)),
    "two lines": ({"brand_raw": "A\n\x1b[31mCPU\ud800", "count": True}, ("A\\n\\x1b[31mCPU\\ud800", None)),
}


@pytest.mark.parametrize("machine", [{}, {"machine_info": None}, {"machine_info": "x"}, {"machine_info": {"cpu": "x"}}])
def test_a_file_without_a_machine_is_of_an_unknown_processor(tmp_path: Path, machine: dict[str, Any]) -> None:
    record = compared.record({"a": [1.0]})
    del record["machine_info"]
    result = read(compared.saved(tmp_path / "a.json", record | machine))
    assert (result.cpu, [*result.times]) == ((None, None), [("a",)])


@pytest.mark.parametrize("case", CPUS)
def test_the_machine_is_what_the_file_offers(tmp_path: Path, case: str) -> None:
    cpu, expected = CPUS[case]
    assert read(compared.saved(tmp_path / "a.json", compared.record({"a": [1.0]}, cpu))).cpu == expected


GOOD = {"median": 1.0, "iqr": 0.1, "rounds": 5}
ROWS: dict[str, tuple[Any, str]] = {
    "no stats": ({}, "it has no stats"),
    "null": (None, "it has no stats"),
    "a list": ([1], "it has no stats"),
    "no median": ({"rounds": 5}, "its median is null, which is no time"),
    "zero": (GOOD | {"median": 0.0}, "its median is 0.0, which is no time"),
    "negative": (GOOD | {"median": -1}, "its median is -1, which is no time"),
    "NaN": (GOOD | {"median": math.nan}, "its median is NaN, which is no time"),
    "huge": (GOOD | {"median": 1e300}, "its median is 1e+300, which is no time"),
    "a text": (GOOD | {"median": "1"}, "its median is a text, which is no time"),
    "no rounds": (GOOD | {"rounds": 0}, "its rounds are 0"),
    "half a round": (GOOD | {"rounds": 1.5}, "its rounds are 1.5"),
    "true": (GOOD | {"rounds": True}, "its rounds are true"),
    "many rounds": (GOOD | {"rounds": 10**400}, "its rounds are 1000"),
    "no spread": ({"median": 1.0, "rounds": 5}, "its iqr is null"),
    "a wide spread": (GOOD | {"iqr": 1e200}, "its iqr is 1e+200"),
    "a bad round": ({"data": [1.0, "x"]}, "its round is a text, which is no time"),
    "data of zero": ({"data": [0]}, "its round is 0, which is no time"),
    "data in an object": ({"data": {"a": 1}}, "its data are an object, not a list of times"),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_bad_row_is_named_and_costs_no_other(tmp_path: Path, case: str) -> None:
    stats, fault = ROWS[case]
    record = compared.record({"good": [1.0, 1.1]})
    record["benchmarks"].insert(0, {"fullname": "bad", "stats": stats})
    result = read(compared.saved(tmp_path / "a.json", record))
    assert [*result.times] == [("good",)]
    assert result.faults.keys() == {("bad",)}
    assert result.faults["bad",].startswith(fault)


@pytest.mark.parametrize("row", [None, 1, [], {}, {"fullname": 3}, {"fullname": ""}], ids=json.dumps)
def test_a_row_without_a_name_is_counted(tmp_path: Path, row: Any) -> None:
    record = compared.record({"good": [1.0]}) | {"commit_info": "none"}
    record["benchmarks"].append(row)
    result = read(compared.saved(tmp_path / "a.json", record))
    assert ([*result.times], result.faults, result.commit) == (
        [("good",)],
        {("benchmark 2",): "it has no stats"},
        None,
    )


def test_a_name_that_is_there_more_than_once_is_none(tmp_path: Path) -> None:
    record = compared.record({"a": [1.0], "b": [1.0]})
    record["benchmarks"] += record["benchmarks"][:1] * 2
    result = read(compared.saved(tmp_path / "a.json", record))
    assert [*result.times] == [("b",)]
    assert result.faults == {("a",): "it is there more than once"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_is_read(tmp_path: Path, encoding: str) -> None:
    record = compared.record({"mesuré": [1.0]})
    (tmp_path / "a.json").write_bytes(json.dumps(record, ensure_ascii=False).encode(encoding))
    assert [*read(tmp_path / "a.json").times] == [("mesuré",)]


FILES: dict[bytes, str] = {
    b"": "is no JSON: Expecting value",
    b"not JSON": "is no JSON: Expecting value",
    '{"é"'.encode("latin-1"): "is no JSON: 'utf-8' codec can't decode",
    b"[" * 100_000: "is no JSON: maximum recursion depth",
    b"[]": "is JSON, but not of pytest-benchmark",
    b'{"benchmarks": []}': "is JSON, but not of pytest-benchmark",
    b'{"benchmarks": {}, "machine_info": {}}': "is JSON, but not of pytest-benchmark",
    b'{"benchmarks": [], "machine_info": 1}': "is JSON, but not of pytest-benchmark",
    b'{"benchmarks": [{"name": "a", "real_time": 1}]}': "is JSON, but not of pytest-benchmark: it has no benchmarks",
}


@pytest.mark.parametrize("content", FILES, ids=range(len(FILES)))
def test_a_bad_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.json").write_bytes(content)
    with pytest.raises(BadInput) as caught:
        read(tmp_path / "bad.json")
    assert str(caught.value).startswith(f"{str(tmp_path / 'bad.json')!r} {FILES[content]}")
