"""Law: every noise channel that a rule reads draws from the law that its rule integrates."""

import numpy as np
import pytest

from tests.support.cases import EVERYTHING, cases
from tests.support.channels import POWERS, bound, drawn, standard_errors

CHANNELS = {channel.name: channel for case in cases(dimension=1) for channel in case.channels}
BOUND = bound(len(CHANNELS) * len(POWERS))


@pytest.mark.parametrize("name", CHANNELS)
def test_moments_of_the_draws_are_those_of_the_rule(name: str) -> None:
    assert np.all(abs(standard_errors(CHANNELS[name], drawn(CHANNELS[name]))) < BOUND)


@pytest.mark.parametrize("name", CHANNELS)
def test_control_a_channel_that_is_two_percent_too_wide_is_caught(name: str) -> None:
    assert np.max(abs(standard_errors(CHANNELS[name], 1.02 * drawn(CHANNELS[name])))) > BOUND


@pytest.mark.parametrize("name", CHANNELS)
def test_weights_sum_to_1(name: str) -> None:
    channel = CHANNELS[name]
    for rule in filter(None, (channel.rule, channel.fallback)):
        for nodes in (8, 40, 200):
            points, weights = rule(nodes)
            assert points.shape == weights.shape
            assert weights.sum() == pytest.approx(1.0, abs=1e-12)
            assert (weights >= 0).all()


def test_the_channels_of_every_family_are_among_them() -> None:
    names = {channel.name for family in EVERYTHING.plugins["family"].values() for channel in family.channels}
    assert names <= set(CHANNELS)
