"""Executors: the results in the order of the items, whoever finishes first."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bench import registry
from bench.errors import BadInput
from bench.executors import threads


def uneven(item: int) -> int:
    """Early items take longest."""
    time.sleep(0.002 * (7 - item % 8))
    return item * item


PACKAGE = registry.load(kinds=["executor"])
Map = Callable[..., Iterator[Any]]


@pytest.fixture(scope="module", params=PACKAGE.plugins["executor"])
def mapping(request: pytest.FixtureRequest) -> Iterator[Map]:
    executor = PACKAGE.get("executor", request.param)
    two = {"workers": 2} if "workers" in executor.parameters else {}
    with executor.running(registry.Registry(), **{**executor.parameters, **two}) as running:
        yield running


def test_every_executor_gives_the_results_in_order(mapping: Map) -> None:
    assert list(mapping(uneven, range(20))) == [item * item for item in range(20)]
    assert list(mapping(uneven, ())) == []


def test_every_executor_passes_errors_on_and_works_along(mapping: Map) -> None:
    def failing(item: int) -> float:
        return 1 / (3 - item)

    with pytest.raises(ZeroDivisionError):
        list(mapping(failing, range(8)))
    assert list(mapping(abs, [-1])) == [1]


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
