"""Executors: the results in the order of the items, whoever finishes first."""

import threading
import time
from collections.abc import Iterator

import pytest

from bench.errors import BadInput
from bench.executors import threads
from bench.registry import Registry


def uneven(item: int) -> int:
    """Early items take longest."""
    time.sleep(0.002 * (7 - item % 8))
    return item * item


def test_every_executor_gives_the_results_in_order(plugins: Registry) -> None:
    for executor in plugins.plugins["executor"].values():
        parameters = dict(executor.parameters)
        assert list(executor.map(uneven, range(20), **parameters)) == [item * item for item in range(20)]
        assert list(executor.map(uneven, (), **parameters)) == []


def test_every_executor_passes_errors_on(plugins: Registry) -> None:
    def failing(item: int) -> float:
        return 1 / (3 - item)

    for executor in plugins.plugins["executor"].values():
        with pytest.raises(ZeroDivisionError):
            list(executor.map(failing, range(8), **executor.parameters))


@pytest.mark.parametrize("workers", [1, 3])
def test_threads_work_side_by_side_and_not_far_ahead(workers: int) -> None:
    taken: list[int] = []
    seen: set[int] = set()

    def items() -> Iterator[int]:
        for item in range(100):
            taken.append(item)
            yield item

    def work(item: int) -> None:
        seen.add(threading.get_ident())
        time.sleep(0.001)

    for done, _ in enumerate(threads.run(work, items(), workers)):
        assert len(taken) - done <= 2 * workers + 1
    assert len(seen) == workers
    assert threading.get_ident() not in seen


def test_an_interrupted_caller_does_not_wait() -> None:
    started, release, finished = threading.Event(), threading.Event(), []

    def work(item: int) -> None:
        if item > 0:
            started.set()
            release.wait(5)
            finished.append(item)

    running = threads.run(work, range(10), 1)
    next(running)
    assert started.wait(5)
    running.close()
    assert finished == []
    release.set()


@pytest.mark.parametrize("workers", [0, -1, 1.5, "two", 100_000, 10**30])
def test_threads_need_workers(workers: object) -> None:
    with pytest.raises(BadInput, match=r"^executor.workers="):
        list(threads.run(abs, [], workers))  # type: ignore[arg-type]
