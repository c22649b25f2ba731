"""SFC64 with its state in registers, for kernels that draw: the words of NumPy's bit generator of that name, in order.

Doty-Humphrey's small fast counting generator, of PractRand.
"""

from typing import Any

import numpy as np

from bench.kernels.cache import alone
from bench.kernels.jit import subroutine

_1, _3, _11, _24, _32, _40 = (np.uint64(n) for n in (1, 3, 11, 24, 32, 40))
LOW = np.uint64(2**32 - 1)


@subroutine
def advance(a, b, c, counter):
    """One step: the next state, and the word it gives."""
    word = a + b + counter
    return b ^ (b >> _11), c + (c << _3), ((c << _24) | (c >> _40)) + word, counter + _1, word


@subroutine
def uniform(word):
    """A word as a double in [0, 1)."""
    return np.float64(np.int64(word >> _11)) * 2.0**-53


@subroutine
def shuffle(a, b, c, counter, order):
    """order[n] <- a permutation of 0, ..., n - 1, each with the same chance; n < 2^32; the next state.

    Durstenfeld (1964); below 32 bits by Lemire (2019), "Fast random integer generation in an interval", whose second
    draw leaves no number out.
    """
    for i in range(order.size):
        bound = np.uint64(i + 1)
        while True:
            a, b, c, counter, word = advance(a, b, c, counter)
            product = (word >> _32) * bound
            rest = product & LOW
            if rest >= bound or rest >= (LOW - bound + _1) % bound:
                break
        j = np.int64(product >> _32)
        order[i] = order[j]
        order[j] = i
    return a, b, c, counter


def draw(kernel: Any, generator: np.random.Generator, *arguments: Any) -> None:
    """kernel(state[4], *arguments), which moves the state on; the generator's bit generator is SFC64."""
    state = generator.bit_generator.state
    words = state["state"]["state"].copy()
    with alone(kernel):
        kernel(words, *arguments)
    state["state"]["state"] = words
    generator.bit_generator.state = state
