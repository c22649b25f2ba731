"""The uniform channel: draws follow its rule, the rule is exact for polynomials, and between breaks for what jumps."""

import numpy as np
import pytest

from bench.kernels.uniform import UNIFORM, gauss_legendre
from tests.support.channels import POWERS, bound, drawn, standard_errors

EPSILON = 64 * np.finfo(float).eps


def test_moments_of_the_draws_are_those_of_the_rule() -> None:
    draws = drawn(UNIFORM)
    assert 0 <= draws.min() < draws.max() < 1
    assert max(abs(standard_errors(UNIFORM, draws))) < bound(len(POWERS))
    assert max(abs(standard_errors(UNIFORM, 1.01 * draws))) > bound(len(POWERS))


@pytest.mark.parametrize("nodes", [1, 2, 5, 12])
def test_the_rule_is_exact_up_to_its_degree_and_no_further(nodes: int) -> None:
    points, weights = gauss_legendre(nodes)
    for power in range(2 * nodes):
        assert abs(weights @ points**power - 1 / (power + 1)) < EPSILON
    assert weights @ points ** (2 * nodes) < (1 - EPSILON) / (2 * nodes + 1)


@pytest.mark.parametrize("breaks", [(0.3,), (0.05, 0.7, 0.9)])
def test_what_jumps_is_integrated_between_its_breaks(breaks: tuple[float, ...]) -> None:
    points, weights = UNIFORM.rule(2 * (len(breaks) + 1), breaks)
    assert abs(weights.sum() - 1) < EPSILON
    for at in breaks:
        assert abs(weights @ (points < at) - at) < EPSILON
        assert abs(weights @ (points * (points < at)) - at**2 / 2) < EPSILON
    blind_points, blind = UNIFORM.rule(2 * (len(breaks) + 1))
    assert abs(blind @ (blind_points < breaks[0]) - breaks[0]) > EPSILON  # a rule that is not told of the jump is off


def test_every_piece_has_a_node() -> None:
    points, weights = UNIFORM.rule(1, (0.25, 0.5))
    np.testing.assert_allclose(points, [0.125, 0.375, 0.75], rtol=EPSILON)
    np.testing.assert_allclose(weights, [0.25, 0.25, 0.5], rtol=EPSILON)
