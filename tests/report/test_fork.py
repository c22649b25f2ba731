"""Work in two processes: what comes back, what is raised, and what an end of the first one leaves."""

import contextlib
import multiprocessing
import os
import select
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from bench.engine.journal import Journal
from bench.errors import BadInput
from bench.report import fork

forks = pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="needs two processors")


@pytest.fixture(autouse=True)
def _nothing_is_loaded_that_forbids_a_copy(monkeypatch):
    """What other tests have loaded is not used here."""
    for library in fork.UNFORKABLE:
        monkeypatch.delitem(sys.modules, library, raising=False)


def process(item):
    return item, os.getpid()


def fails(where, item):
    if item == where:
        raise BadInput(f"figure {item}: no")
    return item


@pytest.mark.parametrize("count", [0, 1, 2, 3, 6])
def test_results_keep_their_order(count):
    assert [item for item, _ in fork.each(process, range(count))] == list(range(count))


@pytest.mark.parametrize("library", ["jax", "torch"])
def test_no_copy_is_made_beside_libraries_whose_threads_hold_locks(monkeypatch, library):
    monkeypatch.setitem(sys.modules, library, sys)
    assert {pid for _, pid in fork.each(process, range(4))} == {os.getpid()}


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
def test_the_copy_leaves_a_file_that_is_closed_on_forks_to_the_first_process(tmp_path):
    """While it lives; the lock of a run is such a file."""
    with Journal(tmp_path):
        first, copy = fork.each(open_files, range(2))
    lock = str(tmp_path / "journal.lock")
    assert lock in first
    assert lock not in copy


def open_files(item):
    folder = Path("/proc/self/fd")
    return {os.readlink(link) for link in folder.iterdir() if link.is_symlink()}


DRAWING = """
import os, pathlib, sys, time
from bench.engine.journal import Journal
from bench.report import fork

def work(item):
    os.write(1, bytes([48 + item, 10]))  # a digit and the line's end at once: two processes share the pipe
    while True:
        {step}

with Journal(pathlib.Path(sys.argv[1])):
    fork.each(work, range(2))
"""


@pytest.fixture(params=["time.sleep(0.1)", "pass"], ids=["waiting", "computing"])
def drawing(request, tmp_path):
    """A process that works without end, and its copy too."""
    command = [sys.executable, "-c", DRAWING.format(step=request.param), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as first:
        copies = ""
        try:
            assert {first.stdout.readline(), first.stdout.readline()} == {b"0\n", b"1\n"}
            listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(first.pid)], capture_output=True, text=True)
            copies = listed.stdout
            yield first
        finally:
            for process in (first.pid, *map(int, copies.split())):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)


@forks
def test_a_killed_process_leaves_no_lock(drawing, tmp_path):
    drawing.kill()
    drawing.wait()
    with Journal(tmp_path):
        pass


@forks
def test_a_killed_process_leaves_no_copy_that_holds_its_output(drawing):
    """Who reads the output sees its end within two seconds."""
    drawing.kill()
    readable, _, _ = select.select([drawing.stdout], [], [], 2.0)
    assert readable
    assert drawing.stdout.read() == b""


@forks
@pytest.mark.parametrize("where", [0, 1])
def test_after_an_error_no_copy_is_left(where):
    with pytest.raises(BadInput):
        fork.each(partial(fails, where), range(6))
    assert multiprocessing.active_children() == []


@forks
def test_the_copy_leaves_ctrl_c_to_the_first_process():
    assert fork.each(lambda item: signal.getsignal(signal.SIGINT), range(2))[1] == signal.SIG_IGN


@forks
def test_what_is_done_alone_ends_alone(tmp_path):
    assert fork.alone(process, 3, 60)[1] != os.getpid()
    assert fork.alone(lambda item: os._exit(item), 0, 60) is None
    assert fork.alone(lambda item: signal.pause(), 0, 1) is None
    with pytest.raises(BadInput, match="figure 1: no"):
        fork.alone(partial(fails, 1), 1, 60)
    assert multiprocessing.active_children() == []


def test_beside_libraries_whose_threads_hold_locks_it_is_done_here(monkeypatch):
    monkeypatch.setitem(sys.modules, "jax", sys)
    assert fork.alone(process, 3, 60) == (3, os.getpid())
