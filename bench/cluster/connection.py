"""A connection to a scheduler that is there already, or to one that is started with workers for one command.

Security is Dask's own: certificates in its configuration or in its environment variables are used, and an address of
tls:// asks for them. What is started here listens on the loopback alone.
"""

import contextlib
import logging
import os
from collections.abc import Iterator
from typing import Any

import dask
from distributed import Client, LocalCluster
from distributed.security import Security

from bench.config.checks import ADDRESS, bad, positive, whole
from bench.errors import BenchError
from bench.faults import reason

MOST_A_CORE = 4  # processes; each takes some hundred megabytes, and more of them than cores gain nothing
CERTIFICATES = "DASK_DISTRIBUTED__COMM__TLS__CA_FILE, DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT and ..._KEY"
LOOPBACK = "127.0.0.1"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
SETTINGS = {
    "distributed.admin.large-graph-warning-threshold": "1TB",  # a function goes as one task, and once to each worker
    "distributed.scheduler.active-memory-manager.start": False,
    "distributed.worker.memory.spill": False,
}


def check(address: Any, workers: Any, wait_s: Any) -> None:
    """BadInput where a parameter of the executor is not allowed."""
    if address is not None and not (isinstance(address, str) and ADDRESS.fullmatch(address)):
        raise bad(
            "executor.address", address, "tcp://HOST:PORT or tls://HOST:PORT of a scheduler, or null for one here"
        )
    most = MOST_A_CORE * len(os.sched_getaffinity(0))
    if workers is not None and address is not None:
        raise bad("executor.workers", workers, "null beside executor.address: the cluster has workers of its own")
    if workers is not None and whole("executor.workers", workers) > most:
        raise bad("executor.workers", workers, f"1 to {most}, {MOST_A_CORE} for each core here, or null for one a core")
    positive("executor.wait_s", wait_s)


@contextlib.contextmanager
def connected(address: str | None, workers: int | None, wait_s: float) -> Iterator[Client]:
    """A client of the scheduler, which has a worker; BenchError where it has none in time."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(silent())
        stack.enter_context(dask.config.set(SETTINGS))
        if address is not None and address.startswith("tls:") and not _has_certificates():
            raise bad("executor.address", address, f"tls:// where Dask has certificates: {CERTIFICATES}")
        if address is None:
            address = stack.enter_context(_local(workers or len(os.sched_getaffinity(0))))
        try:
            client = stack.enter_context(Client(address, timeout=wait_s, set_as_default=False))
        except (OSError, ValueError) as error:
            raise BenchError(
                f"executor: no scheduler answers at {address} within {wait_s:g} s; start one there (dask scheduler), "
                f"or wait longer by executor.wait_s ({type(error).__name__})"
            ) from error
        try:
            client.wait_for_workers(1, timeout=wait_s)
        except TimeoutError as error:
            raise no_worker(address, wait_s) from error
        yield client


def _has_certificates() -> bool:
    """Whether Dask's configuration names those of a client."""
    return Security().get_connection_args("client").get("ssl_context") is not None


def no_worker(address: str, wait_s: float) -> BenchError:
    """The line about a cluster without workers."""
    return BenchError(
        f"executor: no worker is connected to {address} for {wait_s:g} s; start some (dask worker {address}), or wait "
        "longer by executor.wait_s; run the same command again to resume"
    )


@contextlib.contextmanager
def _local(workers: int) -> Iterator[str]:
    """The address of a scheduler in this process, with workers in processes of one thread each."""
    try:
        cluster = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host=LOOPBACK,
            dashboard_address=None,
            scheduler_kwargs={"dashboard": False, "dashboard_address": f"{LOOPBACK}:0"},
            memory_limit=0,  # as threads have it
            silence_logs=logging.CRITICAL,
            env=ONE_THREAD,
        )
    except (OSError, RuntimeError, TimeoutError) as error:
        raise BenchError(
            f"executor: no workers could be started here: {reason(error)}; a script that calls bench.sweep does so "
            "below if __name__ == '__main__', for each worker reads it"
        ) from error
    with cluster:
        yield cluster.scheduler_address


@contextlib.contextmanager
def silent() -> Iterator[None]:
    """Without the lines that Dask logs: what a user has to know is said in one line of ours."""
    names = ["distributed", *(name for name in logging.root.manager.loggerDict if name.startswith("distributed."))]
    loggers = [logging.getLogger(name) for name in (*names, "tornado", "asyncio")]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled
