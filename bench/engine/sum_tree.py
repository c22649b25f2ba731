"""The tree of sums that gives the means over every number of samples from one pass over the draws."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np


class Tree(NamedTuple):
    """The sums over draws as a tree: node q holds the sums of factor[q] columns of its source."""

    source: Any  # [q] a node, or -1: the numbers that combine gave
    factor: Any  # [q]
    size: Any  # [q] columns of the node, of one segment (or of the tile where it is folded at its end)
    late: Any  # [q] whether it is folded at the end of the tile, not of the segment
    start: Any  # [q] where its columns stand among those kept
    advance: Any  # [q] how much further each segment's columns stand: size, or 0 where no later node reads them
    node: Any  # [k] the node that holds the sums of the k-th number of samples
    length: int  # columns kept of a tile


def folding(columns: Iterable[int]) -> tuple[list[tuple[int, int]], list[int]]:
    """The tree of sums: nodes (source, factor), and the node that holds the sums of each number of columns.

    Node -1 is a single column. The way to a number does not depend on the others, and first comes what leaves fewest
    columns: 1000 from 100, from 10, from 1; 28 from 4, from 2, from 1; 997 from 1.
    """
    nodes: list[tuple[int, int]] = []
    found = {1: -1}

    def node(number: int) -> int:
        if number not in found:
            last = _last_factor(number)
            nodes.append((node(number // last), last))
            found[number] = len(nodes) - 1
        return found[number]

    return nodes, [node(number) for number in columns]


def _last_factor(number: int) -> int:
    """What a sum over so many columns is made of last: the largest prime besides its tens, or ten."""
    while number % 10 == 0:
        number //= 10
    prime, last = 2, 10
    while number > 1:
        if number % prime:
            prime += 1
        else:
            number, last = number // prime, prime
    return last


def tree_of(samples: Iterable[int], coupled: int, segment: int, tile: int) -> Tree:
    """The tree of sums over so many draws: what divides a segment without rest, and at the tile's end the others."""
    segments = tile // segment
    nodes, where = folding([k // coupled for k in samples])
    if coupled > 1:  # node 0 adds up the draws that depend on each other
        nodes, where = [(-1, coupled), *((source + 1, factor) for source, factor in nodes)], [q + 1 for q in where]
    size: list[int] = []
    late: list[bool] = []
    for source, factor in nodes:
        given, after = (size[source], late[source]) if source >= 0 else (segment, False)
        late.append(after or given % factor > 0)
        size.append(given * (segments if late[-1] and not after else 1) // factor)
    read = {source for (source, _), after in zip(nodes, late, strict=True) if after}
    advance = [n if q in read and not late[q] else 0 for q, n in enumerate(size)]
    lengths = [n * (segments if step else 1) for n, step in zip(size, advance, strict=True)]
    stops = np.cumsum([0, *lengths])
    return Tree(
        source=np.array([source for source, _ in nodes], dtype=np.int64),
        factor=np.array([factor for _, factor in nodes], dtype=np.int64),
        size=np.array(size, dtype=np.int64),
        late=np.array(late, dtype=bool),
        start=stops[:-1],
        advance=np.array(advance, dtype=np.int64),
        node=np.array(where),
        length=int(stops[-1]),
    )
