"""Streams of random numbers: a digest of what they are for, and draws that more draws begin with."""

import numpy as np

from bench.vae import keys


def test_another_seed_and_another_content_are_other_streams() -> None:
    streams = [(0, "a"), (1, "a"), (0, "b"), (0, "a", 1), (0, "a", "1")]
    assert len({keys.words(*content).tobytes() for content in streams}) == len(streams)
    assert keys.words(0, "a").tobytes() == keys.words(0, "a").tobytes()


def test_fewer_draws_are_the_first_of_more() -> None:
    key = keys.key(3, "draws")
    many, few = (np.asarray(keys.normals(key, (samples, 4, 2))) for samples in (5, 2))
    assert many.dtype == np.float64
    assert np.array_equal(many[:2], few)
    assert not np.array_equal(keys.normals(keys.key(4, "draws"), (2, 4, 2)), few)


def test_a_batch_has_no_digit_twice_and_an_epoch_each_but_the_rest() -> None:
    order = keys.batches(0, 0, steps=7, batch=3, count=10)
    assert order.shape == (7, 3)
    for epoch in (order[:3], order[3:6]):
        assert len(set(epoch.ravel())) == 9
    assert not np.array_equal(order[:3], order[3:6])
    assert np.array_equal(keys.batches(0, 0, 4, 3, 10), order[:4])
    assert not np.array_equal(keys.batches(0, 1, 7, 3, 10), order)
