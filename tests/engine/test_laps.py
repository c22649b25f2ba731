"""Laps: what the journal holds is not run again, and what is run again is the same to the bit."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench.engine import blocks
from bench.engine import laps as lap_room
from bench.engine.blocks import Assignment
from bench.engine.journal import Journal
from bench.engine.laps import Context, Laps, positions_of
from bench.plan.cells import Plan
from bench.plan.streams import Job, Stream, restricted, streams
from bench.spec import Cell, Floats, Variant
from tests.support.cases import EVERYTHING

SQUARED = Variant("squared_error")
DATA = {3: np.array([0.5, -1.0, 2.0])}


def stream_of(sigmas: tuple[float, ...], samples: tuple[int, ...], estimators: tuple[str, ...]) -> Stream:
    cells = [Cell(SQUARED, "per_datum", "iid", 0.3, sigma, 3, k, 3) for sigma in sigmas for k in samples]
    (stream,) = streams([(cell, Variant(name)) for cell in cells for name in estimators], EVERYTHING)
    return replace(stream, block=2048)


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
    stream: Stream, journal: Journal, seed: int = 0, fingerprint: str = "", rounds: tuple[int, ...] = (0, 1, 2)
) -> dict[object, Floats]:
    plan = Plan((), (), {}, (stream,), DATA, "test")
    laps = Laps(stream, plan, Context(seed, map, journal, fingerprint, lambda *state: None))
    for done, goal in itertools.pairwise(rounds):
        laps.advance(done, goal, goal, "")
    return {job: laps.totals[g][(slice(None), *at)] for job, (g, at) in positions_of(stream).items()}


FEW = ((0.5,), (1, 10), ("pathwise", "score_function"))


def test_a_finished_lap_is_not_run_again(tmp_path: Path, counted: list[int]) -> None:
    with Journal(tmp_path) as journal:
        first = totals(stream_of(*FEW), journal)
    ran = len(counted)
    with Journal(tmp_path) as journal:
        again = totals(stream_of(*FEW), journal)
    assert ran == 2 * 64
    assert len(counted) == ran
    assert all(np.array_equal(first[job], again[job]) for job in first)


@pytest.mark.parametrize(
    ("more", "new"),
    [
        (((0.5, 2.0), *FEW[1:]), 4),
        ((FEW[0], (1, 10, 64), FEW[2]), 2),
        ((*FEW[:2], ("pathwise", "score_function", "score_function_local")), 2),
    ],
)
def test_a_wider_grid_runs_what_is_new_and_nothing_else(more, new: int, tmp_path: Path, counted: list[int]) -> None:  # type: ignore[no-untyped-def]
    with Journal(tmp_path) as journal:
        first = totals(stream_of(*FEW), journal)
        counted.clear()
        wider = totals(stream_of(*more), journal)
    assert set(counted) == {new}
    with Journal(None) as journal:
        fresh = totals(stream_of(*more), journal)
    assert all(np.array_equal(first[job], wider[job]) for job in first)
    assert all(np.array_equal(fresh[job], wider[job]) for job in fresh)


def test_a_longer_round_goes_on_from_where_an_earlier_run_was(tmp_path: Path, counted: list[int]) -> None:
    with Journal(tmp_path) as journal:
        totals(stream_of(*FEW), journal, rounds=(0, 1, 3))
        counted.clear()
        longer = totals(stream_of(*FEW), journal, rounds=(0, 1, 5))
    assert len(counted) == 2 * 64
    with Journal(None) as journal:
        fresh = totals(stream_of(*FEW), journal, rounds=(0, 1, 5))
    assert all(np.array_equal(fresh[job], longer[job]) for job in fresh)


class Crash(Exception):
    """Something that ends a sweep."""


@pytest.mark.parametrize("every", [0.0, 1000.0])
def test_a_round_that_was_broken_off_goes_on_from_its_last_entry(
    every: float, tmp_path: Path, counted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lap_room, "EVERY_S", every)
    real = Laps._run

    def broken(laps: Laps, assignment: Assignment, lap: int, left: int, note: str) -> Iterator[tuple[Job, Floats]]:
        if lap == 4:
            raise Crash
        return real(laps, assignment, lap, left, note)

    with Journal(tmp_path) as journal:
        monkeypatch.setattr(Laps, "_run", broken)
        with pytest.raises(Crash):
            totals(stream_of(*FEW), journal, rounds=(0, 1, 6))
        monkeypatch.setattr(Laps, "_run", real)
        counted.clear()
        resumed = totals(stream_of(*FEW), journal, rounds=(0, 1, 6))
        stages = {stage for _, stage in journal.connection.execute("SELECT key, stage FROM entries")}
    assert len(counted) == (2 if every == 0 else 5) * 64
    assert stages == {1, 6}
    with Journal(None) as journal:
        fresh = totals(stream_of(*FEW), journal, rounds=(0, 1, 6))
    assert all(np.array_equal(fresh[job], resumed[job]) for job in fresh)


def test_another_seed_or_fingerprint_is_another_unit(tmp_path: Path, counted: list[int]) -> None:
    with Journal(tmp_path) as journal:
        totals(stream_of(*FEW), journal)
        for other in ({"seed": 1}, {"fingerprint": "edited"}):
            counted.clear()
            totals(stream_of(*FEW), journal, **other)  # type: ignore[arg-type]
            assert len(counted) == 2 * 64


def test_a_restricted_stream_keeps_its_noise_and_the_order_of_its_jobs() -> None:
    whole = stream_of((0.5, 2.0), (1, 10), ("pathwise", "score_function"))
    jobs = list(positions_of(whole))
    kept = frozenset(job for job in jobs if job[0].sigma == 2.0 and job[1].name == "pathwise")
    part = restricted(whole, kept)
    assert list(positions_of(part)) == [job for job in jobs if job in kept]
    assert replace(part, subgrids=()) == replace(whole, subgrids=())
