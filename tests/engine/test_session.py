"""A session: when it began, where, and the seconds of its phases, also of the one that is running."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from bench.engine.session import Session


def test_it_tells_when_and_where_it_began() -> None:
    session = Session({"model": "A CPU"})
    record = session.record()
    assert (record["cpu"], record["phases"]) == ({"model": "A CPU"}, {})
    assert abs(datetime.now(UTC) - datetime.fromisoformat(record["start"])) < timedelta(hours=1)


def test_a_phase_counts_while_it_runs_and_no_more_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([10.0, 12.5, 13.0, 20.0, 21.0])
    monkeypatch.setattr(time, "perf_counter", lambda: next(clock))
    session = Session({})
    with session.phase("sampling"):
        assert session.record()["phases"] == {"sampling": 2.5}
    assert session.record()["phases"] == {"sampling": 3.0}
    with session.phase("timing"):
        pass
    assert session.record()["phases"] == {"sampling": 3.0, "timing": 1.0}


def test_a_phase_that_fails_is_counted_as_running(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session({})
    with pytest.raises(RuntimeError), session.phase("oracle"):
        raise RuntimeError
    assert "oracle" in session.record()["phases"]
