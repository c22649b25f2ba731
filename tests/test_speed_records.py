"""What `make bench` writes: records that dashboards and `compare` read, in which no machine and no folder is named."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.commands import track
from bench.compare import sources
from tests.speed.conftest import calls
from tests.support import formats
from tests.support.command import TOP

HOST = "a-name-of-nobodys-business"
NAMED = f'''"""Every way to ask for the name of the machine gives HOST."""

import os
import platform
import socket

os.environ["HOSTNAME"] = HOST = {HOST!r}
platform.node = socket.gethostname = socket.getfqdn = lambda *name: HOST
platform.uname = lambda was=platform.uname(): was._replace(node=HOST)
'''
ASKED = (
    "tests/speed/test_kernels.py::test_sampler[iid]",
    "tests/speed/test_kernels.py::test_estimator[pathwise]",
    "tests/speed/test_engine_speed.py::test_drawing[engine]",  # half of a pair: it may run, but claims nothing
)


def recorded(folder: Path, directory: Path, *arguments: str) -> tuple[str, dict[str, str]]:
    """What pytest says in a directory, and the text of each record that it leaves in `folder`, by its name."""
    folder.joinpath("named.py").write_text(NAMED)
    storage = f"--benchmark-storage=file://{folder}/saved"
    options = ("-p", "named", "-p", "no:cacheprovider", "--benchmark-autosave", storage)
    command = [sys.executable, "-m", "pytest", *options, f"--benchmark-json={folder}/asked.json", *arguments]
    variables = os.environ | {"PYTHONPATH": str(folder)}
    done = subprocess.run(command, cwd=directory, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, {str(file.relative_to(folder)): file.read_text() for file in folder.rglob("*.json")}


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, str]]:
    return recorded(tmp_path_factory.mktemp("records"), TOP, *ASKED)


@pytest.mark.slow
def test_no_record_names_the_machine_or_a_folder(records: tuple[str, dict[str, str]]) -> None:
    said, texts = records
    assert len(texts) == 2, said
    for file, text in texts.items():
        assert HOST not in file + text
        assert str(TOP) not in text
        assert not re.search(r'"(/|~|[A-Za-z]:\\)', text)
        assert '"node"' not in text


def test_a_name_would_be_seen(tmp_path: Path) -> None:
    """Without what tests/speed/conftest.py does about it."""
    tmp_path.joinpath("test_any.py").write_text("def test_any(benchmark):\n    benchmark(int)\n")
    _, texts = recorded(tmp_path, tmp_path, "--rootdir=.", "--benchmark-max-time=0.001", "test_any.py")
    assert len(texts) == 2
    assert all(HOST in text for text in texts.values())


@pytest.mark.slow
def test_dashboards_can_read_the_records(records: tuple[str, dict[str, str]]) -> None:
    for text in records[1].values():
        assert list(formats.pytest_benchmark(text)) == []


def test_names_are_stable_and_every_benchmark_says_ns_per_draw(records: tuple[str, dict[str, str]]) -> None:
    for text in records[1].values():
        benchmarks = {record["fullname"]: record for record in formats.read(text)["benchmarks"]}
        assert set(benchmarks) == {*ASKED}
        assert {record["group"] for record in benchmarks.values()} == {"samplers", "estimators", "drawing"}
        assert all(0 < record["extra_info"]["ns_per_draw"] < 1e6 for record in benchmarks.values())


def test_compare_reads_them(records: tuple[str, dict[str, str]], tmp_path: Path) -> None:
    for number, text in enumerate(records[1].values()):
        file = tmp_path / f"{number}.json"
        file.write_text(text)
        assert len(sources.read("base", file).times) == len(ASKED)


def test_half_of_a_pair_claims_nothing(records: tuple[str, dict[str, str]]) -> None:
    assert "(asked:" not in records[0]


def test_a_round_is_long_enough() -> None:
    assert calls(lambda: time.sleep(0.0021)) == 1
    assert calls(lambda: time.sleep(0.0011)) <= 2
    assert calls(lambda: None) > 100


@pytest.mark.parametrize("few", ["pathwise", pytest.param("", marks=pytest.mark.slow)])
@pytest.mark.slow
def test_every_benchmark_that_a_change_is_tracked_by_runs(few: str) -> None:
    """Unmeasured: `make bench` and `make track` would be the first to see that one does not.

    All kernels take long to compile, and `make slow` runs them.
    """
    options = ("-p", "no:cacheprovider", "--benchmark-disable", "--confcutdir=tests/speed", "-k", few)
    command = [sys.executable, "-m", "pytest", "-q", *options, *track.BENCHMARKS, "tests/speed/test_engine_speed.py"]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
