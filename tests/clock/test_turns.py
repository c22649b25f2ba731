"""Works in turn: every round begins with another one, and what each tells stands in its own place."""

from functools import partial

import numpy as np

from bench.clock.turns import in_turns


def test_every_round_begins_with_another_work() -> None:
    called: list[str] = []

    def work(name: str) -> float:
        called.append(name)
        return float(ord(name))

    times = in_turns([partial(work, name) for name in "abc"], 4)
    assert "".join(called) == "abcbcacababc"
    assert np.array_equal(times, np.tile([97.0, 98.0, 99.0], (4, 1)))


def test_a_work_may_tell_several_numbers() -> None:
    assert in_turns([lambda: (1.0, 2.0), lambda: (3.0, 4.0)], 3).shape == (3, 2, 2)
