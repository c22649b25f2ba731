"""SFC64 in kernels: NumPy's words, the state after them, and permutations that are equally frequent."""

import itertools

import numpy as np
import pytest
from scipy import stats

from bench.kernels.jit import kernel
from bench.kernels.sfc64 import advance, draw, shuffle, uniform


@kernel
def words(state, out):
    a, b, c, counter = state[0], state[1], state[2], state[3]
    for i in range(out.size):
        a, b, c, counter, word = advance(a, b, c, counter)
        out[i] = uniform(word)
    state[0], state[1], state[2], state[3] = a, b, c, counter


@kernel
def permutations(state, out):
    a, b, c, counter = state[0], state[1], state[2], state[3]
    for row in range(out.shape[0]):
        a, b, c, counter = shuffle(a, b, c, counter, out[row])
    state[0], state[1], state[2], state[3] = a, b, c, counter


def generator(seed: int = 3) -> np.random.Generator:
    return np.random.Generator(np.random.SFC64(seed))


def permuted(rows: int, size: int) -> np.ndarray:
    out = np.full((rows, size), -1)
    draw(permutations, generator(), out)
    return out


def test_words_and_state_are_numpys() -> None:
    ours, theirs, out = generator(), generator(), np.empty(1000)
    draw(words, ours, out)
    np.testing.assert_array_equal(out, theirs.random(1000))
    assert ours.bit_generator.random_raw() == theirs.bit_generator.random_raw()


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_a_shuffle_is_a_permutation(size: int) -> None:
    out = permuted(64, size)
    assert np.all(np.sort(out, axis=1) == np.arange(size))


def test_all_permutations_are_equally_frequent() -> None:
    """24 counts of 240,000 shuffles, by chi squared: rejected where they are right with a chance of 1e-6."""
    out = permuted(240_000, 4)
    codes = out @ 4 ** np.arange(4)
    counts = [np.count_nonzero(codes == np.array(p) @ 4 ** np.arange(4)) for p in itertools.permutations(range(4))]
    assert sum(counts) == len(out)
    assert stats.chisquare(counts).pvalue > 1e-6
