"""Places inside cells: never an end, whatever the word, and as fine as a double allows."""

from dataclasses import replace

import numpy as np
import pytest

from bench.kernels.jit import kernel
from bench.kernels.normal import NORMAL
from bench.kernels.strata import bits_inside, inside, without_quantile
from bench.kernels.uniform import UNIFORM


@kernel
def chances(words, cell, cells, bits, out):
    for i in range(words.size):
        out[i] = (cell + inside(words[i], bits)) / cells


@pytest.mark.parametrize("cells", [1, 2, 3, 1000, 163_840])
def test_the_smallest_and_the_largest_word_are_inside_their_cell(cells: int) -> None:
    """The first chance is as far from 0 as the last one is from 1, and all have digits of their own."""
    words, out = np.array([0, 2**64 - 1], dtype=np.uint64), np.empty(2)
    ends = []
    for cell in (0, cells - 1):
        chances(words, cell, cells, bits_inside(cells), out)
        assert cell / cells < out[0] < out[1] < (cell + 1) / cells
        ends.append(out.copy())
    assert 2.0**-54 < ends[0][0] < 2.0**-51
    assert 1 - ends[1][1] == pytest.approx(ends[0][0], abs=2.0**-53)


def test_a_channel_without_a_quantile_function_is_named() -> None:
    assert without_quantile("mine", (NORMAL, UNIFORM)) is None
    words = without_quantile("mine", (NORMAL, replace(UNIFORM, quantile=None)))
    assert words == "mine places draws by their quantiles, and noise 'uniform' has none"
