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
        assert measured[0] == {
            "timings": "rounds",
            "components": "exact_gradient",
            "curves": "seconds",
            "paths": "replicate",
            "encoder": "batch",
        }.get(name, "replicates")


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
    "timings.csv was changed after the run: line 2, the row of squared_error": edited(
        "timings.csv", lambda text: text.replace(text.splitlines()[1].split(",")[17], "-1")
    ),
}


@pytest.mark.parametrize("message", RUNS)
def test_a_bad_run_is_named(good: Path, tmp_path: Path, message: str) -> None:
    run = tmp_path / "bad"
    shutil.copytree(good, run)
    RUNS[message](run)
    assert message in refused(run)


@pytest.mark.parametrize("value", [-1.0, 0.0, math.nan])
def test_a_time_that_a_run_cannot_have_taken_is_named(tmp_path: Path, value: float) -> None:
    frames = compared.tables()
    frames["timings"].loc[0, "estimate_ns"] = value
    assert f"a time is {value}, which is no time" in refused(compared.run(tmp_path / "bad", frames))


def test_a_run_that_was_resumed_elsewhere_has_no_one_processor(tmp_path: Path) -> None:
    machines = (("sampling", "Yet another"), ("timing", "A CPU"), ("timing", "A CPU"), ("timing", "Another"))
    sessions = [{"cpu": {"model": model, "cores": 2}, "phases": {phase: 1.0}} for phase, model in machines]
    for count, cpu in ((3, ("A CPU", 2)), (4, (None, None))):
        run = compared.run(tmp_path / str(count), compared.tables(), sessions=sessions[:count])
        assert sources.read("base", run).cpu == cpu


def test_a_file_of_benchmarks_is_a_result(tmp_path: Path) -> None:
    record = compared.record({"a": [1.0], "b": [0.0]})
    result = sources.read("base", compared.saved(tmp_path / "a.json", record))
    assert (result.name, result.kind, result.commit, result.cpu) == (
        "a.json",
        "pytest-benchmark",
        "fedcba9876543210",
        ("A CPU", 2),
    )
    assert ([*result.times], [*result.faults]) == ([("a",)], [("b",)])


def test_what_is_neither_a_run_nor_a_file_is_named(tmp_path: Path) -> None:
    assert "does not exist; allowed: the folder of a run" in refused(tmp_path / "nowhere")
    assert "is a device; allowed: the folder of a run" in refused(Path("/dev/zero"))
    (tmp_path / "a.json").write_text("not JSON")
    assert "is no JSON: Expecting value" in refused(tmp_path / "a.json")
    assert refused(tmp_path / "a.json").endswith(
        "; allowed: the folder of a run (reports/NAME) or a JSON file of pytest-benchmark"
    )


def refused(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        sources.read("head", path)
    assert str(caught.value).startswith("head: ")
    assert path.name in str(caught.value)
    return str(caught.value)
