"""What is measured of paths at rest: exact on paths made by hand, and its intervals hold as often as they say."""

import numpy as np
import pytest
from scipy import stats

from bench.descent import stationary
from bench.spec import Floats

STEPS = np.arange(0, 210, 10)


def walk(seed: int, contraction: float = 0.8, replicates: int = 32, checkpoints: int = 20) -> Floats:
    """rho[checkpoints, r, 2] of variance 1 and 4, whose checkpoints depend on each other."""
    noise = np.random.default_rng(seed).standard_normal((checkpoints, replicates, 2))
    rho = [noise[0]]
    for fresh in noise[1:]:
        rho.append(contraction * rho[-1] + np.sqrt(1 - contraction**2) * fresh)
    return np.array(rho) * np.array([1.0, 2.0]) + 7.0


def test_the_spread_is_the_mean_variance_of_the_checkpoints() -> None:
    rho = walk(1)
    value, low, high = stationary.spread(rho)
    assert value == pytest.approx(rho.var(axis=1, ddof=1).sum(axis=1).mean(), rel=1e-12)
    assert low < value < high


def test_its_jackknife_leaves_a_replicate_out() -> None:
    rho = walk(2, replicates=9)
    without = [np.log(np.delete(rho, r, axis=1).var(axis=1, ddof=1).sum(axis=1).mean()) for r in range(9)]
    half = stats.t.ppf(0.975, 8) * np.sqrt(8 / 9 * np.square(np.array(without) - np.mean(without)).sum())
    value, _, high = stationary.spread(rho)
    assert high == pytest.approx(value * np.exp(half), rel=1e-12)


def test_its_interval_holds_the_variance_as_often_as_it_says() -> None:
    """Of 400 intervals of 95 % at least as many hold as all but one in a million of such series would."""
    held = sum(low <= 5.0 <= high for _, low, high in (stationary.spread(walk(seed)) for seed in range(400)))
    assert held >= stats.binom.ppf(1e-6, 400, 0.93)  # a jackknife over 32 replicates falls 2 % short


def test_checkpoints_that_depend_on_each_other_widen_it() -> None:
    """Checkpoints for replicates would call twenty looks at the same place twenty places."""
    still, moving = (np.mean([stationary.spread(walk(seed, c))[2] for seed in range(50)]) for c in (0.99, 0.0))
    assert still - 5 > 2 * (moving - 5)


def falling(contraction: float, floor: float, seed: int = 3) -> Floats:
    """gap[checkpoints, r] that falls by a factor a step to a floor."""
    noise = np.random.default_rng(seed).chisquare(2, (STEPS.size, 64))
    return 5.0 * contraction ** STEPS[:, np.newaxis] * np.linspace(0.9, 1.1, 64) + floor * noise


def test_a_contraction_is_the_slope_where_the_gap_falls() -> None:
    value, low, high = stationary.fallen(STEPS, falling(0.95, 0.0), 0.0)
    assert value == pytest.approx(0.95, rel=1e-12)
    assert low <= value <= high
    value, _, _ = stationary.fallen(STEPS, falling(0.9, 1e-6), 0.0)
    assert value == pytest.approx(0.9, abs=2e-3)  # ten floors above the end bend a logarithm by a tenth


def test_round_off_and_too_few_checkpoints_are_no_slope() -> None:
    assert np.isnan(stationary.fallen(STEPS, falling(0.95, 0.0), 10.0)).all()
    assert np.isnan(stationary.fallen(STEPS[:3], falling(0.1, 1e-3)[:3], 0.0)).all()
    assert np.isnan(stationary.fallen(STEPS, falling(1.0, 0.0), 0.0)).all()
