"""Sums over strided columns, power sums, and estimates that need all their draws, each against NumPy."""

import numpy as np
import pytest

from bench.engine import reduce
from bench.kernels import calls
from tests.support.cases import EVERYTHING


@pytest.mark.parametrize("factor", [2, 3, 5, 7, 10, 64])
def test_strided_sums_add_strided_columns(factor: int) -> None:
    size = 2048 // factor
    columns, out = np.arange(2048.0), np.empty(size)
    reduce.strided_sum(columns, factor, out)
    np.testing.assert_array_equal(out, columns[: size * factor].reshape(factor, size).sum(axis=0))


def test_power_sums_are_added_to_those_that_are_there() -> None:
    """Whole numbers: every sum is exact."""
    columns = np.array([4.0, -2.0, 10.0, 6.0])
    deviations = columns * 0.5 - 1.0
    sums = np.array([1.0, 10.0, 100.0, 1000.0])
    expected = sums + [(deviations**power).sum() for power in range(1, reduce.POWERS + 1)]
    reduce.accumulate(columns, 0.5, 1.0, sums)
    np.testing.assert_array_equal(sums, expected)


@pytest.mark.parametrize("adds_score", [False, True])
@pytest.mark.parametrize("coupled", [1, 2])
def test_joint_estimates_take_their_draws_in_the_order_of_the_tile(coupled: int, adds_score: bool) -> None:
    """Contributions lie segment after segment, each [coupled, columns]; the weights want [coupled, all columns]."""
    segment, segments, samples, width = 12, 2, 4, 3
    tile = segment * segments
    joint = EVERYTHING.get("estimator", "score_function_loo").rule.joint
    contributions = np.random.default_rng(0).normal(size=(width, tile))
    layout = contributions.reshape(width, segments, coupled, segment // coupled)
    draws = layout.transpose(0, 2, 1, 3).reshape(width, tile)
    weights, centre = np.empty(tile), np.array([0.5, -0.5])
    joint(np.ascontiguousarray(draws[0]), samples, weights)
    estimates = ((weights + adds_score) * draws[1:]).reshape(2, samples, -1).mean(axis=1)
    deviations = estimates - centre[:, np.newaxis]
    sums = np.zeros((2, 2, reduce.POWERS))
    addresses = calls.address(joint, calls.JOINT_WEIGHT), calls.address(reduce.accumulate, reduce.ACCUMULATE)
    layout, recorded = (coupled, segment, adds_score), np.array([True, False])
    reduce.reduce_joint(contributions, *layout, *addresses, np.array([samples, 6]), recorded, centre, sums)
    expected = np.stack([(deviations**power).sum(axis=1) for power in range(1, reduce.POWERS + 1)], axis=1)
    np.testing.assert_allclose(sums[0], expected, rtol=1e-13)
    assert not sums[1].any()
