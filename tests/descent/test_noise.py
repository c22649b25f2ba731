"""The noise of a descent: its law, and what it is keyed by."""

import numpy as np

from bench.descent.learners import Group
from bench.descent.noise import SPREAD, buffer, draw
from bench.spec import Floats
from tests.support.descents import grouped


def drawn(group: Group, seed: int = 0, block: int = 0, stretch: int = 0, purpose: str = "step") -> Floats:
    noise = buffer(group, group.stretch)
    draw(group, seed, block, stretch, noise, purpose)
    return noise


def test_each_key_has_noise_of_its_own() -> None:
    _, _, (first, second) = grouped("samples=[1,2]")
    several = [
        drawn(first),
        drawn(first, seed=1),
        drawn(first, block=1),
        drawn(first, stretch=1),
        drawn(first, purpose=SPREAD),
        drawn(second),
    ]
    beginnings = {noise.ravel()[:100].tobytes() for noise in several}
    assert len(beginnings) == len(several)


def test_the_same_key_has_the_same_noise() -> None:
    _, _, (group,) = grouped("samples=[3]")
    assert drawn(group).tobytes() == drawn(group).tobytes()


def test_noise_is_standard_normal() -> None:
    _, _, (group,) = grouped("samples=[10]")
    noise = drawn(group)
    bound = 5 / np.sqrt(noise.size)
    assert abs(noise.mean()) < bound
    assert abs((noise**2).mean() - 1) < bound * np.sqrt(2)


def test_several_channels_are_independent() -> None:
    _, _, (group,) = grouped("samples=[10]", "estimator=[measure_valued]")
    noise = drawn(group)
    assert noise.shape[2] > 1
    correlations = np.corrcoef(noise.transpose(2, 0, 1, 3, 4).reshape(noise.shape[2], -1))
    off = correlations[~np.eye(len(correlations), dtype=bool)]
    assert (abs(off) < 5 / np.sqrt(noise[:, :, 0].size)).all()
