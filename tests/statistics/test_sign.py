"""The sign test: its p-values by counting, its level under no difference, and what is left out."""

import itertools
import math

import numpy as np
import pytest

from bench.statistics.sign import sign_test


@pytest.mark.parametrize("n", [1, 2, 5, 8])
def test_p_is_the_share_of_coins_that_fall_at_least_as_far_apart(n: int) -> None:
    """All 2^n ways in which n pairs may differ are equally likely."""
    sides = [sum(way) for way in itertools.product((0, 1), repeat=n)]
    for less in range(n + 1):
        first = np.array([0.0] * less + [1.0] * (n - less))
        signs = sign_test(first, np.full(n, 0.5))
        assert (signs.less, signs.more, signs.ties) == (less, n - less, 0)
        extreme = sum(abs(side - n / 2) >= abs(less - n / 2) for side in sides) / 2**n
        assert math.isclose(signs.p, extreme, rel_tol=1e-12)


def test_which_side_is_first_does_not_matter() -> None:
    first, second = np.random.default_rng(0).normal(size=(2, 31))
    there, back = sign_test(first, second), sign_test(second, first)
    assert (there.less, there.more, there.p) == (back.more, back.less, back.p)


def test_pairs_that_are_equal_say_nothing_those_that_never_come_too() -> None:
    first, second = np.array([1.0, np.inf, 2.0, 3.0]), np.array([2.0, np.inf, 2.0, np.inf])
    assert sign_test(first, second) == (2, 0, 2, 0.5)
    assert sign_test(second[1:3], second[1:3]) == (0, 0, 2, 1.0)


def test_false_alarms_are_no_more_than_the_level() -> None:
    """Of pairs from one distribution; the bound is five standard errors above the level."""
    draws = np.random.default_rng(1).normal(size=(2000, 2, 24))
    alarms = np.mean([sign_test(*pair).p < 0.05 for pair in draws])
    assert 0 < alarms < 0.05 + 5 * math.sqrt(0.05 * 0.95 / len(draws))


def test_a_real_difference_is_seen() -> None:
    first, second = np.random.default_rng(2).normal(size=(2, 64))
    assert sign_test(first - 2.0, second).p < 1e-6
