"""Who shares draws: it depends on content alone, and a part of the jobs sees the noise of all of them."""

import itertools
from dataclasses import replace

import pytest

from bench import registry
from bench.errors import BadInput
from bench.kernels.normal import NORMAL
from bench.plan.streams import Job, Stream, channels_of, form_of, restricted, streams
from bench.plan.tiling import TILE
from bench.spec import Cell, Variant
from tests.support.cases import EVERYTHING, KINDS, NORMAL_FAMILY
from tests.support.streams import CELL, stream_of

PER_DATUM = replace(CELL, latent="per_datum", dimension=3)


def jobs_of(cells: list[Cell], *estimators: str) -> list[Job]:
    return list(itertools.product(cells, map(Variant, estimators)))


def test_cells_share_a_stream_where_the_draws_are_the_same() -> None:
    cells = [
        replace(cell, sigma=sigma, dataset_size=size, samples=samples)
        for cell, size in ((CELL, 1), (CELL, 3), (PER_DATUM, 3))
        for sigma in (0.5, 2.0)
        for samples in (1, TILE, TILE + 1)
    ]
    served = list(streams(jobs_of(cells, "pathwise"), EVERYTHING))
    assert [(stream.dimension, stream.tile) for stream in served] == [
        (1, TILE),
        (1, 2 * TILE),
        (3, TILE),
        (3, 2 * TILE),
    ]
    (shared,) = served[0].subgrids
    assert [(cell.dataset_size, cell.sigma) for cell in shared.cells] == [(1, 0.5), (1, 2.0), (3, 0.5), (3, 2.0)]
    assert shared.samples == (1, TILE)


def test_another_value_on_an_axis_leaves_the_streams_of_the_others() -> None:
    def identities(*cells: Cell) -> set[tuple[object, ...]]:
        served = streams(jobs_of([*cells], "pathwise"), EVERYTHING)
        return {(s.sampler.name, s.dimension, s.tile, tuple(c.name for c in s.channels)) for s in served}

    few = identities(CELL, PER_DATUM)
    assert few < identities(CELL, PER_DATUM, replace(PER_DATUM, dataset_size=7, dimension=7))
    assert few == identities(CELL, PER_DATUM, replace(CELL, sigma=0.1), replace(CELL, samples=7))


def test_every_job_is_served_once() -> None:
    jobs = jobs_of([CELL, replace(CELL, sampler="antithetic", samples=2), PER_DATUM], "pathwise", "score_function")
    served = [job for stream in streams(jobs, EVERYTHING) for subgrid in stream.subgrids for job in subgrid.jobs]
    assert sorted(map(str, served)) == sorted(map(str, jobs))


def test_estimators_that_look_at_the_same_points_share_a_subgrid() -> None:
    names = ("pathwise", "measure_valued", "score_function")
    stream = stream_of([PER_DATUM], names)
    subgrids = [[variant.name for variant, _ in subgrid.estimators] for subgrid in stream.subgrids]
    assert subgrids == [["pathwise", "score_function"], ["measure_valued"]]
    assert [channel.name for channel in stream.channels] == ["normal", "rayleigh", "maxwell"]


def test_estimators_that_read_other_channels_have_subgrids_of_their_own() -> None:
    plugins, second_order = registry.load(kinds=KINDS), EVERYTHING.get("estimator", "second_order")
    rule = replace(second_order.rule, channels=(replace(NORMAL, name="second"),))
    plugins.add(replace(second_order, name="another", rule=rule), "", "a file")
    (stream,) = streams(jobs_of([CELL], "pathwise", "another"), plugins)
    assert [len(subgrid.estimators) for subgrid in stream.subgrids] == [1, 1]
    assert [channel.name for channel in stream.channels] == ["normal", "second"]


def test_two_laws_of_one_name_are_refused() -> None:
    plugins, estimator = registry.load(kinds=KINDS), EVERYTHING.get("estimator", "measure_valued")
    rayleigh, maxwell, _ = estimator.rule.channels
    rule = replace(estimator.rule, channels=(replace(rayleigh, name="normal"), maxwell))
    plugins.add(replace(estimator, rule=rule), "", "a file")
    with pytest.raises(
        BadInput, match=r"^estimator='normal' is not allowed; allowed: one law for each name of a noise"
    ):
        list(streams(jobs_of([PER_DATUM], "pathwise", "measure_valued"), plugins))


def test_the_engine_takes_the_collapsed_form_where_there_is_one() -> None:
    forms = EVERYTHING.get("objective", "squared_error").forms
    assert form_of(CELL, EVERYTHING) == forms["shared"]["collapsed"]
    assert form_of(PER_DATUM, EVERYTHING) == forms["per_datum"]["direct"]


def test_an_estimator_that_names_no_channel_draws_standard_normals() -> None:
    assert channels_of(EVERYTHING.get("estimator", "pathwise"), NORMAL_FAMILY) == (NORMAL,)
    assert len(channels_of(EVERYTHING.get("estimator", "measure_valued"), NORMAL_FAMILY)) == 3


def jobs_in_order(stream: Stream) -> list[Job]:
    return [job for subgrid in stream.subgrids for _, _, _, job in subgrid.jobs_at() if job in subgrid.jobs]


def test_a_restricted_stream_keeps_its_noise_and_the_order_of_its_jobs() -> None:
    cells = [replace(PER_DATUM, sigma=sigma, samples=samples) for sigma in (0.5, 2.0) for samples in (1, 10)]
    stream = stream_of(cells, ("pathwise", "score_function"))
    jobs = jobs_in_order(stream)
    chosen = frozenset(job for job in jobs if (job[0].sigma == 2.0) == (job[1].name == "pathwise"))
    fewer = restricted(stream, chosen)
    assert jobs_in_order(fewer) == [job for job in jobs if job in chosen]
    assert replace(fewer, subgrids=()) == replace(stream, subgrids=())


def test_a_subgrid_without_a_job_is_left_out() -> None:
    stream = stream_of([PER_DATUM], ("pathwise", "measure_valued"))
    fewer = restricted(stream, frozenset([(PER_DATUM, Variant("measure_valued"))]))
    assert [subgrid.estimators[0][0].name for subgrid in fewer.subgrids] == ["measure_valued"]
    assert fewer.channels == stream.channels
