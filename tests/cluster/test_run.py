"""Blocks on a scheduler and two workers in processes of their own: the same bytes as serial, and refusals in a line."""

import math
import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import psutil
import pytest

import bench.cluster
from bench.cluster import supplies, worker
from bench.cluster.run import Cluster
from bench.cluster.sizes import LEAST_S, MOST_TASKS
from bench.commands import sweep as sweep_command
from bench.registry import Registry
from tests.support.clusters import Processes, processes
from tests.support.command import Outcome, command, one_line, plugin_files, rows
from tests.support.fits import without_report
from tests.support.whole_fits import SMALL, fitted, numbers

SWEEP = ("sweep", "study=smoke", "precision=0.02", "rounds=0", "sigma=[1.0]", "samples=[1,10]")
TABLES = ("statistics.csv", "ratios.csv")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    with processes(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture(autouse=True)
def tables_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    without_report(monkeypatch)


def at(cluster: Processes) -> tuple[str, ...]:
    return "executor=dask", f"executor.address='{cluster.address}'", "executor.wait_s=30"


def sweep(folder: Path, *words: str) -> Outcome:
    return command(*SWEEP, f"output={folder}", *words)


def test_a_sweep_has_the_same_bytes_and_says_nothing_of_the_cluster(tmp_path: Path, cluster: Processes) -> None:
    for name, words in (("serial", ("executor=serial",)), ("dask", at(cluster))):
        outcome = sweep(tmp_path, f"name={name}", *words)
        assert outcome.code == 0, outcome.err
        assert "distributed" not in outcome.err
    for table in TABLES:
        assert (tmp_path / "dask" / table).read_bytes() == (tmp_path / "serial" / table).read_bytes()
    manifest = (tmp_path / "dask" / "manifest.json").read_text()
    assert "tcp://HOST:PORT" in manifest
    assert cluster.address not in manifest


def test_a_fit_has_the_same_bytes(tmp_path: Path, cluster: Processes) -> None:
    for name, words in (("serial", ()), ("dask", at(cluster))):
        fitted(tmp_path / name, *SMALL, "replicates=40", *words)
    assert numbers(tmp_path / "dask") == numbers(tmp_path / "serial")


def test_a_users_files_are_sent(tmp_path: Path, cluster: Processes) -> None:
    """Plug-ins that call back into Python, where a kernel of one process knows its function by a place of its own."""
    words = (plugin_files("examples/pilot_baseline.py", "examples/black_box.py"), "objective=[black_box]")
    words = (*words, "estimator=[score_function,pilot_baseline]", "precision=10")
    for name, executor in (("serial", ("executor=serial",)), ("dask", at(cluster))):
        outcome = sweep(tmp_path, f"name={name}", *words, *executor)
        assert outcome.code == 0, outcome.err
    for table in TABLES:
        assert (tmp_path / "dask" / table).read_bytes() == (tmp_path / "serial" / table).read_bytes()


def test_workers_of_other_sources_are_refused(
    tmp_path: Path, cluster: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = supplies.deciding
    monkeypatch.setattr(supplies, "deciding", lambda plugins: real(plugins) | {"sources": "0" * 64})
    line = one_line(sweep(tmp_path, "name=run", *at(cluster)))
    assert line.startswith("executor: the worker tcp://127.0.0.1:")
    assert " differs in what decides digits: sources 000000000000 here, " in line


def test_workers_of_another_compiler_are_refused(
    tmp_path: Path, cluster: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_LOOP_VECTORIZE", "1")
    line = one_line(sweep(tmp_path, "name=run", *at(cluster)))
    assert "digits: NUMBA_LOOP_VECTORIZE 1 here, None there; allowed: " in line


class Pretended(Cluster):
    """Workers whose items take a given time, and the tasks that they were given."""

    def __init__(self, threads: int, item_s: float) -> None:
        self.client, self.registry, self.sent, self.sent_supplies = Mock(), Registry(), None, b""
        self.threads, self.seen, self.item_s, self.takes_s = threads, math.inf, {}, item_s
        self.sizes: list[int] = []
        self.most = self.under_way = 0

    def _submit(self, function: Callable[..., Any], *arguments: Any) -> Any:
        if function is worker.kept:
            return arguments[0]
        items = pickle.loads(arguments[2])
        self.sizes.append(len(items))
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        return items

    def _result(self, future: Any) -> worker.Done:
        self.under_way -= 1
        return worker.Done(future, self.takes_s if len(future) > 1 else None)


@pytest.mark.parametrize("item_s", [1e-6, 0.004, 0.07, 3.0])
@pytest.mark.parametrize("threads", [1, 2, 1000])
def test_tasks_are_worth_their_way_and_few_are_under_way(threads: int, item_s: float) -> None:
    pretended = Pretended(threads, item_s)
    for _ in range(2):
        assert list(pretended.map(abs, range(10_000))) == list(range(10_000))
    probes = min(threads, 5000)
    assert pretended.sizes[:probes] == [2] * probes
    *several, _ = pretended.sizes[probes:]
    whole = [size for size in several if size * item_s < LEAST_S]
    assert len(whole) <= 1  # the rest of the first map
    assert pretended.most <= min(MOST_TASKS, 4 * threads)


def test_nothing_of_the_cluster_is_left_when_times_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[list[str]] = []
    real = sweep_command.timing_rows

    def timed(*arguments: object) -> object:
        commands = [" ".join(child.cmdline()) for child in psutil.Process().children(recursive=True)]
        left.append([line for line in commands if "spawn_main" in line])
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(sweep_command, "timing_rows", timed)
    outcome = sweep(tmp_path, "name=run", "executor=dask", "executor.workers=1", "precision=10")
    assert outcome.code == 0, outcome.err
    assert left == [[]]
    assert rows(tmp_path / "run")


def test_a_network_is_not_for_a_cluster() -> None:
    line = one_line(command("fit", "objective=vae", "executor=dask", "dry_run=true"))
    assert line.startswith("executor='dask' is not allowed; allowed: serial, threads; the fits of objective=[vae] are")


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delattr(bench.cluster, "run")
    monkeypatch.setitem(sys.modules, "bench.cluster.run", None)
    line = one_line(sweep(tmp_path, "name=run", "executor=dask"))
    assert line == "executor=dask needs Dask distributed, which is not installed; pip install 'mcgrad-bench[cluster]'"


@pytest.mark.parametrize(
    "word", ["executor.address=here", "executor.workers=0", "executor.wait_s=-1", "executor.port=1"]
)
def test_a_bad_parameter_is_one_line(word: str, tmp_path: Path) -> None:
    assert word.partition("=")[0] in one_line(sweep(tmp_path, "name=run", "executor=dask", word))
    assert list(tmp_path.iterdir()) == []
