"""What is read: runs and files of pytest-benchmark; what is neither is bad input, in one line."""

import json
import math
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.compare import sources
from bench.errors import BadInput
from bench.tables.contents import TABLES
from tests.support import compared


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compared.run(tmp_path_factory.mktemp("runs") / "run", compared.tables())


def test_a_run_is_read(good: Path) -> None:
    run = sources.read("base", good)
    assert (run.name, run.kind, run.commit, run.cpu) == ("run", "run", "0123456789abcdef", ("A CPU", 2))
    assert set(run.tables) == {"statistics", "ratios", "timings"}
    key, time = next(iter(run.times.items()))
    assert math.exp(time.value) == pytest.approx(float(run.tables["timings"][key]["estimate_ns"]))
    assert time.freedom == 14


def test_the_keys_of_a_row_are_columns_that_hold_no_measurement() -> None:
    for name in sources.COMPARED:
        keys = TABLES[name].keys
        measured = [column for column in TABLES[name].columns if column not in (*keys, "schema")]
        assert set(keys) < set(TABLES[name].columns)
        assert measured[0] == {"timings": "rounds", "components": "exact_gradient"}.get(name, "replicates")


def test_rounds_are_used_where_they_are_kept_and_quartiles_elsewhere(tmp_path: Path) -> None:
    record = compared.record({"test_a": [1e-6, 1.1e-6, 1.2e-6, 1.3e-6, 5e-6], "test_b": [2e-6] * 3})
    file = compared.saved(tmp_path / "a.json", record)
    full = sources.read("base", file)
    assert (full.kind, full.commit, full.cpu) == ("pytest-benchmark", "fedcba9876543210", ("A CPU", 2))
    assert math.exp(full.times["test_b",].value) == pytest.approx(2000)
    assert full.times["test_a",].freedom == 2  # two of five rounds are trimmed
    for benchmark in record["benchmarks"]:
        del benchmark["stats"]["data"]
    summed = sources.read("base", compared.saved(file, record))
    assert math.exp(summed.times["test_a",].value) == pytest.approx(1200)
    assert summed.times["test_a",].freedom == 4


def test_words_name_the_axes(good: Path) -> None:
    key = next(iter(sources.read("base", good).times))
    assert sources.row_title("timings", key).endswith(" dataset_size=1 samples=1 dimension=1")
    assert sources.row_title("timings", ("tests/a.py::test",)) == "tests/a.py::test"


def edited(file: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    """Change the text of a file of the run."""
    return lambda run: (run / file).write_text(change((run / file).read_text()))


def without(key: str) -> Callable[[str], str]:
    return lambda text: json.dumps({name: value for name, value in json.loads(text).items() if name != key})


RUNS = {
    "manifest.json holds versions=None; allowed: an object": edited("manifest.json", without("versions")),
    "manifest.json holds block=None": edited(
        "manifest.json", lambda text: text.replace('{"draws": 204800, "groups": 64}', "null")
    ),
    "manifest.json holds groups=1 of blocks": edited(
        "manifest.json", lambda text: text.replace('"groups": 64', '"groups": 1')
    ),
    "Expecting value": edited("manifest.json", lambda text: ""),
    "No such file or directory": lambda run: (run / "manifest.json").unlink(),
    "ratios.csv": lambda run: (run / "ratios.csv").unlink(),
    "timings.csv has no column 'estimate_ns'": edited("timings.csv", lambda text: text.replace(",estimate_ns,", ",x,")),
    "statistics.csv has no column 'bias'": edited("statistics.csv", lambda text: ""),
    "is of schema 1, older than the 2 of this": edited("statistics.csv", lambda text: text.replace("\n2,", "\n1,")),
    "statistics.csv: line 2 holds, in sigma, 'x', which is no number": edited(
        "statistics.csv", lambda text: text.replace("mu,1.0,1.0,", "mu,1.0,x,")
    ),
    "has not as many fields as columns": edited("ratios.csv", lambda text: text + "2,squared_error\n"),
    "repeats the row of squared_error": edited("ratios.csv", lambda text: text + text.splitlines()[-1]),
    "a time is -1.0": edited("timings.csv", lambda text: text.replace(text.splitlines()[1].split(",")[17], "-1")),
    "a time is nan": edited("timings.csv", lambda text: text.replace(text.splitlines()[1].split(",")[17], "")),
}


@pytest.mark.parametrize("message", RUNS)
def test_a_bad_run_is_named(good: Path, tmp_path: Path, message: str) -> None:
    run = tmp_path / "bad"
    shutil.copytree(good, run)
    RUNS[message](run)
    assert message in refused(run)


FILES = {
    "not text": "Expecting value",
    "[]": "it is JSON, but not of pytest-benchmark",
    '{"benchmarks": []}': "it is JSON, but not of pytest-benchmark",
    '{"benchmarks": [{}], "machine_info": {}}': "it has no 'fullname'",
    '{"benchmarks": [{"fullname": "a", "stats": {}}], "machine_info": {}}': "it has no 'median'",
    '{"benchmarks": [{"fullname": "a", "stats": {"data": ["x"]}}], "machine_info": {}}': "could not convert",
    '{"benchmarks": [{"fullname": "a", "stats": {"data": [0]}}], "machine_info": {}}': "a time is 0.0",
    '{"benchmarks": [{"fullname": "a", "stats": {"median": 1, "iqr": 0, "rounds": 0}}], "machine_info": {}}': "0 round",
    '{"benchmarks": [], "machine_info": {"cpu": {"brand_raw": ["Z"]}}}': "its processor is {'brand_raw': ['Z']}",
    '{"benchmarks": [1], "machine_info": {}}': "cannot read",
    '{"benchmarks": [], "machine_info": 1}': "cannot read",
}


@pytest.mark.parametrize("text", FILES)
def test_a_bad_file_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "bad.json"
    file.write_text(text)
    assert FILES[text] in refused(file)


def test_a_benchmark_twice_and_a_path_of_nothing_are_named(tmp_path: Path) -> None:
    record = compared.record({"a": [1.0]})
    record["benchmarks"] *= 2
    assert "it holds 'a' twice" in refused(compared.saved(tmp_path / "a.json", record))
    assert "does not exist; allowed: the folder of a run" in refused(tmp_path / "nowhere")


def refused(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        sources.read("head", path)
    assert str(caught.value).startswith("head: ")
    assert path.name in str(caught.value)
    return str(caught.value)
