"""Paths: the same bits after any interruption and on any executor; what was written is not walked again."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from bench.descent import blocks, paths
from bench.descent.learners import checkpoints
from bench.engine.journal import Journal
from bench.engine.laps import Context
from bench.executors.threads import run as threads
from tests.support.descents import grouped

WORDS = "learning_rate=[0.0001]", "steps=2500", "samples=[1]", "checkpoints=5", "objective=[gaussian_kl]"


BLOCKS = 3  # of 40 replicates


class Killed(Exception):
    """The end of a process, as far as its journal can tell."""


def walk(
    folder: Path | None, execute: Callable[..., Iterable[Any]] = map, legs: int | None = None, more: Sequence[str] = ()
) -> list[bytes]:
    """All bits of the paths; killed after so many legs."""
    learning, plan, (group,) = grouped(*WORDS, *more)
    left = iter(range(legs if legs is not None else 10**9))

    def progress(made: int, to_go: int, note: str) -> None:
        if next(left, None) is None:
            raise Killed

    with Journal(folder) as journal:
        context = Context(0, execute, journal, "fingerprint", progress)
        recorded = checkpoints(learning.steps, learning.checkpoints)
        several = paths.run(paths.assignment_of(group, plan, recorded, context), 40, context)
    return [array.tobytes() for path in several for array in (path.theta, path.left, path.estimates)]


def noted(monkeypatch: pytest.MonkeyPatch) -> list[blocks.Leg]:
    """The legs that will be walked from now on."""
    legs_walked: list[blocks.Leg] = []
    run = blocks.run

    def noting(assignment: Any, leg: blocks.Leg) -> Any:
        legs_walked.append(leg)
        return run(assignment, leg)

    monkeypatch.setattr(blocks, "run", noting)
    return legs_walked


def test_threads_take_the_same_way() -> None:
    assert walk(None) == walk(None, threads)


@pytest.mark.parametrize("legs", [1, 2, 5, 7, 10])
@pytest.mark.thinned(3)
def test_a_walk_that_was_killed_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, legs: int
) -> None:
    with pytest.raises(Killed):
        walk(tmp_path, legs=legs)
    legs_walked = noted(monkeypatch)
    assert walk(tmp_path) == walk(None)
    anew = BLOCKS if legs >= BLOCKS else 2 * BLOCKS  # those without a journal; and where no leg was written
    assert [leg.first for leg in legs_walked].count(0) == anew


def test_a_finished_walk_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = walk(tmp_path)

    def never(assignment: Any, leg: Any) -> Any:
        raise AssertionError("a leg was walked again")

    monkeypatch.setattr(blocks, "run", never)
    assert walk(tmp_path) == first


def test_another_estimator_does_not_walk_those_again_that_there_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = walk(tmp_path, more=["estimator=[score_function]"])
    legs_walked = noted(monkeypatch)
    both = walk(tmp_path, more=["estimator=[pathwise,score_function]"])
    assert {learner for leg in legs_walked for learner in leg.reached} == {0}
    assert both[3:] == alone
