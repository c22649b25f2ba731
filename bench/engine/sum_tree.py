"""The tree of sums that gives the means over every number of samples from one pass over the draws."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np


class Tree(NamedTuple):
    """The sums over draws as a tree: node q holds the sums of factor[q] columns of its source."""

    source: Any  # [q] a node, or -1: the contributions themselves
    factor: Any  # [q]
    size: Any  # [q] columns per segment, or per tile if at_tile_end
    at_tile_end: Any  # [q] whether it is summed at the end of the tile, not of the segment
    start: Any  # [q] where its columns begin in the buffer
    segment_offset: Any  # [q] between the columns of successive segments in the buffer; 0 = every segment reuses them
    node: Any  # [k] the node that holds the sums of the k-th number of samples
    length: int  # of the buffer, per (cell, estimator, parameter)


def nodes_of(numbers: Iterable[int]) -> tuple[list[tuple[int, int]], list[int]]:
    """The nodes (source, factor) of a tree, and the node that holds the sums of each number of columns.

    Node -1 is a single column. The way to a number does not depend on the other numbers: factors of 10 come first, then
    the remaining primes in ascending order. 1000 from 100, from 10, from 1; 28 from 4, from 2, from 1.
    """
    nodes: list[tuple[int, int]] = []
    position = {1: -1}

    def node(number: int) -> int:
        if number not in position:
            last = _last_factor(number)
            nodes.append((node(number // last), last))
            position[number] = len(nodes) - 1
        return position[number]

    return nodes, [node(number) for number in numbers]


def _last_factor(number: int) -> int:
    """The factor that is summed last: the largest prime left after removing factors of 10, else 10."""
    while number % 10 == 0:
        number //= 10
    prime, last = 2, 10
    while number > 1:
        if number % prime:
            prime += 1
        else:
            number, last = number // prime, prime
    return last


def tree_of(samples: Iterable[int], coupled: int, segment_size: int, tile: int) -> Tree:
    """The tree of sums over so many draws: by segment what divides it without remainder, the rest at the tile's end."""
    nodes, node = nodes_of([k // coupled for k in samples])
    if coupled > 1:  # node 0 adds up the draws that depend on each other
        nodes, node = [(-1, coupled), *((source + 1, factor) for source, factor in nodes)], [q + 1 for q in node]
    segments = tile // segment_size
    size: list[int] = []
    at_tile_end: list[bool] = []
    for source, factor in nodes:
        columns, source_at_end = (size[source], at_tile_end[source]) if source >= 0 else (segment_size, False)
        at_tile_end.append(source_at_end or columns % factor > 0)
        size.append(columns * (segments if at_tile_end[-1] and not source_at_end else 1) // factor)
    read_at_end = {source for (source, _), at_end in zip(nodes, at_tile_end, strict=True) if at_end}
    segment_offset = [n if q in read_at_end and not at_tile_end[q] else 0 for q, n in enumerate(size)]
    lengths = [n * (segments if offset else 1) for n, offset in zip(size, segment_offset, strict=True)]
    ends = np.cumsum([0, *lengths])
    return Tree(
        source=np.array([source for source, _ in nodes], dtype=np.int64),
        factor=np.array([factor for _, factor in nodes], dtype=np.int64),
        size=np.array(size, dtype=np.int64),
        at_tile_end=np.array(at_tile_end, dtype=bool),
        start=ends[:-1],
        segment_offset=np.array(segment_offset, dtype=np.int64),
        node=np.array(node),
        length=int(ends[-1]),
    )
