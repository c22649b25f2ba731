"""The compiled loop against plain NumPy: the same noise, the same estimates, the same power sums."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine import driver, program, reduce
from bench.engine.noise import buffer, fill, generators, spans
from bench.oracle import apply
from bench.plan.streams import Stream, Subgrid, channels_of, streams
from bench.plan.tiling import segment_of
from bench.spec import Cell, Floats, Variant
from tests.support.cases import DATA, EVERYTHING, MU, SIGMA

SAMPLES = (2, 7, 10, 14, 64, 700, 1000)


def stream_of(objective: Variant, latent: str, sampler: str, estimators: list[str], size: int | None, d: int) -> Stream:
    """A stream of these estimators at two values of sigma and all SAMPLES, smallest tile."""
    cells = [
        Cell(objective, latent, sampler, MU, sigma, size, samples, d)  # type: ignore[arg-type]
        for sigma in (SIGMA, 2 * SIGMA)
        for samples in SAMPLES
        if samples % EVERYTHING.get("sampler", sampler).coupled == 0
    ]
    jobs = [(cell, Variant(name)) for cell in cells for name in estimators]
    (stream,) = streams(jobs, EVERYTHING)
    return stream


def estimates(stream: Stream, subgrid: Subgrid, m: int, point: Cell, noise: Floats, samples: int) -> Floats:
    """Estimates [2, replicates] of one tile by the definition, from noise[strips, channels, d, strip]."""
    variant, estimator = subgrid.estimators[m]
    unit, data = stream.sampler.coupled, DATA[: point.dataset_size or 0]
    rows = [[channel.name for channel in stream.channels].index(c.name) for c in channels_of(estimator)]
    case = apply.Case(subgrid.form, estimator, variant, stream.sampler, point, data)
    parts = []
    for strip in noise:
        eps = np.ascontiguousarray(strip[rows])
        f = apply.evaluate(case, eps)
        parts.append(apply.combine(case, eps, f).reshape(estimator.width, unit, -1))
    each = segment_of(stream.dimension) // noise.shape[3]
    panels = [np.concatenate(parts[first : first + each], axis=2) for first in range(0, len(parts), each)]
    if estimator.estimate is not None:
        columns, replicates = np.concatenate(panels, axis=2), stream.tile // samples
        kept = columns[:, :, : replicates * samples // unit].reshape(estimator.width, -1)
        out = np.empty((2, replicates))
        estimator.estimate(np.ascontiguousarray(kept), samples, out)
        return out
    total = np.stack([panel[:2].sum(axis=1) for panel in panels], axis=1)  # [2, panels, columns]
    for factor in factors(samples // unit):
        if total.shape[2] % factor:
            total = total.reshape(2, 1, -1)
        size = total.shape[2] // factor
        total = total[:, :, : size * factor].reshape(2, -1, factor, size).sum(axis=2)
    return total.reshape(2, -1) / samples


def factors(number: int) -> list[int]:
    """How sums over so many columns are built up: tens, then the other primes from the smallest."""
    found = []
    while number % 10 == 0:
        found.append(10)
        number //= 10
    prime = 2
    while number > 1:
        while number % prime == 0:
            found.append(prime)
            number //= prime
        prime += 1
    return found


COSINE = Variant("cosine", (1.3, 60.0), "k=1.3,dimension=60")
WIDE = Variant("cosine", (1.3, 80.0), "k=1.3,dimension=80")
SQUARED = Variant("squared_error")
STREAMS = {
    "one component": (SQUARED, "shared", "iid", ["pathwise", "score_function", "leave_one_out"], 3, 1),
    "many strips": (COSINE, "shared", "iid", ["pathwise", "score_function", "leave_one_out"], None, 60),
    "dependent draws": (SQUARED, "shared", "antithetic", ["pathwise", "score_function"], 3, 1),
    "dependent draws, many strips": (COSINE, "shared", "antithetic", ["pathwise", "second_order"], None, 60),
    "one panel, many strips": (WIDE, "shared", "iid", ["pathwise", "leave_one_out"], None, 80),
    "own channels and points": (SQUARED, "per_datum", "iid", ["measure_valued", "score_function_local"], 3, 3),
}


@pytest.mark.parametrize("name", STREAMS)
def test_power_sums_are_those_of_the_definition(name: str) -> None:
    stream = stream_of(*STREAMS[name])  # type: ignore[arg-type]
    noise = buffer(stream, 1)
    assert (noise.shape[3] < segment_of(stream.dimension)) == ("many strips" in name)
    sources, whole = generators(stream, 5, 2), []
    programs = [program.link(stream, subgrid, {3: DATA}) for subgrid in stream.subgrids]
    rooms = [program.workspace(stream, one) for one in programs]
    for first, size in spans(stream, 1):
        fill(stream, sources, noise[:size])
        whole.append(noise[:size].copy())
        for one, own in zip(programs, rooms, strict=True):
            driver.run(noise[:size], first, one, own)
    tile = np.concatenate(whole)
    for subgrid, one, own in zip(stream.subgrids, programs, rooms, strict=True):
        for p, point in enumerate(subgrid.cells):
            for m in range(len(subgrid.estimators)):
                for k, samples in enumerate(subgrid.samples):
                    wanted = (replace(point, samples=samples), subgrid.estimators[m][0]) in subgrid.jobs
                    expected = np.zeros((2, reduce.POWERS))
                    if wanted:
                        found = estimates(stream, subgrid, m, point, tile, samples)
                        assert found.shape[1] == program.replicates_of(stream, subgrid)[k]
                        away = found - one.centre[p][:, np.newaxis]
                        expected = np.stack([(away**power).sum(axis=1) for power in (1, 2, 3, 4)], axis=1)
                    powers = np.array([1, 2, 3, 4])
                    size = np.sqrt(abs(expected[:, 1:2])) ** powers + abs(expected)
                    round_off = (1e-13 * abs(one.centre[p][:, np.newaxis])) ** powers  # where all estimates are equal
                    assert np.all(abs(own.sums[p, m, k] - expected) <= 1e-10 * size + round_off)


@pytest.mark.parametrize("factor", [2, 3, 5, 7, 10, 64])
def test_fold_adds_strided_columns(factor: int) -> None:
    size = 2048 // factor
    numbers, out = np.arange(2048.0), np.empty(size)
    reduce.strided_sum(numbers, factor, out)
    np.testing.assert_array_equal(out, numbers[: size * factor].reshape(factor, size).sum(axis=0))
