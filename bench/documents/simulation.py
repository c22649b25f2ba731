"""How long a sweep takes on so many workers: its tasks handed out one by one, in virtual time.

Client and scheduler are one server, which each task and each result takes a while of. A stage ends when its last
result is there, for what the next one does depends on it; a worker links the kernels before its first block.
"""

import heapq
from dataclasses import dataclass

from bench.cluster.sizes import items_of_task, most_tasks

LAPS = (1, 3, 12)  # of the stages: sixteen in all, as a precision of 5 % takes where ratios are far from 1
GROUPS = 64  # blocks of a lap


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds of one core."""

    block_s: float
    link_s: float
    result_s: float  # of a block, on its way
    task_s: float  # of client and scheduler
    function_s: float  # of a function on its way to a worker, once


def seconds(costs: Costs, workers: int, laps: tuple[int, ...] = LAPS) -> float:
    """The time from the first block to the last."""
    size = items_of_task(costs.block_s)
    linked, now = 0, 0.0
    free = [0.0] * workers  # when a worker is
    heapq.heapify(free)
    for blocks in (GROUPS * count for count in laps):
        tasks = [min(size, blocks - first) for first in range(0, blocks, size)]
        server, ends = now, list[float]()
        room = most_tasks(workers, costs.block_s)
        for number, items in enumerate(tasks):
            server = max(server, ends[number - room] if number >= room else now) + costs.task_s
            begin = max(heapq.heappop(free), server)
            if linked < workers:
                begin, linked = begin + costs.link_s + costs.function_s, linked + 1
            heapq.heappush(free, begin + items * costs.block_s)
            server += items * costs.result_s
            ends.append(max(ends[-1] if ends else 0.0, begin + items * (costs.block_s + costs.result_s)))
        now = max(server, ends[-1])
    return now
