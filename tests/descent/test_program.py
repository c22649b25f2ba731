"""A learner as arrays: thetas of its own for each replicate, space of its own for each thread."""

import numpy as np

from bench.descent.blocks import begun, links_of, resumed
from bench.descent.learners import BLOCK
from bench.descent.program import domain, fresh
from bench.registry import Registry
from tests.support.descents import assigned


def test_every_replicate_has_its_own_theta() -> None:
    (ready, _) = links_of(assigned("samples=[2]"))
    assert ready.program.theta.shape == (BLOCK, 1, 2)
    assert len(ready.program.phi_range) == len(ready.program.data_range) == BLOCK


def test_untied_components_have_thetas_of_their_own() -> None:
    assignment = assigned("samples=[2]", "latent=[per_datum]", "components=[untied]", "dataset_size=[3]")
    ready = links_of(assignment)[0]
    assert ready.program.theta.shape == (BLOCK, 3, 2)
    state = resumed(ready, begun(assignment, 0, BLOCK))
    assert state.theta.shape == (BLOCK, 3, 2)
    assert np.array_equal(state.theta[5, 2], [0.0, 1.0])


def test_what_is_written_to_is_shared_by_no_two() -> None:
    assignment = assigned("samples=[2]")
    ready = links_of(assignment)[0]
    other = fresh(assignment.group.stream, ready)
    assert not np.shares_memory(ready.program.theta, other.program.theta)
    assert not np.shares_memory(ready.space.contributions, other.space.contributions)
    assert not np.shares_memory(ready.workspace.rows, other.workspace.rows)


def test_f_is_looked_at_together_where_it_is_all_that_weighs() -> None:
    words = "samples=[2]", "estimator=[pathwise,score_function_loo,measure_valued]"
    assert [ready.steps.together for ready in links_of(assigned(*words))] == [True, True, False]


def test_the_domain_of_a_family(plugins: Registry) -> None:
    low, high = domain(plugins.get("family", "normal"))
    assert low.tolist() == [-np.inf, 0.0]
    assert high.tolist() == [np.inf, np.inf]
