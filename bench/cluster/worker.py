"""What happens in the process of a worker: plug-ins are loaded once, kernels linked once, then blocks are run."""

import functools
import pickle
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.cluster.parcel import unpacked
from bench.cluster.supplies import Loaded, Loader
from bench.errors import BadInput, BenchError

LOADER = Loader()
LOADING = threading.Lock()  # a worker may have several threads


@dataclass(frozen=True, slots=True)
class Done:
    """The results of a task, and what the work of an item took."""

    results: list[Any]
    item_s: float | None  # of those that linked nothing; None where there are none


@dataclass(slots=True)
class Ready:
    """A function in this process: the first item is done alone, for it links the kernels of all others."""

    function: Callable[[Any], Any]
    linking: Any = field(default_factory=threading.Lock)
    linked: bool = False

    def run(self, items: Sequence[Any]) -> Done:
        """The function of each item."""
        first: list[Any] = []
        with self.linking:
            if not self.linked:
                first, self.linked = [self.function(items[0])], True
        begin, others = time.perf_counter(), items[len(first) :]
        results = [self.function(item) for item in others]
        return Done(first + results, (time.perf_counter() - begin) / len(others) if others else None)


def kept(content: bytes) -> bytes:
    """What is sent as a task of its own: a worker asks for it once, and it is not lost with a worker."""
    return content


def differences(supplies: bytes) -> tuple[str, ...]:
    """In words, what decides digits and is not the same here."""
    with LOADING:
        return _loaded(supplies).differences


def run(supplies: bytes, function: bytes, items: bytes) -> Done:
    """A task: a function of several items.

    A worker that came later is refused here, as those of the beginning were; an error is told as on the client.
    """
    with LOADING:
        loaded = _loaded(supplies)
        if loaded.differences:
            raise refused(loaded.differences)
        ready = _ready(supplies, function)
    try:
        return ready.run(pickle.loads(items))
    except BenchError as error:
        if not loaded.root:
            raise
        raise type(error)(str(error).replace(loaded.root, "")) from error


def refused(told: Sequence[str], address: str = "") -> BadInput:
    """The line about a worker that could give other digits."""
    return BadInput(
        f"executor: {f'the worker {address}' if address else 'a worker'} differs in what decides digits: "
        f"{'; '.join(told)}; allowed: the same version of the package, of its libraries and of the processor"
    )


@functools.lru_cache(maxsize=1)  # of one command
def _loaded(supplies: bytes) -> Loaded:
    return LOADER.load(pickle.loads(supplies))


@functools.lru_cache(maxsize=4)
def _ready(supplies: bytes, function: bytes) -> Ready:
    return Ready(unpacked(function, _loaded(supplies).registry))
