"""Learners in the order of the tables, in groups that share draws; checkpoints."""

import pytest

from bench.descent.learners import checkpoints, groups, learners
from bench.errors import BadInput
from tests.support.descents import planned


def test_every_axis_is_crossed() -> None:
    words = "optimiser=[sgd,adam]", "learning_rate=[0.1,0.2]", "schedule=[constant,cosine]", "samples=[1,10]"
    learning, plan, registry = planned(*words, "parameterisation=[sigma,log_sigma]", "start.mu=[0,1]")
    several = learners(plan, learning, registry)
    assert len(several) == len(set(several)) == 2 * 2**6
    grouped = list(groups(several, registry))
    assert [group.samples for group in grouped] == [1, 10]
    assert [learner for group in grouped for learner in group.learners] != several
    assert {learner for group in grouped for learner in group.learners} == set(several)


def test_each_learner_has_its_own_cell_and_estimator() -> None:
    learning, plan, registry = planned("start.mu=[0,1]", "samples=[2]", "estimator=[pathwise,score_function_loo]")
    (group,) = groups(learners(plan, learning, registry), registry)
    for learner, subgrid in zip(group.learners, group.subgrids, strict=True):
        assert subgrid.cells[0].theta == learner.cell.theta
        assert subgrid.members[0].variant == learner.variant


def test_a_parameterisation_that_a_family_lacks_is_named_with_those_it_has() -> None:
    learning, plan, registry = planned("parameterisation=[logit]")
    with pytest.raises(BadInput, match=r"parameterisation='logit' is not allowed; .* normal: sigma, log_sigma"):
        learners(plan, learning, registry)


@pytest.mark.parametrize(
    ("steps", "count", "expected"),
    [
        (10, 5, (0, 1, 2, 4, 6, 8, 10)),
        (3, 50, (0, 1, 2, 3)),
        (1, 1, (0, 1)),
        (7, 2, (0, 1, 2, 4, 7)),
        (120, 3, (0, 1, 2, 4, 8, 16, 32, 40, 80, 120)),
    ],
)
def test_checkpoints_are_equal_parts_and_early_steps(steps: int, count: int, expected: tuple[int, ...]) -> None:
    assert checkpoints(steps, count) == expected
