"""How many items a task holds, and how many tasks are under way.

A task is worth its way to a worker and back: at least 0.1 s of work. Until it is known how long an item takes, a task
holds two, of which the first links the kernels and the second is timed, and a thread has one task.
"""

import math

LEAST_S = 0.1  # of work in a task
TASK_S = 2 * LEAST_S  # that is aimed at, for blocks vary
MOST_TASKS = 2000  # under way at once
A_THREAD = 4  # of them for each thread of the workers
PROBE = 2  # items of a task of unknown length


def items_of_task(item_s: float | None) -> int:
    """Of items that take so many seconds; None where that is not known."""
    return PROBE if item_s is None else max(1, math.ceil(TASK_S / item_s))


def most_tasks(threads: int, item_s: float | None) -> int:
    """Under way at once, with so many threads on all workers together."""
    return min(MOST_TASKS, max(1, threads * (1 if item_s is None else A_THREAD)))
