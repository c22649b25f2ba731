"""Blocks side by side on threads (executor.workers of them, null for one a core): kernels release the lock."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from bench.config.checks import bad, whole
from bench.spec import Executor

MOST_A_CORE = 16  # threads; each takes a megabyte, and more of them than cores gain nothing


def run(function: Callable[[Any], Any], items: Iterable[Any], workers: int | None = None) -> Iterator[Any]:
    """function of each item, in the order of the items; a few are under way ahead, so results do not pile up."""
    cores = len(os.sched_getaffinity(0))
    workers = cores if workers is None else whole("executor.workers", workers)
    if workers > (most := MOST_A_CORE * cores):
        raise bad("executor.workers", workers, f"1 to {most}, {MOST_A_CORE} for each core here, or null for one a core")
    pool = ThreadPoolExecutor(workers)
    ahead: deque[Future[Any]] = deque()
    try:
        for item in items:
            ahead.append(pool.submit(function, item))
            if len(ahead) > 2 * workers:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


PLUGIN = Executor(name="threads", map=run, parameters={"workers": None})
