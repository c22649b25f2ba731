"""Estimates beside the mean over subsets of their draws."""

import pytest

from bench.oracle.subsets import MOST_SUBSETS, beside_subsets, values, weights_of
from bench.spec import Floats


def leave_one_out(value: Floats, samples: int, out: Floats) -> None:
    f = value.reshape(samples, -1)
    out[:] = ((f - f.mean(axis=0)) * samples / (samples - 1)).ravel()


def in_sample(value: Floats, samples: int, out: Floats) -> None:
    f = value.reshape(samples, -1)
    out[:] = (f - f.mean(axis=0)).ravel()


@pytest.mark.parametrize("samples", [3, 6, 10, 100])
def test_leave_one_out_is_a_mean_over_pairs_and_in_sample_is_not(samples: int) -> None:
    for joint, is_mean in ((leave_one_out, True), (in_sample, False)):
        compared = beside_subsets(joint, 2, samples)
        assert compared is not None
        of_all, of_pairs, size = compared
        assert (abs(of_all - of_pairs) < 1e-10 * size) == is_mean


def test_in_sample_is_short_by_its_factor() -> None:
    """(K - 1) / K beside 1 / 2."""
    compared = beside_subsets(in_sample, 2, 10)
    assert compared is not None
    assert compared[0] / compared[1] == pytest.approx(0.9 / 0.5)


def test_too_many_subsets_are_none() -> None:
    assert MOST_SUBSETS < 1000 * 999 / 2
    assert beside_subsets(leave_one_out, 2, 1000) is None


def test_values_are_the_same_always() -> None:
    assert values(5).tolist() == values(5).tolist()
    assert weights_of(in_sample, values(6), 3).shape == (6,)
