"""The clock of steps: positive, and read again where it was written."""

from pathlib import Path

import numpy as np

from bench.descent.clock import step_seconds
from bench.engine.journal import Journal
from tests.support.descents import assigned


def test_seconds_of_a_step_are_kept(tmp_path: Path) -> None:
    assignment = assigned("samples=[1]", "learning_rate=[10.0]")
    with Journal(tmp_path) as journal:
        first = step_seconds(assignment, 5, journal, "fingerprint")
        again = step_seconds(assignment, 5, journal, "fingerprint")
        few = step_seconds(assignment, 4, journal, "fingerprint")
    assert first.tobytes() == again.tobytes()
    assert (first > 1e-9).all()
    assert (first < 1e-3).all()
    assert np.isfinite(few[:, 0]).all()
    assert np.isnan(few[:, 1:]).all()


def test_no_time_without_rounds() -> None:
    with Journal(None) as journal:
        assert np.isnan(step_seconds(assigned("samples=[1]"), 0, journal, "")).all()
