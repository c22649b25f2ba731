"""Blocks side by side on threads (executor.workers of them, null for one a core): kernels release the lock."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from bench.config.checks import whole
from bench.spec import Executor


def run(function: Callable[[Any], Any], items: Iterable[Any], workers: int | None = None) -> Iterator[Any]:
    """function of each item, in the order of the items; a few are under way ahead, so results do not pile up."""
    workers = len(os.sched_getaffinity(0)) if workers is None else whole("executor.workers", workers)
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
