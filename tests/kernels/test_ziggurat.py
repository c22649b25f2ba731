"""The ziggurat against NumPy's: the same numbers, the same state after them."""

import numpy as np
import pytest

from bench.kernels.ziggurat import EDGE, standard_normal


def both(seed: int) -> tuple[np.random.Generator, np.random.Generator]:
    ours, theirs = (np.random.Generator(np.random.SFC64(seed)) for _ in range(2))
    return ours, theirs


def test_the_stream_is_that_of_numpy() -> None:
    """Four million draws, of which about a thousand come from the tail and fifty thousand from beside the boxes."""
    ours, theirs = both(7)
    for size in (1, 3, 1_000_003, 3_000_000):
        out = np.empty(size)
        standard_normal(ours, out)
        np.testing.assert_array_equal(out, theirs.standard_normal(size))
    assert (abs(out) > EDGE).any()
    assert ours.bit_generator.random_raw() == theirs.bit_generator.random_raw()


def test_any_contiguous_shape_is_filled_in_place() -> None:
    ours, theirs = both(8)
    out = np.empty((2, 3, 5))
    standard_normal(ours, out)
    np.testing.assert_array_equal(out, theirs.standard_normal((2, 3, 5)))
    with pytest.raises(ValueError, match="copy"):
        standard_normal(ours, out[:, ::2])
