"""The compiled loop against the same kernels one after the other: the same noise, estimates, power sums."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pytest

from bench.engine import blocks
from bench.engine.apply import contributions
from bench.engine.case import Case, case_of
from bench.engine.noise import buffer, draw, generators, spans
from bench.engine.pilot import prepared
from bench.engine.program import Program, link, replicates_of
from bench.engine.reduce import POWERS
from bench.engine.workspace import Workspace, workspace
from bench.laws.cases import DATA
from bench.plan.streams import Stream, Subgrid, restricted
from bench.spec import Cell, Floats, Points
from tests.support.layouts import KINDS, LAYOUTS, LOO, OWN, SAMPLES, STREAMS, grid
from tests.support.streams import CELL


class Ran(NamedTuple):
    """A tile that went through every program of a stream, chunk by chunk."""

    stream: Stream
    noise: Floats  # [strips, channels, d, strip] of the tile
    programs: list[Program]
    workspaces: list[Workspace]

    def subgrids(self) -> Iterator[tuple[Subgrid, Program, Workspace]]:
        return zip(self.stream.subgrids, self.programs, self.workspaces, strict=True)


def run(stream: Stream) -> Ran:
    data = {3: DATA} if stream.subgrids[0].objective.uses_data else {}
    programs = [link(stream, subgrid, data) for subgrid in stream.subgrids]
    workspaces = [workspace(stream, program) for program in programs]
    noise, sources, chunks = buffer(stream, 1), generators(stream, 5, 2), []
    for first, strips in spans(stream, 1):
        draw(stream, sources, noise[:strips])
        chunks.append(noise[:strips].copy())
        blocks.run_strips(noise[:strips], first, programs, workspaces)
    return Ran(stream, np.concatenate(chunks), programs, workspaces)


@pytest.fixture(scope="module", params=STREAMS)
def ran(request: pytest.FixtureRequest) -> Ran:
    return run(STREAMS[request.param])


def case(ran: Ran, subgrid: Subgrid, m: int, cell: Cell) -> Case:
    data = DATA[: cell.dataset_size or 0]
    return prepared(case_of(ran.stream, subgrid, subgrid.members[m], cell, data))


def drawn(ran: Ran, applied: Case) -> Floats:
    """[segments, width, coupled, columns] What an estimator makes of every draw of the tile."""
    names = [channel.name for channel in ran.stream.channels]
    rows = [names.index(channel.name) for channel in applied.channels]
    strips = []
    for noise in ran.noise:
        out = contributions(applied, np.ascontiguousarray(noise[rows]))
        strips.append(out.reshape(len(out), ran.stream.coupled, -1))
    length = ran.stream.cut.segment // ran.stream.cut.strip
    return np.array([np.concatenate(strips[i : i + length], axis=2) for i in range(0, len(strips), length)])


def estimates(applied: Case, segments: Floats, samples: int) -> Floats:
    """[rows, replicates] Estimates of so many draws, from what each draw gives: [segments, width, coupled, columns]."""
    joint = not isinstance(applied.rule, Points) and applied.rule.joint
    return from_all_draws(applied, segments, samples) if joint else means(segments, samples)


def from_all_draws(applied: Case, segments: Floats, samples: int) -> Floats:
    """Estimates by weights of all their draws, which the kernel takes as [coupled * columns]."""
    columns = np.concatenate(segments, axis=2)
    width, coupled, length = columns.shape
    replicates = coupled * length // samples
    draws = columns[:, :, : replicates * samples // coupled].reshape(width, -1)
    weights = np.empty(replicates * samples)
    applied.rule.joint(np.ascontiguousarray(draws[0]), samples, weights)  # type: ignore[union-attr, misc]
    return ((weights + applied.adds_score) * draws[1:]).reshape(width - 1, samples, replicates).mean(axis=1)


def means(segments: Floats, samples: int) -> Floats:
    """Means: sums over dependent draws, then factor by factor; from one on that divides no segment, over the tile."""
    width, coupled = segments.shape[1:3]
    sums = segments.sum(axis=2).swapaxes(0, 1)  # [width, segments or 1, columns]
    for factor in factors(samples // coupled):
        if sums.shape[2] % factor:
            sums = sums.reshape(width, 1, -1)
        size = sums.shape[2] // factor
        sums = sums[:, :, : size * factor].reshape(width, -1, factor, size).sum(axis=2)
    return sums.reshape(width, -1) / samples


def factors(number: int) -> list[int]:
    """How sums over so many columns are built up: tens, then the other primes from the smallest."""
    factors = []
    while number % 10 == 0:
        factors.append(10)
        number //= 10
    prime = 2
    while number > 1:
        while number % prime == 0:
            factors.append(prime)
            number //= prime
        prime += 1
    return factors


def beyond_round_off(sums: Floats, expected: Floats, centre: Floats) -> bool:
    """Whether sums[rows, POWERS] are other than the power sums of estimates[rows, replicates] about centre[rows]."""
    deviations, powers = expected - centre[:, np.newaxis], np.arange(1, POWERS + 1)
    right = np.stack([(deviations**power).sum(axis=1) for power in powers], axis=1)
    size = np.stack([(abs(deviations) ** power).sum(axis=1) for power in powers], axis=1)
    return bool(np.any(abs(sums - right) > 1e-10 * size)) or not np.isfinite(sums).all()


@pytest.mark.thinned(2)
def test_power_sums_are_those_of_the_definition(ran: Ran) -> None:
    for subgrid, program, space in ran.subgrids():
        for p, cell in enumerate(subgrid.cells):
            for m, member in enumerate(subgrid.members):
                applied = case(ran, subgrid, m, cell)
                segments = drawn(ran, applied)
                for k, samples in enumerate(subgrid.samples):
                    expected, centre = estimates(applied, segments, samples), program.centre[p, m]
                    assert not beyond_round_off(space.power_sums[p, m, k], expected, centre), (cell, member, samples)


def test_control_an_estimate_that_is_a_millionth_off_is_seen() -> None:
    ran = run(LAYOUTS["one component"])
    subgrid, program, space = next(ran.subgrids())
    applied = case(ran, subgrid, 0, subgrid.cells[0])
    expected = estimates(applied, drawn(ran, applied), subgrid.samples[0])
    expected[1, 3] *= 1 + 1e-6
    assert beyond_round_off(space.power_sums[0, 0, 0], expected, program.centre[0, 0])


def test_a_tile_gives_as_many_estimates_as_are_counted(ran: Ran) -> None:
    for subgrid, _, _ in ran.subgrids():
        replicates = replicates_of(ran.stream, subgrid)
        applied = case(ran, subgrid, 0, subgrid.cells[0])
        segments = drawn(ran, applied)
        assert [estimates(applied, segments, k).shape[1] for k in subgrid.samples] == replicates.tolist()


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_streams_are_what_their_names_say(name: str) -> None:
    stream = LAYOUTS[name]
    assert ("many strips" in name) == (stream.cut.strip < stream.cut.segment)
    assert ("one segment" in name) == (stream.cut.segment == stream.cut.tile)
    assert ("dependent" in name) == (stream.coupled > 1)
    assert ("all draws of an estimate" in name) == (stream.coupled == max(stream.subgrids[0].samples))
    assert ("channels" in name) == (len(stream.channels) > 1)


def test_untied_components_are_reduced_one_by_one_where_a_segment_is_enough() -> None:
    for name, stream in KINDS.items():
        separate = [program.separate[0] for program in run(stream).programs if not program.joint[0]]
        assert set(separate) == {"component by component" in name}, name


def test_every_kind_of_estimator_is_among_the_streams() -> None:
    met = {m.variant.name for stream in STREAMS.values() for subgrid in stream.subgrids for m in subgrid.members}
    assert met >= {*OWN, "pathwise", "score_function", "score_function_local", LOO}


@pytest.mark.parametrize("estimator", ["score_function", LOO])
def test_what_no_job_asks_for_stays_zero_and_changes_nothing_else(estimator: str) -> None:
    stream = grid(CELL, "pathwise", estimator)
    jobs = frozenset(job for job in stream.subgrids[0].jobs if job[0].samples != 64 or job[1].name != estimator)
    (everything,), (fewer,) = run(stream).workspaces, run(restricted(stream, jobs)).workspaces
    left_out = np.zeros(everything.power_sums.shape, dtype=bool)
    left_out[:, 1, SAMPLES.index(64)] = True
    assert np.all(everything.power_sums[left_out] != 0)
    assert np.all(fewer.power_sums[left_out] == 0)
    np.testing.assert_array_equal(fewer.power_sums[~left_out], everything.power_sums[~left_out])
