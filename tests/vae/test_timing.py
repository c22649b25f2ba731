"""Seconds per step: long enough calls, fits in turn, the median of rounds. The clock is a planted one."""

import pytest

from bench.vae import timing
from bench.vae.methods import REFERENCE, Method
from bench.vae.settings import Fit, VaeSettings

FAST, SLOW = Fit(2, 1, REFERENCE), Fit(2, 10, Method("score_function"))
STEP_S = {FAST: 5e-5, SLOW: 0.01}


def test_a_call_is_long_enough_and_the_median_does_not_mind_a_slow_round(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[Fit, int]] = []

    def seconds(settings: VaeSettings, fit: Fit, count: int) -> float:
        calls.append((fit, count))
        late = 7 if len(calls) == 12 else 1
        return STEP_S[fit] * count * late

    monkeypatch.setattr(timing, "_seconds", seconds)
    measured = timing.seconds_per_step(VaeSettings(rounds=5), [FAST, SLOW])
    assert measured == pytest.approx(STEP_S, rel=1e-12)
    rounds = calls[-10:]
    assert [fit for fit, _ in rounds] == [FAST, SLOW, SLOW, FAST, FAST, SLOW, SLOW, FAST, FAST, SLOW]
    assert all(STEP_S[fit] * count >= timing.LEAST_S for fit, count in rounds)
    assert dict(rounds)[FAST] == 4 * timing.STEPS


def test_no_rounds_are_no_seconds() -> None:
    assert timing.seconds_per_step(VaeSettings(rounds=0), [FAST]) == {}


def test_steps_are_timed_warm() -> None:
    settings = VaeSettings(batch=10, held_out=20, rounds=3)
    assert 0 < timing.seconds_per_step(settings, [FAST])[FAST] < 1
