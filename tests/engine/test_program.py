"""A linked subgrid: what its arrays hold, and what of a user's plug-in must never reach the kernels."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine import program
from bench.engine.reduce import POWERS
from bench.errors import BadInput
from bench.kernels import calls
from bench.plan.streams import restricted
from bench.plan.tiling import SEGMENT, TILE, strip_of
from bench.spec import Variant
from tests.support.cases import DATA, EVERYTHING
from tests.support.streams import CELL, stream_of

DATASETS = {1: DATA[:1], 3: DATA}
GRID = [
    replace(CELL, latent="per_datum", dataset_size=3, dimension=3, sigma=sigma, samples=samples)
    for sigma in (0.5, 2.0)
    for samples in (1, 10)
]


def test_whole_numbers_of_a_users_objective_become_floats() -> None:
    """Kernels are called by address: an array of another type would be read as what it is not."""
    stream = stream_of([CELL], ["pathwise"])
    (subgrid,) = stream.subgrids
    integers = replace(subgrid, objective=replace(subgrid.objective, exact=lambda mu, sigma, x, phi: (0, 6)))
    assert program.link(stream, integers, DATASETS).centre.dtype == float


def test_wide_data_of_a_users_objective_are_refused() -> None:
    stream = stream_of([CELL], ["pathwise"])
    (subgrid,) = stream.subgrids
    wide = replace(subgrid, form=subgrid.form._replace(summarise=lambda x: np.stack([x, x])))
    with pytest.raises(BadInput, match="more than one dimension"):
        program.link(stream, wide, DATASETS)


def test_every_cell_finds_its_data_and_its_exact_gradient() -> None:
    """Data of different sizes stand end to end."""
    sizes = (3, 1)
    stream = stream_of([replace(CELL, dataset_size=size) for size in sizes], ["pathwise"])
    (subgrid,) = stream.subgrids
    linked = program.link(stream, subgrid, DATASETS)
    for p, size in enumerate(sizes):
        start, end = linked.data_range[p]
        np.testing.assert_array_equal(linked.data[start:end], subgrid.form.summarise(DATASETS[size]))
        exact = subgrid.objective.exact(CELL.mu, CELL.sigma, DATASETS[size], ())
        np.testing.assert_array_equal(linked.centre[p], exact)


def test_only_what_an_estimator_needs_is_evaluated() -> None:
    for names, needed in (
        (("pathwise",), {"gradient"}),
        (("score_function",), {"value"}),
        (("score_function_local", "pathwise"), {"terms", "gradient"}),
    ):
        stream = stream_of(GRID, names)
        (subgrid,) = stream.subgrids
        addresses = dict(zip(program.SIGNATURES._fields, program.link(stream, subgrid, DATASETS).evaluate, strict=True))
        assert {name for name, address in addresses.items() if address} == needed
        for name in needed:
            signature = getattr(program.SIGNATURES, name)
            assert addresses[name] == calls.address(getattr(subgrid.form, name), signature)


def test_a_number_of_samples_that_no_job_of_an_estimator_has_is_not_recorded() -> None:
    stream = stream_of(GRID, ("pathwise", "score_function"))
    (subgrid,) = stream.subgrids
    jobs = frozenset(job for job in subgrid.jobs if job[0].samples == 1 or job[1].name == "pathwise")
    (fewer,) = restricted(stream, jobs).subgrids
    assert fewer.samples == (1, 10)
    assert program.link(stream, fewer, DATASETS).recorded.tolist() == [[True, True], [True, False]]


def test_estimators_with_channels_of_their_own_read_their_rows_of_the_noise() -> None:
    stream = stream_of(GRID, ("measure_valued", "pathwise"))
    names = [channel.name for channel in stream.channels]
    assert names == ["rayleigh", "maxwell", "normal"]
    several, single = (program.link(stream, subgrid, DATASETS) for subgrid in stream.subgrids)
    assert several.channels.tolist() == [0, 1, 2]
    assert single.channels.tolist() == [names.index("normal")]
    assert program.workspace(stream, several).eps.size == 0  # the noise as it is
    assert program.workspace(stream, single).eps.shape == (1, 3, strip_of(3))


@pytest.mark.parametrize(
    ("dimension", "estimator", "samples", "draws"),
    [
        (1, "pathwise", 10, SEGMENT),
        (1, "pathwise", 7, TILE),  # which divides no segment
        (1, "leave_one_out", 10, TILE),  # which needs all its draws at once
    ],
)
def test_a_workspace_keeps_a_tile_where_a_segment_is_not_enough(
    dimension: int, estimator: str, samples: int, draws: int
) -> None:
    stream = stream_of([replace(CELL, samples=samples)], [estimator])
    (subgrid,) = stream.subgrids
    linked = program.link(stream, subgrid, DATASETS)
    space = program.workspace(stream, linked)
    width = EVERYTHING.get("estimator", estimator).width
    assert space.contributions.shape == (1, 1, width, draws)
    assert space.power_sums.shape == program.shape_of(linked) == (1, 1, 1, 2, POWERS)
    assert not space.power_sums.any()


def test_a_tile_gives_as_many_estimates_as_fit() -> None:
    samples = (1, 7, 10, 1000)
    stream = stream_of([replace(CELL, samples=k) for k in samples], ["pathwise"])
    assert program.replicates_of(stream, stream.subgrids[0]).tolist() == [TILE // k for k in samples]


def test_parameters_of_the_objective_stand_by_cell() -> None:
    values = [(0.5, 1.0), (2.0, 1.0)]
    cells = [replace(CELL, objective=Variant("cosine", phi), dataset_size=None) for phi in values]
    stream = stream_of(cells, ["pathwise"])
    linked = program.link(stream, stream.subgrids[0], {})
    assert linked.phi.tolist() == [list(phi) for phi in values]
    assert linked.data.size == 0
