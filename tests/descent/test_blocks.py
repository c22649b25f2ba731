"""Blocks: legs of any length give the same bits, and what is written is read back."""

import numpy as np
import pytest

from bench.descent.blocks import Reached, begun
from tests.support.descents import assigned, walked

WORDS = "learning_rate=[0.0001]", "steps=3000", "samples=[1]"


@pytest.mark.parametrize("optimiser", ["sgd", "adam"])
def test_legs_of_any_length_give_the_same_bits(optimiser: str) -> None:
    assignment = assigned(*WORDS, f"optimiser=[{optimiser}]")
    stretch = assignment.group.stretch
    assert 0 < stretch < 1500
    whole_way, in_legs = walked(assignment, [3000]), walked(assignment, [stretch, 2 * stretch, 3000])
    for learner, reached in whole_way.items():
        for name in Reached.__slots__:
            assert getattr(reached, name).tobytes() == getattr(in_legs[learner], name).tobytes()


def test_what_is_written_is_read_back() -> None:
    assignment = assigned(*WORDS)
    reached = walked(assignment, [1024])[0]
    again = Reached.of(reached.content(), begun(assignment, 0, 16))
    for name in Reached.__slots__:
        assert np.array_equal(getattr(again, name), getattr(reached, name), equal_nan=True)


def test_fewer_replicates_are_the_beginning_of_more() -> None:
    assignment = assigned(*WORDS)
    few, many = walked(assignment, [1024], replicates=3)[0], walked(assignment, [1024])[0]
    assert np.array_equal(few.free, many.free[:3])


def test_other_blocks_and_seeds_take_other_ways() -> None:
    ends = [
        walked(assigned(*WORDS, seed=seed), [1024], block=block)[0].free.tobytes()
        for seed, block in ((0, 0), (0, 1), (1, 0))
    ]
    assert len(set(ends)) == 3


def test_all_estimators_have_the_same_draws() -> None:
    """Alone or beside others, a learner takes the same way."""
    beside, alone = assigned(*WORDS), assigned(*WORDS, "estimator=[score_function]")
    assert walked(beside, [1024])[1].free.tobytes() == walked(alone, [1024])[0].free.tobytes()
