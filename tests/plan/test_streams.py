"""Who shares draws: it depends on content alone, and a part of the jobs sees the noise of all of them."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from bench import registry
from bench.errors import BadInput
from bench.kernels.normal import NORMAL
from bench.kernels.uniform import UNIFORM
from bench.plan.streams import Job, Stream, coupled_of, form_of, restricted, rows_of, streams
from bench.plan.tiling import TILE
from bench.spec import Cell, Variant
from tests.support.cases import EVERYTHING, KINDS, NORMAL_FAMILY
from tests.support.rules import RULES
from tests.support.streams import CELL, PER_DATUM, at_sigma, stream_of, variants_of


def jobs_of(cells: list[Cell], *estimators: str) -> list[Job]:
    return list(itertools.product(cells, variants_of(estimators, RULES)))


def test_cells_share_a_stream_where_the_draws_are_the_same() -> None:
    cells = [
        replace(at_sigma(cell, sigma), dataset_size=size, samples=samples)
        for cell, size in ((CELL, 1), (CELL, 3), (PER_DATUM, 3))
        for sigma in (0.5, 2.0)
        for samples in (1, TILE, TILE + 1)
    ]
    served = list(streams(jobs_of(cells, "pathwise"), EVERYTHING))
    assert [(stream.dimension, stream.cut.tile) for stream in served] == [
        (1, TILE),
        (1, 2 * TILE),
        (3, TILE),
        (3, 2 * TILE),
    ]
    (shared,) = served[0].subgrids
    assert [(cell.dataset_size, cell.theta[1]) for cell in shared.cells] == [(1, 0.5), (1, 2.0), (3, 0.5), (3, 2.0)]
    assert shared.samples == (1, TILE)


def test_another_value_on_an_axis_leaves_the_streams_of_the_others() -> None:
    def identities(*cells: Cell) -> set[tuple[object, ...]]:
        served = streams(jobs_of([*cells], "pathwise"), EVERYTHING)
        return {(s.sampler.name, s.dimension, s.cut, tuple(c.name for c in s.channels)) for s in served}

    few = identities(CELL, PER_DATUM)
    assert few < identities(CELL, PER_DATUM, replace(PER_DATUM, dataset_size=7, dimension=7))
    assert few == identities(CELL, PER_DATUM, at_sigma(CELL, 0.1), replace(CELL, samples=7))


def test_every_job_is_served_once() -> None:
    jobs = jobs_of([CELL, replace(CELL, sampler="antithetic", samples=2), PER_DATUM], "pathwise", "score_function")
    served = [job for stream in streams(jobs, EVERYTHING) for subgrid in stream.subgrids for job in subgrid.jobs]
    assert sorted(map(str, served)) == sorted(map(str, jobs))


def test_estimators_that_look_at_the_same_points_share_a_subgrid() -> None:
    names = ("pathwise", "differences", "minibatch", "score_function", "points_at_y")
    stream = stream_of([PER_DATUM], names, RULES)
    subgrids = [[member.variant.name for member in subgrid.members] for subgrid in stream.subgrids]
    assert subgrids == [["pathwise", "score_function", "points_at_y"], ["differences"], ["minibatch"]]
    assert [channel.name for channel in stream.channels] == ["normal", "uniform"]


def test_a_rule_that_looks_elsewhere_has_a_subgrid_for_each_of_its_parameters() -> None:
    """For they say where it looks."""
    jobs = [(PER_DATUM, Variant("differences", (h,))) for h in (0.1, 0.2)]
    (stream,) = streams(jobs, RULES)
    assert [[member.variant.phi for member in subgrid.members] for subgrid in stream.subgrids] == [[(0.1,)], [(0.2,)]]
    minibatch = [(PER_DATUM, Variant("minibatch", (keep,))) for keep in (0.1, 0.5)]
    (at_y,) = streams(minibatch, RULES)
    assert len(at_y.subgrids) == 1


def test_a_subgrid_has_one_kind_of_gradient_and_of_entropy() -> None:
    posterior = replace(PER_DATUM, objective=Variant("gaussian_posterior", (1.0, 1.0)))
    cells = [
        replace(posterior, components=components, entropy=entropy)
        for components in ("tied", "untied")
        for entropy in ("closed_form", "monte_carlo")
    ]
    (stream,) = streams(jobs_of(cells, "pathwise"), EVERYTHING)
    assert [subgrid.rows for subgrid in stream.subgrids] == [2, 2, 6, 6]
    assert [subgrid.cells[0].entropy for subgrid in stream.subgrids] == ["closed_form", "monte_carlo"] * 2


def test_components_of_one_are_neither_tied_nor_untied() -> None:
    cells = [replace(CELL, components=components) for components in ("tied", "untied")]
    assert len(stream_of(cells, ["pathwise"]).subgrids) == 1
    assert {rows_of(cell, NORMAL_FAMILY) for cell in cells} == {2}
    assert rows_of(replace(PER_DATUM, components="untied"), NORMAL_FAMILY) == 6


def test_where_all_draws_of_an_estimate_depend_on_each_other_each_number_of_them_has_its_stream() -> None:
    cells = [replace(CELL, sampler="stratified", samples=samples) for samples in (1, 10, 64)]
    served = list(streams(jobs_of(cells, "pathwise"), EVERYTHING))
    assert [stream.coupled for stream in served] == [1, 10, 64]
    assert coupled_of(EVERYTHING.get("sampler", "antithetic"), 64) == 2


def test_families_of_other_noise_have_streams_of_their_own() -> None:
    plugins = registry.load(kinds=KINDS)
    channels = (replace(NORMAL, name="second"),)
    lacks = {"pairs": dict.fromkeys(NORMAL_FAMILY.parameters, "none")}
    without = replace(NORMAL_FAMILY, name="another", channels=channels, pairs=None, independent_pairs=None, lacks=lacks)
    plugins.add(without, "", "a file")
    plugins.add(replace(NORMAL_FAMILY, name="third"), "", "a file")
    cells = [replace(CELL, family=name) for name in ("normal", "another", "third")]
    served = list(streams(jobs_of(cells, "pathwise"), plugins))
    assert [[channel.name for channel in stream.channels] for stream in served] == [["normal"], ["second"]]
    assert [subgrid.family.name for subgrid in served[0].subgrids] == ["normal", "third"]


def test_estimators_that_read_other_channels_have_subgrids_of_their_own() -> None:
    plugins, points = registry.load(kinds=KINDS), RULES.get("estimator", "points_at_y")
    rule = replace(points.rule, channels=(replace(NORMAL, name="second"),))
    plugins.add(replace(points, name="another", rule=rule), "", "a file")
    jobs = [(CELL, Variant(name)) for name in ("pathwise", "another")]
    (stream,) = streams(jobs, plugins)
    assert [len(subgrid.members) for subgrid in stream.subgrids] == [1, 1]
    assert [channel.name for channel in stream.channels] == ["normal", "second"]


def test_two_laws_of_one_name_are_refused() -> None:
    plugins, points = registry.load(kinds=KINDS), RULES.get("estimator", "points_at_y")
    rule = replace(points.rule, channels=(replace(UNIFORM, name="normal"),))
    plugins.add(replace(points, name="another", rule=rule), "", "a file")
    with pytest.raises(
        BadInput, match=r"^estimator='normal' is not allowed; allowed: one law for each name of a noise"
    ):
        list(streams([(PER_DATUM, Variant(name)) for name in ("pathwise", "another")], plugins))


def test_the_engine_takes_the_collapsed_form_where_there_is_one() -> None:
    forms = EVERYTHING.get("objective", "squared_error").forms
    assert form_of(CELL, EVERYTHING) == forms["shared"]["collapsed"]
    assert form_of(PER_DATUM, EVERYTHING) == forms["per_datum"]["direct"]


def jobs_in_order(stream: Stream) -> list[Job]:
    return [job for subgrid in stream.subgrids for _, _, _, job in subgrid.jobs_at() if job in subgrid.jobs]


def test_a_restricted_stream_keeps_its_noise_and_the_order_of_its_jobs() -> None:
    cells = [replace(at_sigma(PER_DATUM, sigma), samples=samples) for sigma in (0.5, 2.0) for samples in (1, 10)]
    stream = stream_of(cells, ("pathwise", "score_function"))
    jobs = jobs_in_order(stream)
    chosen = frozenset(job for job in jobs if (job[0].theta[1] == 2.0) == (job[1].name == "pathwise"))
    fewer = restricted(stream, chosen)
    assert jobs_in_order(fewer) == [job for job in jobs if job in chosen]
    assert replace(fewer, subgrids=()) == replace(stream, subgrids=())


def test_a_subgrid_without_a_job_is_left_out() -> None:
    stream = stream_of([PER_DATUM], ("pathwise", "minibatch"))
    fewer = restricted(stream, frozenset([(PER_DATUM, Variant("minibatch", (0.1,)))]))
    assert [subgrid.members[0].variant.name for subgrid in fewer.subgrids] == ["minibatch"]
    assert fewer.channels == stream.channels


def test_what_is_known_of_a_job_stays_with_it() -> None:
    cells = [at_sigma(PER_DATUM, sigma) for sigma in (0.5, 2.0)]
    stream = stream_of(cells, ("pathwise", "score_function"))
    (subgrid,) = stream.subgrids
    known = replace(subgrid, centre=np.arange(8.0).reshape(2, 2, 2), exact=np.arange(4.0).reshape(2, 2))
    job = (cells[1], Variant("score_function"))
    (fewer,) = restricted(replace(stream, subgrids=(known,)), frozenset([job])).subgrids
    assert (fewer.centre.tolist(), fewer.exact.tolist()) == ([[[6, 7]]], [[2, 3]])  # type: ignore[union-attr]
