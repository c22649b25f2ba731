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


@pytest.mark.parametrize("coupled", [1, 2])
def test_joint_estimates_take_their_draws_in_the_order_of_the_tile(coupled: int) -> None:
    """Contributions lie segment after segment, each [coupled, columns]; the kernel wants [coupled, all columns]."""
    segment, segments, samples, width = 12, 2, 4, 3
    tile = segment * segments
    rule = EVERYTHING.get("estimator", "leave_one_out").estimate
    contributions = np.random.default_rng(0).normal(size=(width, tile))
    layout = contributions.reshape(width, segments, coupled, segment // coupled)
    draws = layout.transpose(0, 2, 1, 3).reshape(width, tile)
    estimates, centre = np.empty((2, tile // samples)), np.array([0.5, -0.5])
    rule(np.ascontiguousarray(draws), samples, estimates)
    deviations = estimates - centre[:, np.newaxis]
    sums = np.zeros((2, 2, reduce.POWERS))
    addresses = calls.address(rule, calls.ESTIMATE), calls.address(reduce.accumulate, reduce.ACCUMULATE)
    recorded = np.array([True, False])
    reduce.reduce_joint(contributions, coupled, segment, *addresses, np.array([samples, 6]), recorded, centre, sums)
    expected = np.stack([(deviations**power).sum(axis=1) for power in range(1, reduce.POWERS + 1)], axis=1)
    np.testing.assert_allclose(sums[0], expected, rtol=1e-13)
    assert not sums[1].any()
