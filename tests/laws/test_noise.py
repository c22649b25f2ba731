"""Law: every noise channel draws from the law that its rule integrates."""

import numpy as np
import pytest
from scipy import stats

from bench.plan.streams import channels_of
from tests.support.cases import EVERYTHING, NORMAL_FAMILY

ESTIMATORS = EVERYTHING.plugins["estimator"].values()
CHANNELS = {channel.name: channel for estimator in ESTIMATORS for channel in channels_of(estimator, NORMAL_FAMILY)}
POWERS = (1, 2, 3, 4)
BOUND = stats.norm.isf(1e-6 / 2 / len(CHANNELS) / len(POWERS))


@pytest.mark.parametrize("name", CHANNELS)
def test_moments_of_the_draws_are_those_of_the_rule(name: str) -> None:
    out = np.empty(200_000)
    CHANNELS[name].fill(np.random.Generator(np.random.SFC64(11)), out)
    points, weights = CHANNELS[name].rule(40)
    for power in POWERS:
        mean, square = weights @ points**power, weights @ points ** (2 * power)
        z = (np.mean(out**power) - mean) / np.sqrt((square - mean**2) / out.size)
        assert abs(z) < BOUND


@pytest.mark.parametrize("name", CHANNELS)
def test_control_a_channel_that_is_one_percent_too_wide_is_caught(name: str) -> None:
    out = np.empty(200_000)
    CHANNELS[name].fill(np.random.Generator(np.random.SFC64(11)), out)
    points, weights = CHANNELS[name].rule(40)
    mean, square = weights @ points**2, weights @ points**4
    assert abs(np.mean((1.01 * out) ** 2) - mean) / np.sqrt((square - mean**2) / out.size) > BOUND
