"""f of a random batch: the f of all data that it is a part of, and one batch for all draws of an estimate."""

from dataclasses import replace

import numpy as np

from bench.engine.noise import buffer, draw, generators
from bench.kernels.uniform import BATCH
from bench.plan.batches import full_of, preferred
from bench.plan.streams import Stream, streams
from bench.registry import load
from bench.spec import Cell, Variant

PACKAGE = load()
OF_BATCH = PACKAGE.get("objective", "squared_error_minibatch")
CELL = Cell(Variant(OF_BATCH.name, (2.0,)), "shared", "normal", (0.3, 1.7), "tied", None, "iid", 5, 1, 1)


def stream(samples: int, sampler: str = "iid") -> Stream:
    cell = replace(CELL, samples=samples, sampler=sampler)
    (served,) = streams([(cell, Variant("pathwise"))], PACKAGE)
    return served


def test_the_objective_of_all_data_has_the_parameters_before_the_size_of_a_batch() -> None:
    objective, form, cells = full_of(OF_BATCH, [CELL, replace(CELL, theta=(1.0, 2.0))])
    assert objective.name == "squared_error"
    assert form == preferred(objective, "shared") == objective.forms["shared"]["collapsed"]
    assert [cell.objective.phi for cell in cells] == [(), ()]
    assert [cell.theta for cell in cells] == [CELL.theta, (1.0, 2.0)]


def test_all_draws_of_an_estimate_share_a_batch_and_no_two_estimates_do() -> None:
    """Whatever sampler draws y: the columns of a strip are estimates."""
    for sampler in ("iid", "antithetic", "stratified"):
        for samples in (2, 10):
            of_k = stream(samples, sampler)
            assert of_k.coupled == samples
            noise = buffer(of_k, 1)
            draw(of_k, generators(of_k, 3, 0), noise)
            batches = noise[:, of_k.channels.index(BATCH), 0].reshape(len(noise), samples, -1)
            assert (batches == batches[:, :1]).all()
            assert np.unique(batches[:, 0]).size == batches[:, 0].size
            assert 0.0 <= batches.min() < 0.1 < 0.9 < batches.max() < 1.0


def test_numbers_of_draws_have_streams_of_their_own_where_they_share_a_batch() -> None:
    jobs = [(replace(CELL, samples=samples), Variant("pathwise")) for samples in (1, 10)]
    assert [served.coupled for served in streams(jobs, PACKAGE)] == [1, 10]
    plain = [(replace(cell, objective=Variant("squared_error")), variant) for cell, variant in jobs]
    assert [served.coupled for served in streams(plain, PACKAGE)] == [1]


def test_y_is_that_of_the_same_cell_without_batches() -> None:
    """Whose ratios so have common random numbers."""
    of_batch, cell = stream(4), replace(CELL, samples=4, objective=Variant("squared_error"))
    (plain,) = streams([(cell, Variant("pathwise"))], PACKAGE)
    several = []
    for served in (of_batch, plain):
        noise = buffer(served, 1)
        draw(served, generators(served, 3, 0), noise)
        several.append(noise[:, 0])
    np.testing.assert_array_equal(*several)
