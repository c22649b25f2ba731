"""Multiple comparisons with the best: what is left out, and how often a best one is."""

import numpy as np
import pytest

from bench.statistics.best import HALF_WIDTH, LEVEL, may_be_least

ERROR = 0.1  # of a logarithm


def told(logs: list[float], error: float = ERROR) -> list[bool]:
    value = np.exp(np.array(logs))
    width = np.exp(HALF_WIDTH * error)
    return may_be_least(value, value / width, value * width).tolist()


def test_those_that_may_be_the_least_are_kept() -> None:
    assert told([0.0, 0.1, 2.0]) == [True, True, False]
    assert told([0.0]) == [True]
    assert told([0.0, 0.0, 0.0]) == [True, True, True]


def test_more_of_them_allow_more() -> None:
    """A difference that two tell apart is within what the largest of eight may be."""
    assert told([0.0, 0.35]) == [True, False]
    assert told([0.0, 0.35, *[3.0] * 6])[:2] == [True, True]


def test_without_error_the_least_alone_is_left() -> None:
    assert told([0.2, 0.1, 0.3], error=0.0) == [False, True, False]


def test_beside_nothing_no_other_is_least() -> None:
    value = np.array([0.0, 1e-9, 0.0])
    assert may_be_least(value, value, value).tolist() == [True, False, True]


@pytest.mark.parametrize("correlation", [0.0, 0.9])
def test_a_best_one_is_left_out_no_more_often_than_said(correlation: float) -> None:
    """Of four equal ones: the first is the best, or as good as any; and a far worse one is always left out."""
    random, repeats = np.random.Generator(np.random.SFC64(4)), 4000
    common = np.sqrt(correlation) * random.standard_normal((repeats, 1))
    logs = ERROR * (common + np.sqrt(1 - correlation) * random.standard_normal((repeats, 5)))
    logs[:, 4] += 2.0
    kept = np.array([told(list(row)) for row in logs])
    out = 1 - kept[:, 0].mean()
    assert out <= LEVEL + 4 * np.sqrt(LEVEL * (1 - LEVEL) / repeats)
    assert not kept[:, 4].any()
