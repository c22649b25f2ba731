"""Tasks: long enough whatever an item takes, and never too many."""

import pytest

from bench.cluster.sizes import A_THREAD, LEAST_S, MOST_TASKS, PROBE, items_of_task, most_tasks


@pytest.mark.parametrize("item_s", [1e-9, 1e-4, 0.03, 0.1, 0.19, 0.2, 7.0])
def test_a_task_is_long_enough_and_no_longer_than_it_takes(item_s: float) -> None:
    items = items_of_task(item_s)
    assert items * item_s >= LEAST_S
    assert items == 1 or (items - 1) * item_s < 2 * LEAST_S


def test_an_item_of_unknown_length_has_one_beside_it_that_is_timed() -> None:
    assert items_of_task(None) == PROBE


@pytest.mark.parametrize(
    ("threads", "most"), [(0, 1), (1, A_THREAD), (100, 100 * A_THREAD), (500, MOST_TASKS), (10**6, MOST_TASKS)]
)
def test_the_window_grows_with_the_threads_and_has_an_end(threads: int, most: int) -> None:
    assert most_tasks(threads, 0.1) == most
    assert most_tasks(threads, None) == min(max(1, threads), MOST_TASKS)
