"""Blocks on the workers of a Dask cluster: at executor.address, else on processes here (executor.workers of them).

Requires Dask distributed, the extra [cluster]. docs/scale.md says how a cluster is started.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bench.errors import BadInput
from bench.registry import Registry
from bench.spec import Executor


def _cluster() -> Any:
    """The room that knows Dask; BadInput where it is not installed."""
    try:
        from bench.cluster import run
    except ImportError as error:
        raise BadInput(
            "executor=dask needs Dask distributed, which is not installed; pip install 'mcgrad-bench[cluster]'"
        ) from error
    return run


@contextlib.contextmanager
def opened(registry: Registry, **parameters: Any) -> Iterator[Callable[..., Iterator[Any]]]:
    """A cluster around all that a command runs."""
    with _cluster().opened(registry, **parameters) as run:
        yield run


def run(function: Callable[[Any], Any], items: Iterable[Any], **parameters: Any) -> Iterator[Any]:
    """function of each item, in the order of the items, on a cluster for this alone."""
    _cluster().check(**parameters)
    if several := list(items):
        with opened(Registry(), **parameters) as on_cluster:
            yield from on_cluster(function, several)


PLUGIN = Executor(name="dask", map=run, opened=opened, parameters={"address": None, "workers": None, "wait_s": 60})
