"""The channels of the normal's weak derivatives: draws follow their rules, and the rules their densities."""

import math

import numpy as np
import pytest
from scipy import special, stats

from bench.kernels.pairs import MAXWELL, RAYLEIGH
from bench.spec import BaseNoise
from tests.support.channels import POWERS, bound, drawn, integral, standard_errors

CHANNELS = {channel.name: channel for channel in (RAYLEIGH, MAXWELL)}


@pytest.mark.parametrize("channel", CHANNELS.values(), ids=CHANNELS)
def test_moments_of_the_draws_are_those_of_the_rule(channel: BaseNoise) -> None:
    draws = drawn(channel)
    most = bound(len(CHANNELS) * len(POWERS))
    assert max(abs(standard_errors(channel, draws))) < most
    assert max(abs(standard_errors(channel, 1.01 * draws))) > most


def test_both_sides_of_maxwell_are_equally_likely() -> None:
    """And the sign is independent of the size."""
    draws = drawn(MAXWELL)
    sign = np.sign(draws)
    for values in (sign, sign * (abs(draws) - np.mean(abs(draws)))):
        assert abs(values.mean()) / (values.std() / math.sqrt(draws.size)) < bound(2)


@pytest.mark.parametrize("power", range(9))
def test_rayleigh_has_the_moments_of_its_density(power: int) -> None:
    """E w^p = 2^(p/2) Gamma(1 + p/2)."""
    exact = 2 ** (power / 2) * special.gamma(1 + power / 2)
    assert integral(RAYLEIGH, lambda w: w**power) == pytest.approx(exact, rel=1e-13)


@pytest.mark.parametrize("power", range(9))
def test_maxwell_has_the_moments_of_its_density(power: int) -> None:
    """E m^p = (p + 1)!! for even p, 0 for odd p."""
    exact = 0.0 if power % 2 else math.prod(range(power + 1, 0, -2))
    scale = integral(MAXWELL, lambda m: abs(m) ** power)
    assert integral(MAXWELL, lambda m: m**power) == pytest.approx(exact, rel=1e-13, abs=1e-13 * scale)


def test_the_rules_settle() -> None:
    """E cos w and E cos m, of Rayleigh by SciPy's quadrature, of Maxwell (1 - 1) exp(-1/2)."""
    exact = stats.rayleigh.expect(np.cos, epsabs=1e-13, epsrel=1e-13)
    assert integral(RAYLEIGH, np.cos) == pytest.approx(exact, rel=1e-12)
    assert abs(integral(MAXWELL, np.cos)) < 1e-13
    assert integral(MAXWELL, lambda m: np.cos(2 * m)) == pytest.approx(-3 * math.exp(-2), rel=1e-12)


def test_a_uniform_is_made_of_rayleigh() -> None:
    """exp(-w^2 / 2) is uniform: what couples the parts of sigma's pair by m."""
    for power in range(1, 7):
        assert integral(RAYLEIGH, lambda w, p=power: np.exp(-p * w * w / 2)) == pytest.approx(
            1 / (power + 1), rel=1e-12
        )
