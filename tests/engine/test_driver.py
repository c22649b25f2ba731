"""The compiled loop against plain NumPy: the same noise, the same estimates, the same power sums."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest

from bench.engine import driver
from bench.engine.noise import buffer, draw, generators, spans
from bench.engine.program import Program, Workspace, link, replicates_of, workspace
from bench.engine.reduce import POWERS
from bench.oracle.apply import Case, combine, evaluate
from bench.plan.streams import Stream, Subgrid, channels_of, restricted
from bench.plan.tiling import segment_of, strip_of
from bench.spec import Cell, Estimator, Floats, Variant
from tests.support.cases import DATA, EVERYTHING, SIGMA
from tests.support.streams import CELL, stream_of

SAMPLES = (2, 7, 10, 14, 64, 700, 1000)


def grid(cell: Cell, *estimators: str) -> Stream:
    """The stream of these estimators at two values of sigma and all SAMPLES, with the smallest tile."""
    coupled = EVERYTHING.get("sampler", cell.sampler).coupled
    samples = [k for k in SAMPLES if k % coupled == 0]
    cells = [replace(cell, sigma=sigma, samples=k) for sigma in (SIGMA, 2 * SIGMA) for k in samples]
    return stream_of(cells, estimators)


def cosine(dimension: int) -> Cell:
    phi = (1.3, float(dimension))
    return replace(CELL, objective=Variant("cosine", phi), dataset_size=None, dimension=dimension)


PER_DATUM = replace(CELL, latent="per_datum", dimension=3)
STREAMS = {
    "one component": grid(CELL, "pathwise", "score_function", "leave_one_out"),
    "many strips": grid(cosine(60), "pathwise", "score_function", "leave_one_out"),
    "dependent draws": grid(replace(CELL, sampler="antithetic"), "pathwise", "score_function"),
    "dependent draws, many strips": grid(replace(cosine(60), sampler="antithetic"), "pathwise", "second_order"),
    "one segment, many strips": grid(cosine(80), "pathwise", "leave_one_out"),
    "channels and evaluations of their own": grid(PER_DATUM, "measure_valued", "score_function_local"),
}


class Ran(NamedTuple):
    """A tile that went through every program of a stream, chunk by chunk."""

    stream: Stream
    noise: Floats  # [strips, channels, d, strip] of the tile
    programs: list[Program]
    workspaces: list[Workspace]

    def subgrids(self) -> Iterator[tuple[Subgrid, Program, Workspace]]:
        return zip(self.stream.subgrids, self.programs, self.workspaces, strict=True)


def run(stream: Stream) -> Ran:
    programs = [link(stream, subgrid, {3: DATA}) for subgrid in stream.subgrids]
    workspaces = [workspace(stream, program) for program in programs]
    noise, sources, chunks = buffer(stream, 1), generators(stream, 5, 2), []
    for first, strips in spans(stream, 1):
        draw(stream, sources, noise[:strips])
        chunks.append(noise[:strips].copy())
        for program, space in zip(programs, workspaces, strict=True):
            driver.run(noise[:strips], first, program, space)
    return Ran(stream, np.concatenate(chunks), programs, workspaces)


@pytest.fixture(scope="module", params=STREAMS)
def ran(request: pytest.FixtureRequest) -> Ran:
    return run(STREAMS[request.param])


def contributions(ran: Ran, subgrid: Subgrid, m: int, cell: Cell) -> Floats:
    """[segments, width, coupled, columns] What estimator m makes of every draw of the tile in a cell."""
    variant, estimator = subgrid.estimators[m]
    names = [channel.name for channel in ran.stream.channels]
    rows = [names.index(channel.name) for channel in channels_of(estimator)]
    case = Case(subgrid.form, estimator, variant, ran.stream.sampler, cell, DATA[: cell.dataset_size or 0])
    strips = []
    for noise in ran.noise:
        eps = np.ascontiguousarray(noise[rows])
        out = combine(case, eps, evaluate(case, eps))
        strips.append(out.reshape(estimator.width, ran.stream.sampler.coupled, -1))
    length = segment_of(ran.stream.dimension) // strip_of(ran.stream.dimension)
    return np.array([np.concatenate(strips[i : i + length], axis=2) for i in range(0, len(strips), length)])


def estimates(estimator: Estimator, segments: Floats, samples: int) -> Floats:
    """[2, replicates] Estimates of so many draws, from contributions[segments, width, coupled, columns]."""
    return means(segments, samples) if estimator.estimate is None else joint(estimator, segments, samples)


def joint(estimator: Estimator, segments: Floats, samples: int) -> Floats:
    """Estimates by the estimator's own kernel, which takes their draws as [width, coupled * columns]."""
    columns = np.concatenate(segments, axis=2)
    width, coupled, length = columns.shape
    replicates = coupled * length // samples
    draws = columns[:, :, : replicates * samples // coupled].reshape(width, -1)
    out = np.empty((2, replicates))
    estimator.estimate(np.ascontiguousarray(draws), samples, out)  # type: ignore[misc]
    return out


def means(segments: Floats, samples: int) -> Floats:
    """Means: sums over dependent draws, then factor by factor; from one on that divides no segment, over the tile."""
    coupled = segments.shape[2]
    sums = segments[:, :2].sum(axis=2).swapaxes(0, 1)  # [2, segments or 1, columns]
    for factor in factors(samples // coupled):
        if sums.shape[2] % factor:
            sums = sums.reshape(2, 1, -1)
        size = sums.shape[2] // factor
        sums = sums[:, :, : size * factor].reshape(2, -1, factor, size).sum(axis=2)
    return sums.reshape(2, -1) / samples


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


def beyond_round_off(sums: Floats, deviations: Floats, centre: Floats) -> bool:
    """Whether sums[2, POWERS] are other than the power sums of deviations[2, replicates] from centre[2]."""
    powers = np.arange(1, POWERS + 1)
    expected = np.stack([(deviations**power).sum(axis=1) for power in powers], axis=1)
    size = np.sqrt(abs(expected[:, 1:2])) ** powers + abs(expected)
    of_a_constant = (1e-13 * abs(centre[:, np.newaxis])) ** powers  # where all estimates are equal
    return bool(np.any(abs(sums - expected) > 1e-10 * size + of_a_constant))


def test_power_sums_are_those_of_the_definition(ran: Ran) -> None:
    for subgrid, program, space in ran.subgrids():
        for p, m, k, job in subgrid.jobs_at():
            _, estimator = subgrid.estimators[m]
            expected = estimates(estimator, contributions(ran, subgrid, m, subgrid.cells[p]), subgrid.samples[k])
            deviations = expected - program.centre[p][:, np.newaxis]
            assert not beyond_round_off(space.power_sums[p, m, k], deviations, program.centre[p]), job


def test_a_tile_gives_as_many_estimates_as_are_counted(ran: Ran) -> None:
    for subgrid, _, _ in ran.subgrids():
        replicates = replicates_of(ran.stream, subgrid)
        for m, (_, estimator) in enumerate(subgrid.estimators):
            segments = contributions(ran, subgrid, m, subgrid.cells[0])
            assert [estimates(estimator, segments, k).shape[1] for k in subgrid.samples] == replicates.tolist()


@pytest.mark.parametrize("name", STREAMS)
def test_the_streams_are_what_their_names_say(name: str) -> None:
    stream = STREAMS[name]
    strip, segment = strip_of(stream.dimension), segment_of(stream.dimension)
    assert ("many strips" in name) == (strip < segment)
    assert ("one segment" in name) == (segment == stream.tile)
    assert ("dependent" in name) == (stream.sampler.coupled > 1)
    assert ("channels" in name) == (len(stream.channels) > 1)


@pytest.mark.parametrize("estimator", ["score_function", "leave_one_out"])
def test_what_no_job_asks_for_stays_zero_and_changes_nothing_else(estimator: str) -> None:
    stream = grid(CELL, "pathwise", estimator)
    jobs = frozenset(job for job in stream.subgrids[0].jobs if job[0].samples != 64 or job[1].name != estimator)
    (everything,), (fewer,) = run(stream).workspaces, run(restricted(stream, jobs)).workspaces
    left_out = np.zeros(everything.power_sums.shape, dtype=bool)
    left_out[:, 1, SAMPLES.index(64)] = True
    assert np.all(everything.power_sums[left_out] != 0)
    assert np.all(fewer.power_sums[left_out] == 0)
    np.testing.assert_array_equal(fewer.power_sums[~left_out], everything.power_sums[~left_out])
