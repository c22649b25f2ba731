"""Estimates beside the mean over subsets of their draws."""

import math

import pytest

from bench.oracle.subsets import MOST_SUBSETS, beside_subsets, is_u_statistic, values, weights_of
from bench.spec import Floats


def leave_one_out(value: Floats, samples: int, out: Floats) -> None:
    f = value.reshape(samples, -1)
    out[:] = ((f - f.mean(axis=0)) * samples / (samples - 1)).ravel()


def in_sample(value: Floats, samples: int, out: Floats) -> None:
    f = value.reshape(samples, -1)
    out[:] = (f - f.mean(axis=0)).ravel()


@pytest.mark.parametrize("samples", [3, 6, 10, 100, 1000])
def test_leave_one_out_is_a_mean_over_pairs_and_in_sample_is_not(samples: int) -> None:
    for joint, is_mean in ((leave_one_out, True), (in_sample, False)):
        beside = beside_subsets(joint, 2, samples)
        assert beside is not None
        assert beside.agree == is_mean
        assert is_u_statistic(joint, 2, samples) == is_mean


def test_in_sample_is_short_by_its_factor() -> None:
    """(K - 1) / K beside 1 / 2."""
    compared = beside_subsets(in_sample, 2, 10)
    assert compared is not None
    assert compared.weights / compared.expected == pytest.approx(0.9 / 0.5)


def test_too_many_subsets_are_none() -> None:
    assert math.comb(99, 4) > MOST_SUBSETS
    assert beside_subsets(leave_one_out, 5, 100) is None


def test_values_are_the_same_always() -> None:
    assert values(5).tolist() == values(5).tolist()
    assert weights_of(in_sample, values(6), 3).shape == (6,)
