"""Work in two processes: what comes back, what is raised, and what an end of the first one leaves."""

import os
import signal
import subprocess
import sys
from functools import partial

import pytest

from bench.engine.journal import Journal
from bench.errors import BadInput
from bench.report import fork

forks = pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="needs two processors")


def process(item):
    return item, os.getpid()


def fails(where, item):
    if item == where:
        raise BadInput(f"figure {item}: no")
    return item


@pytest.mark.parametrize("count", [0, 1, 2, 3, 6])
def test_results_keep_their_order(count):
    assert [item for item, _ in fork.each(process, range(count))] == list(range(count))


@forks
def test_every_other_item_is_done_by_one_other_process():
    done = fork.each(process, range(4))
    assert done[0][1] == done[2][1] == os.getpid()
    assert done[1][1] == done[3][1] != os.getpid()


def test_one_processor_does_all(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    assert {pid for _, pid in fork.each(process, range(4))} == {os.getpid()}


@pytest.mark.parametrize("where", [0, 1])
def test_an_error_is_raised_wherever_it_happens(where):
    with pytest.raises(BadInput, match=f"figure {where}: no"):
        fork.each(partial(fails, where), range(2))


@forks
def test_a_copy_that_dies_is_an_error():
    def work(item):
        if item == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    with pytest.raises(RuntimeError, match="killed"):
        fork.each(work, range(2))


@forks
def test_a_killed_process_leaves_no_lock(tmp_path):
    """The copy goes on for a moment; the run's lock is free at once."""
    program = (
        "import pathlib, sys, time; from bench.report import fork; from bench.engine.journal import Journal\n"
        "with Journal(pathlib.Path(sys.argv[1])):\n"
        "    fork.each(lambda item: print(item, flush=True) or time.sleep(30), range(2))\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE) as first:
        assert {first.stdout.readline(), first.stdout.readline()} == {b"0\n", b"1\n"}
        copies = subprocess.run(["ps", "-o", "pid=", "--ppid", str(first.pid)], capture_output=True, text=True).stdout
        first.kill()
        first.wait()
        try:
            with Journal(tmp_path):
                pass
        finally:
            for copy in copies.split():
                os.kill(int(copy), signal.SIGKILL)
