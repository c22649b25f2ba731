"""The simulation: one worker takes what its blocks take, more share them, and one server is the end of it."""

import pytest

from bench.documents.simulation import GROUPS, LAPS, Costs, seconds

FREE = Costs(block_s=1.0, link_s=0.0, result_s=0.0, task_s=0.0, function_s=0.0)
BLOCKS = sum(LAPS) * GROUPS


def test_without_a_way_to_go_workers_share_the_blocks() -> None:
    assert seconds(FREE, 1) == BLOCKS
    assert seconds(FREE, 2) == BLOCKS / 2
    assert seconds(FREE, 64) == BLOCKS / 64


def test_more_workers_than_blocks_of_a_stage_wait() -> None:
    assert seconds(FREE, GROUPS * max(LAPS)) == len(LAPS)
    assert seconds(FREE, 10_000) == len(LAPS)


def test_a_worker_links_once() -> None:
    linking = Costs(block_s=1.0, link_s=10.0, result_s=0.0, task_s=0.0, function_s=5.0)
    assert seconds(linking, 1) == BLOCKS + 15
    assert seconds(linking, 2, (1,)) == GROUPS / 2 + 15


def test_a_slow_server_is_what_all_wait_for() -> None:
    slow = Costs(block_s=1.0, link_s=0.0, result_s=0.0, task_s=2.0, function_s=0.0)
    assert seconds(slow, 1_000) == pytest.approx(2 * BLOCKS + len(LAPS))
    assert seconds(Costs(1.0, 0.0, 3.0, 0.0, 0.0), 1_000) >= 3 * BLOCKS


def test_short_blocks_go_together() -> None:
    short = Costs(block_s=0.01, link_s=0.0, result_s=0.0, task_s=0.02, function_s=0.0)
    tasks = sum(-(-GROUPS * laps // 20) for laps in LAPS)
    assert seconds(short, 1_000) == pytest.approx(0.02 * tasks + len(LAPS) * 0.2, rel=0.1)  # of a task 0.2 s are work
    assert seconds(short, 1) == pytest.approx(0.01 * BLOCKS, rel=0.05)
