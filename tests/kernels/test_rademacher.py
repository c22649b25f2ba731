"""Signs: both, as often as each other, and their exact rule."""

import numpy as np

from bench.kernels.rademacher import RADEMACHER, RADEMACHER_AGAIN

COUNT = 100_000


def test_both_signs_are_drawn_as_often() -> None:
    out = np.empty((2, COUNT))
    RADEMACHER.fill(np.random.Generator(np.random.SFC64(1)), out)
    assert set(np.unique(out)) == {-1.0, 1.0}
    assert abs(out.mean()) < 5 / np.sqrt(out.size)


def test_the_rule_has_both_however_many_nodes_are_asked_for() -> None:
    for nodes in (2, 32):
        points, weights = RADEMACHER.rule(nodes)
        np.testing.assert_array_equal(points, [-1.0, 1.0])
        assert weights.sum() == 1.0
        assert weights @ points == 0.0


def test_the_second_channel_has_the_same_law_under_another_name() -> None:
    assert RADEMACHER_AGAIN.fill is RADEMACHER.fill
    assert RADEMACHER_AGAIN.name != RADEMACHER.name
