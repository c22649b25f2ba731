"""Errors, p-values and Holm's correction: hand-worked examples, libraries, and coverage."""

import math

import numpy as np
import pytest
from scipy import stats

from bench.statistics.medians import median
from bench.statistics.significance import Effect, difference, from_interval, from_quartiles, from_rounds, holm

RUNS = 1000
SPREADS = {"normal": lambda random, n: random.normal(size=n), "skewed": lambda random, n: random.exponential(size=n)}


def test_holm_by_hand() -> None:
    """Holm's steps for .01, .04, .03, .005: times 4, 3, 2, 1 in order of size, never falling."""
    adjusted = holm(np.array([0.01, 0.04, 0.03, 0.005]))
    assert adjusted == pytest.approx([0.03, 0.06, 0.06, 0.02], rel=1e-15)
    assert holm(np.array([0.6, 0.9])).tolist() == [1.0, 1.0]
    assert holm(np.array([])).size == 0


def test_trimmed_rounds_are_those_of_yuen() -> None:
    random = np.random.default_rng(0)
    base, head = random.normal(size=15), 0.3 + 2 * random.normal(size=22)
    effect = difference([from_rounds(base)], [from_rounds(head)])
    reference = stats.ttest_ind(head, base, equal_var=False, trim=0.2)
    assert (effect.p, effect.freedom) == pytest.approx((reference.pvalue, reference.df), rel=1e-12)
    assert effect.interval == pytest.approx(tuple(reference.confidence_interval(0.95)), rel=1e-12)


def test_pairs_are_those_of_student() -> None:
    random = np.random.default_rng(0)
    base, head = random.normal(size=(2, 7))
    sides = [[Effect(float(value), math.nan, math.nan) for value in side] for side in (base, head)]
    effect, reference = difference(*sides), stats.ttest_rel(head, base)
    assert (effect.p, effect.freedom) == pytest.approx((reference.pvalue, 6), rel=1e-12)
    assert effect.interval == pytest.approx(tuple(reference.confidence_interval(0.95)), rel=1e-12)


def test_drift_that_hits_both_sides_is_cancelled_by_pairs_alone() -> None:
    random = np.random.default_rng(0)
    drift, noise = np.arange(6.0), 0.01 * random.normal(size=(2, 6))
    base, head = ([Effect(float(value), 0.01, 14) for value in side] for side in (drift + noise[0], drift + 0.1))
    assert difference(base, head).p < 1e-3
    assert difference(base[:1], head[-1:]).value == pytest.approx(5.1, abs=0.1)


def test_the_interval_of_three_rounds_covers_three_quarters() -> None:
    """Both extremes of three values hold the median with 1 - 2 / 2^3."""
    effect = from_interval(0.0, -1.0, 1.0, 3)
    assert effect.error == pytest.approx(1 / stats.norm.ppf(0.875), rel=1e-12)
    assert effect.freedom == 2


@pytest.mark.parametrize(
    "effect", [from_rounds(np.array([1.0])), from_interval(1.0, 1.0, 1.0, 1), from_quartiles(1.0, 0.0, 1)]
)
def test_one_round_tells_no_error(effect: Effect) -> None:
    assert effect.value == 1.0
    assert math.isnan(effect.error)


def test_equal_rounds_are_equal_and_others_are_not() -> None:
    base, head = from_rounds(np.full(5, 1.0)), from_rounds(np.full(5, 1.1))
    assert difference([base], [base]).p == 1.0
    assert difference([base], [head]).p < 1e-12


MAKERS = {
    "rounds": from_rounds,
    "interval": lambda values: from_interval(*median(values), values.size),
    "quartiles": lambda values: from_quartiles(float(np.median(values)), float(stats.iqr(values)), values.size),
}


@pytest.mark.parametrize(
    ("maker", "spread"),
    [
        ("rounds", "normal"),
        ("rounds", "skewed"),
        ("interval", "normal"),
        ("interval", "skewed"),
        ("quartiles", "normal"),
    ],
)
def test_the_interval_of_a_difference_covers(maker: str, spread: str) -> None:
    """At least 95 %, less the chance of 1e-6; a mutant that takes the errors by half does not."""
    random, values = np.random.default_rng(1), SPREADS[spread]
    held, mutant = 0, 0
    for _ in range(RUNS):
        effect = difference(*([MAKERS[maker](values(random, 15))] for _ in range(2)))
        held += effect.p >= 0.05
        mutant += Effect(effect.value, effect.error / 2, effect.freedom).p >= 0.05
    least = stats.binom.ppf(1e-6, RUNS, 0.95)
    assert held >= least
    assert mutant < least
