"""The order of every sampler, as that of a numerical method: how fast the variance falls with the draws.

The rule is that of theory (the docstrings of `bench/samplers/`) for smooth g of chances, up to O(1/m) where m intervals
of a component hold one draw or more, and with the logarithm of a scrambled net in two components.
"""

from collections.abc import Callable

import numpy as np
import pytest

from bench.spec import Floats
from tests.support.cases import EVERYTHING, MUTANTS
from tests.support.rates import BOUND, estimates_of, sampler_of, slope_of, variances

SAMPLES = (16, 64, 256)
ESTIMATES = 64 * 256


def one(u: Floats) -> Floats:
    """Smooth, neither odd nor even."""
    return np.exp(u[:, 0])


def two(u: Floats) -> Floats:
    """No sum over components."""
    return np.exp(u[:, 0] + u[:, 1])


def interaction(u: Floats) -> Floats:
    """What is no sum at all."""
    return (u[:, 0] - 0.5) * (u[:, 1] - 0.5)


RATES: dict[tuple[str, int], tuple[Callable[[Floats], Floats], float, float]] = {  # g, order, power of log K
    ("iid", 1): (one, 1, 0),
    ("iid", 2): (two, 1, 0),
    ("antithetic", 1): (one, 1, 0),
    ("antithetic", 2): (two, 1, 0),
    ("stratified", 1): (one, 3, 0),
    ("stratified", 2): (two, 2, 0),  # 1 + 2 / d
    ("latin_hypercube", 1): (one, 3, 0),
    ("latin_hypercube", 2): (two, 1, 0),
    ("sobol", 1): (one, 3, 0),
    ("sobol", 2): (interaction, 3, 1),
}


@pytest.mark.parametrize(("name", "d"), RATES)
def test_the_variance_falls_with_the_order_that_theory_gives(name: str, d: int) -> None:
    g, order, power = RATES[name, d]
    logs, errors = variances([estimates_of(sampler_of(name), g, d, samples, ESTIMATES) for samples in SAMPLES])
    slope, error = slope_of(logs, SAMPLES, errors)
    k = np.log(SAMPLES)
    expected, _ = slope_of(power * np.log(k) - order * k, SAMPLES, errors)
    remainder = 0.0 if order == 1 and name != "latin_hypercube" else SAMPLES[0] ** (-1 / d)
    assert abs(slope - expected) < BOUND * error + remainder < 0.5


def test_every_sampler_has_its_order() -> None:
    assert {name for name, _ in RATES} == set(EVERYTHING.plugins["sampler"]) - set(MUTANTS)
