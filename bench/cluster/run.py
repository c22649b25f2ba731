"""Hands out the items of a map as tasks, and yields their results in the order of the items.

A task holds as many items as are worth its way, and so many are under way that no worker waits (`sizes`). Results are
never added up on the way, so what the engine makes of them has the same bits.
"""

import contextlib
import hashlib
import itertools
import math
import pickle
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from typing import Any

from distributed import Client, Future, KilledWorker
from distributed.comm import CommClosedError

from bench.cluster import worker
from bench.cluster.connection import check, connected, no_worker
from bench.cluster.parcel import packed
from bench.cluster.sizes import items_of_task, most_tasks
from bench.cluster.supplies import supplies_of
from bench.errors import BadInput, BenchError
from bench.registry import Registry

LOOK_S = 2.0  # between two looks at who works along

LOST = (
    "executor: the scheduler at {address} is gone; run the same command again to resume, there or with executor=threads"
)


class Cluster:
    """A connected client, and what its workers were sent."""

    def __init__(self, client: Client, registry: Registry, wait_s: float) -> None:
        self.client, self.registry, self.wait_s = client, registry, wait_s
        self.address = client.scheduler.address
        self.keys = map(f"bench-{uuid.uuid4().hex}-{{}}".format, itertools.count())
        self.supplies = pickle.dumps(supplies_of(registry))
        self.sent: tuple[str, Future[bytes]] | None = None  # the last function
        self.item_s: dict[str, float] = {}  # by the functions
        self.threads, self.seen = 1, -math.inf  # of all workers, and when they were last counted
        self._require_alike()
        self.sent_supplies = self._kept(self.supplies)

    def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        """The function of each item."""
        name, sent = self._function(packed(function, self.registry))
        left, under_way = deque(items), deque[Future[worker.Done]]()
        try:
            while left or under_way:
                while left and len(under_way) < most_tasks(self._threads(), self.item_s.get(name)):
                    size = min(items_of_task(self.item_s.get(name)), len(left))
                    taken = [left.popleft() for _ in range(size)]
                    under_way.append(self._submit(worker.run, self.sent_supplies, sent, pickle.dumps(taken)))
                done = self._result(under_way.popleft())
                if done.item_s is not None:
                    self.item_s[name] = max(done.item_s, 1e-9)
                yield from done.results
        finally:
            with contextlib.suppress(Exception):  # of a client that has lost its scheduler
                self.client.cancel(list(under_way))

    def _require_alike(self) -> None:
        """BadInput where a worker has other sources, versions or another processor."""
        with self._reached():
            answers = self.client.run(worker.differences, self.supplies, on_error="return")
        for address, told in answers.items():
            if isinstance(told, BadInput):
                raise told
            if isinstance(told, Exception):
                raise BadInput(
                    f"executor: the worker {address} cannot run blocks: {type(told).__name__}: {told}; "
                    "install the same version of this package there"
                )
            if told:
                raise worker.refused(told, address)

    def _function(self, content: bytes) -> tuple[str, Any]:
        """A name for a function, and the task that sends it: the same as before where it is the same."""
        name = hashlib.sha256(content).hexdigest()
        if self.sent is None or self.sent[0] != name:
            self.sent = name, self._kept(content)
        return self.sent

    def _kept(self, content: bytes) -> Any:
        return self._submit(worker.kept, content)

    def _submit(self, function: Callable[..., Any], *arguments: Any) -> Any:
        with self._reached():
            return self.client.submit(function, *arguments, key=next(self.keys), pure=False)

    def _threads(self) -> int:
        """Of all workers there are: some may have come or gone."""
        if time.monotonic() > self.seen + LOOK_S:
            with self._reached():
                self.threads, self.seen = sum(self.client.nthreads().values()), time.monotonic()
        return self.threads

    def _result(self, future: Any) -> worker.Done:
        """What a task gave; its error where it had one."""
        alone_since = None
        while True:
            try:
                done: worker.Done = future.result(timeout=LOOK_S)
                return done
            except KilledWorker as error:
                raise BenchError(
                    "executor: several workers ended while they ran the same block: is there too little memory? "
                    "Run the same command again to resume"
                ) from error
            except (CancelledError, CommClosedError) as error:
                raise BenchError(LOST.format(address=self.address)) from error
            except TimeoutError:
                if future.done():
                    raise
            with self._reached():
                there = self.client.nthreads()
            alone_since = None if there else alone_since or time.monotonic()
            if alone_since and time.monotonic() > alone_since + self.wait_s:
                raise no_worker(self.address, self.wait_s)

    @contextlib.contextmanager
    def _reached(self) -> Iterator[None]:
        """Around what asks the scheduler: BenchError where it does not answer."""
        try:
            yield
        except Exception as error:
            if self.client.status == "running" and not isinstance(error, OSError | CancelledError):
                raise
            raise BenchError(LOST.format(address=self.address)) from error


@contextlib.contextmanager
def opened(
    registry: Registry, address: str | None, workers: int | None, wait_s: float
) -> Iterator[Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]]:
    """A map of functions and items, which are made of the plug-ins of a registry."""
    check(address, workers, wait_s)
    with connected(address, workers, wait_s) as client:
        yield Cluster(client, registry, wait_s).map
