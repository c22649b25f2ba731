"""Schedules and the corrections of adam, as numbers for each step."""

import numpy as np
import pytest

from bench.config.learning import SCHEDULES
from bench.descent import optimisers


def test_a_constant_rate() -> None:
    assert optimisers.rates("constant", 0.3, 3).tolist() == [0.3, 0.3, 0.3]


def test_an_inverse_rate() -> None:
    assert optimisers.rates("inverse", 0.6, 3).tolist() == [0.6, 0.3, pytest.approx(0.2)]


def test_a_cosine_falls_from_the_rate_towards_zero() -> None:
    rates = optimisers.rates("cosine", 0.5, 1000)
    assert rates[0] == 0.5
    assert rates[500] == pytest.approx(0.25)
    assert (np.diff(rates) < 0).all()
    assert 0 < rates[-1] < 1e-5


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_schedule_starts_at_the_learning_rate(schedule: str) -> None:
    assert optimisers.rates(schedule, 0.1, 7)[0] == pytest.approx(0.1)


def test_corrections_make_the_first_step_of_adam_as_long_as_the_rate() -> None:
    corrections = optimisers.corrections(2)
    assert corrections[0] == pytest.approx([0.1, 0.001])
    assert corrections[1] == pytest.approx([0.19, 1 - 0.999**2])
