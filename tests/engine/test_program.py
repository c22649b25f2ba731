"""A linked subgrid: what its arrays hold, and what of a user's plug-in must never reach the kernels."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine import program
from bench.errors import BadInput
from bench.kernels import calls
from bench.kernels.jit import kernel
from bench.laws.cases import DATA
from bench.plan.streams import restricted
from bench.plan.tiling import TILE
from bench.spec import Cell, Estimator, Variant, Weights
from tests.support.cases import EVERYTHING, MU, SIGMA
from tests.support.rules import RULES
from tests.support.streams import CELL, PER_DATUM, at_sigma, stream_of

DATASETS = {1: DATA[:1], 3: DATA}
GRID = [replace(at_sigma(PER_DATUM, sigma), samples=samples) for sigma in (0.5, 2.0) for samples in (1, 10)]
CUBIC = replace(CELL, objective=Variant("cubic", (3.0,)), dataset_size=None, dimension=3)
MEAN_FIELD = replace(CUBIC, objective=Variant("mean_field"), entropy="closed_form")


def linked(cell: Cell, *estimators: str) -> program.Program:
    """The only program of some estimators in a cell."""
    stream = stream_of([cell], estimators, RULES)
    (subgrid,) = stream.subgrids
    return program.link(stream, subgrid, DATASETS)


def test_whole_numbers_of_a_users_objective_become_floats() -> None:
    """Kernels are called by address: an array of another type would be read as what it is not."""
    stream = stream_of([CELL], ["pathwise"])
    (subgrid,) = stream.subgrids
    integers = replace(subgrid, form=subgrid.form._replace(summarise=lambda x: np.array([3, 1, 2])))
    made = program.link(stream, integers, DATASETS)
    assert (made.data.dtype, made.data.tolist()) == (float, [3.0, 1.0, 2.0] * 2)


def test_wide_data_of_a_users_objective_are_refused() -> None:
    stream = stream_of([CELL], ["pathwise"])
    (subgrid,) = stream.subgrids
    wide = replace(subgrid, form=subgrid.form._replace(summarise=lambda x: np.stack([x, x])))
    with pytest.raises(BadInput, match="more than one dimension"):
        program.link(stream, wide, DATASETS)


def test_every_cell_finds_its_data() -> None:
    """Data of different sizes stand end to end."""
    sizes = (3, 1)
    stream = stream_of([replace(CELL, dataset_size=size) for size in sizes], ["pathwise"])
    (subgrid,) = stream.subgrids
    made = program.link(stream, subgrid, DATASETS)
    for p, size in enumerate(sizes):
        start, end = made.data_range[p]
        np.testing.assert_array_equal(made.data[start:end], subgrid.form.summarise(DATASETS[size]))


def test_power_sums_are_taken_about_the_centre_of_each_member() -> None:
    stream = stream_of([CELL], ["pathwise", "score_function"])
    (subgrid,) = stream.subgrids
    centre = np.arange(4.0).reshape(1, 2, 2)
    assert program.link(stream, replace(subgrid, centre=centre), DATASETS).centre.tolist() == centre.tolist()
    assert not program.link(stream, subgrid, DATASETS).centre.any()


@pytest.mark.parametrize(
    ("names", "needed"),
    [
        (("pathwise",), {"slope"}),
        (("score_function",), {"value"}),
        (("score_function_local", "pathwise"), {"terms", "slope"}),
        (("own_of_draws",), {"value", "slope"}),
        (("points_at_y",), {"terms", "slope", "curvature"}),  # which stand for f where it is their sum
        (("differences",), {"terms", "slope"}),
    ],
)
def test_only_what_an_estimator_needs_is_evaluated(names: tuple[str, ...], needed: set[str]) -> None:
    made, form = linked(PER_DATUM, *names), EVERYTHING.get("objective", "squared_error").forms["per_datum"]["direct"]
    addresses = dict(zip(program.SIGNATURES._fields, made.evaluate, strict=True))
    assert {name for name, address in addresses.items() if address} == needed
    for name in needed:
        assert addresses[name] == calls.address(getattr(form, name), getattr(program.SIGNATURES, name))


def test_a_rule_of_points_reads_f_itself_where_it_is_no_sum_or_has_one_component() -> None:
    for cell in (CELL, MEAN_FIELD):
        value, terms, *_ = linked(cell, "differences").evaluate
        assert value
        assert not terms


def test_log_q_is_evaluated_where_f_holds_it() -> None:
    for entropy in ("closed_form", "monte_carlo", "sticking_the_landing"):
        made = linked(replace(MEAN_FIELD, entropy=entropy), "pathwise")  # type: ignore[arg-type]
        assert made.adds_score == (entropy == "monte_carlo")
        assert bool(made.log_density) == bool(made.log_density_slope) == (entropy != "closed_form")


def test_what_an_estimator_freezes_stands_behind_its_parameters_cell_by_cell() -> None:
    cells = [at_sigma(CUBIC, sigma) for sigma in (0.5, 2.0)]
    stream = stream_of(cells, ["own_of_draws", "centred"], RULES)
    (subgrid,) = stream.subgrids
    made = program.link(stream, subgrid, {})
    f_of_mean = 3 * MU**2 * (3 - 2 * MU)
    np.testing.assert_allclose(made.estimator_phi, [[[0.5], [f_of_mean]]] * 2, rtol=1e-14)


def test_theta_has_a_row_for_each_component_where_any_cell_has() -> None:
    own = (0.3, (0.5, 1.0, 2.0))
    cells = [replace(CUBIC, components="untied", theta=theta) for theta in ((MU, SIGMA), own)]
    stream = stream_of(cells, ["pathwise"])
    made = program.link(stream, stream.subgrids[0], {})
    assert made.theta.tolist() == [[[MU, SIGMA]] * 3, [[0.3, 0.5], [0.3, 1.0], [0.3, 2.0]]]
    assert (made.several_thetas, made.untied, made.parameters) == (1, True, 2)
    assert linked(CUBIC, "pathwise").several_thetas == 0
    assert program.shape_of(made)[3] == 6


def test_kernels_of_a_family_get_its_tables() -> None:
    stream = stream_of([CELL], ["pathwise"])
    (subgrid,) = stream.subgrids
    tabled = replace(subgrid.family, tabulate=lambda theta: np.append(theta, [7.0, 8.0]))
    made = program.link(stream, replace(subgrid, family=tabled), DATASETS)
    assert made.theta.tolist() == [[[MU, SIGMA, 7.0, 8.0]]]


def test_y_is_drawn_anew_where_theta_changes_alone() -> None:
    cells = [replace(at_sigma(CELL, sigma), dataset_size=size) for sigma in (0.5, 2.0) for size in (1, 3)]
    stream = stream_of(cells, ["pathwise"])
    assert program.link(stream, stream.subgrids[0], DATASETS).moves.tolist() == [True, False, True, False]


def test_y_itself_is_not_drawn_where_nobody_looks_at_it() -> None:
    assert not linked(CUBIC, "differences").transport  # the others do not matter to a term
    for cell, name in ((MEAN_FIELD, "differences"), (CUBIC, "pathwise")):
        assert linked(cell, name).transport
    posterior = replace(PER_DATUM, objective=Variant("gaussian_posterior", (1.3, 0.9)))
    assert linked(replace(posterior, entropy="monte_carlo"), "differences").transport  # its score is that at y


def test_a_number_of_samples_that_no_job_of_an_estimator_has_is_not_recorded() -> None:
    stream = stream_of(GRID, ("pathwise", "score_function"))
    (subgrid,) = stream.subgrids
    jobs = frozenset(job for job in subgrid.jobs if job[0].samples == 1 or job[1].name == "pathwise")
    (fewer,) = restricted(stream, jobs).subgrids
    assert fewer.samples == (1, 10)
    assert program.link(stream, fewer, DATASETS).recorded.tolist() == [[True, True], [True, False]]


def test_estimators_with_channels_of_their_own_read_their_rows_of_the_noise() -> None:
    stream = stream_of(GRID, ("minibatch", "pathwise"))
    assert [channel.name for channel in stream.channels] == ["normal", "uniform"]
    several, single = (program.link(stream, subgrid, DATASETS) for subgrid in stream.subgrids)
    assert several.channels.tolist() == [0, 1]
    assert single.channels.tolist() == [0]


def test_a_tile_gives_as_many_estimates_as_fit() -> None:
    samples = (1, 7, 10, 1000)
    stream = stream_of([replace(CELL, samples=k) for k in samples], ["pathwise"])
    assert program.replicates_of(stream, stream.subgrids[0]).tolist() == [TILE // k for k in samples]


def test_parameters_of_the_objective_stand_by_cell() -> None:
    values = [(0.5, 1.0), (2.0, 1.0)]
    cells = [replace(CELL, objective=Variant("cosine", phi), dataset_size=None) for phi in values]
    stream = stream_of(cells, ["pathwise"])
    made = program.link(stream, stream.subgrids[0], {})
    assert [made.phi[start:end].tolist() for start, end in made.phi_range] == [list(phi) for phi in values]
    assert made.data.size == 0


@kernel
def joint(value, samples, out):
    """No weights at all."""
    out[:] = 0.0


def test_weights_from_all_draws_take_a_row_more() -> None:
    stream = stream_of([CELL], ["score_function_loo"])
    (subgrid,) = stream.subgrids
    (member,) = subgrid.members
    rule = Weights(score="value", joint=joint)
    other = replace(member, rule=rule, estimator=Estimator("other", rule))
    made = program.link(stream, replace(subgrid, members=(member, other)), DATASETS)
    assert made.widths.tolist() == [3, 3]
    assert made.joint[1] == calls.address(joint, calls.JOINT_WEIGHT) != made.joint[0]
    assert linked(CELL, "pathwise").widths.tolist() == [2]
