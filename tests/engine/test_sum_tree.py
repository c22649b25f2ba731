"""The tree of sums: every number of samples is reached, by a way of its own."""

import numpy as np
import pytest

from bench.engine.sum_tree import nodes_of, tree_of

NUMBERS = (1, 7, 10, 50, 64, 100, 997, 999, 1000, 5110)


def way(nodes: list[tuple[int, int]], q: int) -> list[int]:
    return [] if q < 0 else [*way(nodes, nodes[q][0]), nodes[q][1]]


def test_the_way_to_a_number_does_not_depend_on_the_others() -> None:
    many, where = nodes_of(NUMBERS)
    for number, q in zip(NUMBERS, where, strict=True):
        alone, (last,) = nodes_of([number])
        assert way(many, q) == way(alone, last)
        assert np.prod([1, *way(many, q)]) == number


@pytest.mark.parametrize("coupled", [1, 2])
def test_nodes_hold_as_many_columns_as_the_tile_has(coupled: int) -> None:
    """What is summed in a segment leaves no rest, so a tile gives tile // K estimates of any K."""
    samples = [coupled * number for number in NUMBERS if coupled * number <= 5120]
    tree = tree_of(samples, coupled, 640, 5120)
    for k, q in zip(samples, tree.node, strict=True):
        columns = 640 if q < 0 else tree.size[q]
        assert columns * (1 if q >= 0 and tree.at_tile_end[q] else 8) == 5120 // k


def test_columns_that_are_kept_do_not_overlap() -> None:
    tree = tree_of(NUMBERS, 1, 640, 5120)
    taken = np.zeros(tree.length, dtype=int)
    for start, size, offset in zip(tree.start, tree.size, tree.segment_offset, strict=True):
        for segment in range(8 if offset else 1):
            taken[start + segment * offset : start + segment * offset + size] += 1
    assert (taken == 1).all()
