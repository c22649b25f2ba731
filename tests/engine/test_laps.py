"""Laps: what the journal holds is not run again, and what is run again is the same to the bit."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench.engine import blocks
from bench.engine import laps as laps_module
from bench.engine.blocks import Assignment
from bench.engine.journal import Journal
from bench.engine.laps import Context, Laps, positions_of
from bench.plan.streams import Job, Stream
from bench.spec import Floats
from tests.support.streams import PER_DATUM, at_sigma, plan_of, stream_of, with_block

DATA = {3: np.array([0.5, -1.0, 2.0])}


def grid(sigmas: tuple[float, ...], samples: tuple[int, ...], estimators: tuple[str, ...]) -> Stream:
    cells = [replace(at_sigma(PER_DATUM, sigma), samples=k) for sigma in sigmas for k in samples]
    return with_block(stream_of(cells, estimators), 2048)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Jobs that each block was run for."""
    ran: list[int] = []
    real = blocks.run

    def run(assignment: Assignment, block: int) -> list[Floats]:
        ran.append(sum(len(subgrid.jobs) for subgrid in assignment.stream.subgrids))
        return real(assignment, block)

    monkeypatch.setattr(blocks, "run", run)
    return ran


def totals(
    stream: Stream, journal: Journal, seed: int = 0, fingerprint: str = "", stages: tuple[int, ...] = (0, 1, 2)
) -> dict[object, Floats]:
    laps = Laps(stream, plan_of(stream, DATA), Context(seed, map, journal, fingerprint, lambda *state: None))
    for done, goal in itertools.pairwise(stages):
        laps.advance(done, goal, goal, "")
    return {job: laps.totals[g][(slice(None), *at)] for job, (g, at) in positions_of(stream).items()}


FEW = ((0.5,), (1, 10), ("pathwise", "score_function"))


def test_a_finished_lap_is_not_run_again(tmp_path: Path, counted: list[int]) -> None:
    with Journal(tmp_path) as journal:
        first = totals(grid(*FEW), journal)
    ran = len(counted)
    with Journal(tmp_path) as journal:
        again = totals(grid(*FEW), journal)
    assert ran == 2 * 64
    assert len(counted) == ran + 1  # the first block, to be compared
    assert all(np.array_equal(first[job], again[job]) for job in first)


@pytest.mark.parametrize(
    ("more", "new"),
    [
        (((0.5, 2.0), *FEW[1:]), 4),
        ((FEW[0], (1, 10, 64), FEW[2]), 2),
        ((*FEW[:2], ("pathwise", "score_function", "score_function_local")), 2),
    ],
)
def test_a_wider_grid_runs_what_is_new_and_nothing_else(
    more: tuple[tuple[float, ...], tuple[int, ...], tuple[str, ...]], new: int, tmp_path: Path, counted: list[int]
) -> None:
    with Journal(tmp_path) as journal:
        first = totals(grid(*FEW), journal)
        counted.clear()
        wider = totals(grid(*more), journal)
    assert counted[0] == 4  # the first block of what was found
    assert set(counted[1:]) == {new}
    with Journal(None) as journal:
        fresh = totals(grid(*more), journal)
    assert all(np.array_equal(first[job], wider[job]) for job in first)
    assert all(np.array_equal(fresh[job], wider[job]) for job in fresh)


def test_a_longer_stage_goes_on_from_where_an_earlier_run_was(tmp_path: Path, counted: list[int]) -> None:
    with Journal(tmp_path) as journal:
        totals(grid(*FEW), journal, stages=(0, 1, 3))
        counted.clear()
        longer = totals(grid(*FEW), journal, stages=(0, 1, 5))
    assert len(counted) == 2 * 64 + 1
    with Journal(None) as journal:
        fresh = totals(grid(*FEW), journal, stages=(0, 1, 5))
    assert all(np.array_equal(fresh[job], longer[job]) for job in fresh)


class Crash(Exception):
    """Something that ends a sweep."""


@pytest.mark.parametrize("interval_s", [0.0, 1000.0])
def test_a_stage_that_was_broken_off_goes_on_from_its_last_entry(
    interval_s: float, tmp_path: Path, counted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(laps_module, "JOURNAL_INTERVAL_S", interval_s)
    real = Laps._run

    def broken(
        laps: Laps, assignment: Assignment, lap: int, results: Iterator[list[Floats]], left: int, note: str
    ) -> Iterator[tuple[Job, Floats]]:
        if lap == 4:
            raise Crash
        return real(laps, assignment, lap, results, left, note)

    with Journal(tmp_path) as journal:
        monkeypatch.setattr(Laps, "_run", broken)
        with pytest.raises(Crash):
            totals(grid(*FEW), journal, stages=(0, 1, 6))
        monkeypatch.setattr(Laps, "_run", real)
        counted.clear()
        resumed = totals(grid(*FEW), journal, stages=(0, 1, 6))
        laps = {stage for _, stage in journal.connection.execute("SELECT key, stage FROM entries")}
    assert len(counted) == (2 if interval_s == 0 else 5) * 64 + 1
    assert laps == {1, 6}
    with Journal(None) as journal:
        fresh = totals(grid(*FEW), journal, stages=(0, 1, 6))
    assert all(np.array_equal(fresh[job], resumed[job]) for job in fresh)


def test_another_seed_or_fingerprint_is_another_entry(tmp_path: Path, counted: list[int]) -> None:
    with Journal(tmp_path) as journal:
        totals(grid(*FEW), journal)
        for other in ({"seed": 1}, {"fingerprint": "edited"}):
            counted.clear()
            totals(grid(*FEW), journal, **other)  # type: ignore[arg-type]
            assert len(counted) == 2 * 64


def test_an_entry_that_is_not_found_again_is_computed_anew(
    tmp_path: Path, counted: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    """Its key lacked an input, or the file was written by hand: the numbers of the program that runs now stand."""
    with Journal(tmp_path) as journal:
        first = totals(grid(*FEW), journal)
        key, laps, content = journal.connection.execute("SELECT key, stage, content FROM entries").fetchone()
        numbers = np.frombuffer(content).copy()
        numbers[0] += 1e-9
        journal.write({key: numbers.tobytes()}, laps)
    counted.clear()
    with Journal(tmp_path) as journal:
        again = totals(grid(*FEW), journal)
    assert counted[0] == 4
    assert counted[1:] == [1] * 64  # of the lap that was changed
    assert "1 results of an earlier run are not found again" in capsys.readouterr().err
    assert all(np.array_equal(first[job], again[job]) for job in first)


def test_what_is_summarised_of_the_data_is_in_the_key(tmp_path: Path) -> None:
    """f may read the data otherwise than before: its summary is made by Python code."""

    def keys(factor: float) -> set[bytes]:
        stream = grid(*FEW)
        (subgrid,) = stream.subgrids
        form = subgrid.form._replace(summarise=lambda x: factor * x)
        scaled = replace(stream, subgrids=(replace(subgrid, form=form),))
        with Journal(None) as journal:
            return set(Laps(scaled, plan_of(scaled, DATA), Context(0, map, journal, "", lambda *s: None)).keys.values())

    assert keys(1.0) == keys(1.0)
    assert not keys(1.0) & keys(2.0)
