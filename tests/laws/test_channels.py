"""Law: every noise channel that a rule reads draws from the law that its rule integrates."""

from dataclasses import replace

import numpy as np
import pytest

from bench.laws.channels import drawn, moments_of_draws, weights_of_rules
from bench.spec import Floats
from tests.support.cases import EVERYTHING, cases

CHANNELS = {channel.name: channel for case in cases(dimension=1) for channel in case.channels}


@pytest.mark.parametrize("name", CHANNELS)
def test_moments_of_the_draws_are_those_of_the_rule(name: str) -> None:
    assert moments_of_draws(CHANNELS[name]) is None


@pytest.mark.parametrize("name", CHANNELS)
def test_control_a_channel_that_is_two_percent_too_wide_is_caught(name: str) -> None:
    assert moments_of_draws(CHANNELS[name], 1.02 * drawn(CHANNELS[name])) is not None


@pytest.mark.parametrize("name", CHANNELS)
def test_weights_sum_to_1(name: str) -> None:
    assert weights_of_rules(CHANNELS[name]) is None


@pytest.mark.parametrize("factor", [1.001, -1.0])
def test_control_wrong_weights_are_caught(factor: float) -> None:
    channel = CHANNELS["normal"]

    def rule(nodes: int) -> tuple[Floats, Floats]:
        points, weights = channel.rule(nodes)
        return points, factor * weights

    assert weights_of_rules(replace(channel, rule=rule)) is not None


def test_control_numbers_that_are_not_written_are_caught() -> None:
    def fill(generator: np.random.Generator, out: Floats) -> None:
        out[1:] = generator.standard_normal(out[1:].shape)

    assert moments_of_draws(replace(CHANNELS["normal"], fill=fill)) is not None


def test_the_channels_of_every_family_are_among_them() -> None:
    names = {channel.name for family in EVERYTHING.plugins["family"].values() for channel in family.channels}
    assert names <= set(CHANNELS)
