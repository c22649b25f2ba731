"""The digits are those of the source, and their split is the same for all runs."""

import hashlib

import numpy as np
import pytest

from bench.vae.digits import COUNT, HIGHEST, load, split


def test_the_digits_are_those_of_the_source() -> None:
    """The counts of the classes are those that scikit-learn's description of the set gives, some 180 each."""
    images, labels = load()
    assert images.shape == (COUNT, 64)
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert labels[:10].tolist() == list(range(10))
    assert (images.min(), images.max()) == (0, 1)
    levels = (images * HIGHEST).astype(np.uint8)
    assert np.array_equal(levels / HIGHEST, images)
    assert levels.sum(dtype=int) == 561718
    assert hashlib.sha256(levels.tobytes()).hexdigest().startswith(DIGEST)


DIGEST = "8f26b2bd9d135c25"


def test_nobody_can_change_them() -> None:
    with pytest.raises(ValueError, match="read-only"):
        load().images[0] = 0


def test_every_digit_is_on_one_side_and_fewer_held_out_are_the_first_of_more() -> None:
    learned, others = split(297)
    assert (len(learned.images), len(others.images)) == (1500, 297)
    everything = np.concatenate([learned.images, others.images])
    assert np.array_equal(np.sort(everything, axis=0), np.sort(load().images, axis=0))
    assert np.array_equal(split(10)[1].images, others.images[:10])
    assert set(others.labels) == set(range(10))
