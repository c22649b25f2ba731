"""Connections: bad parameters and clusters that are not there are one line; nothing listens beyond the loopback."""

import logging
import socket

import psutil
import pytest

from bench.cluster.connection import check, connected, silent
from bench.errors import BadInput, BenchError, ExitCode


@pytest.mark.parametrize(
    ("address", "workers", "wait_s", "line"),
    [
        ("node:8786", None, 60, "executor.address='node:8786' is not allowed; allowed: tcp://HOST:PORT or tls://"),
        ("http://node:1", None, 60, "executor.address='http://node:1' is not allowed"),
        (8786, None, 60, "executor.address=8786 is not allowed"),
        ("tcp://node:8786", 2, 60, "executor.workers=2 is not allowed; allowed: null beside executor.address"),
        (None, 0, 60, "executor.workers=0 is not allowed; allowed: a whole number >= 1"),
        (None, 10**6, 60, "executor.workers=1000000 is not allowed; allowed: 1 to "),
        (None, "two", 60, "executor.workers='two' is not allowed"),
        (None, 2, 0, "executor.wait_s=0 is not allowed; allowed: a finite number > 0"),
        (None, 2, "long", "executor.wait_s='long' is not allowed"),
    ],
)
def test_a_parameter_that_is_not_allowed(address: object, workers: object, wait_s: object, line: str) -> None:
    with pytest.raises(BadInput) as raised:
        check(address, workers, wait_s)
    assert str(raised.value).startswith(line)


@pytest.mark.parametrize("address", [None, "tcp://10.0.0.1:8786", "tls://node.cluster:1", "tcp://[::1]:8786"])
def test_parameters_that_are(address: str | None) -> None:
    check(address, None, 0.5)


def test_a_scheduler_that_is_not_there_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"  # nobody listens there
        with pytest.raises(BenchError, match=r"no scheduler answers at tcp://127.*executor\.wait_s") as raised:
            connected(address, None, 0.5).__enter__()
    assert raised.value.exit_code == ExitCode.FAILED
    assert capsys.readouterr().err == ""


def test_an_encrypted_address_without_certificates_is_one_line() -> None:
    with pytest.raises(BadInput, match=r"executor\.address='tls://node:1' is not allowed.*TLS__CA_FILE"):
        connected("tls://node:1", None, 0.5).__enter__()


def test_what_is_started_here_listens_on_the_loopback_alone_and_ends() -> None:
    with connected(None, 1, 60):
        ours = [psutil.Process(), *psutil.Process().children(recursive=True)]
        sockets = [one for process in ours for one in process.net_connections("inet") if one.status == "LISTEN"]
        workers = [process for process in ours if "multiprocessing.spawn" in " ".join(process.cmdline())]
        assert len(sockets) >= 2
        assert {listener.laddr.ip for listener in sockets} == {"127.0.0.1"}
        assert workers
    assert not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in workers)


def test_it_is_silent_only_inside() -> None:
    logger = logging.getLogger("distributed.client")
    with silent():
        assert logger.disabled
    assert not logger.disabled
