"""Antithetic draws: the odd part cancels, the even part doubles, and the ratio to independent draws is exact."""

import numpy as np
import pytest

from bench.kernels.exponential import EXPONENTIAL
from bench.kernels.normal import NORMAL
from bench.kernels.pairs import MAXWELL, RAYLEIGH
from bench.kernels.uniform import UNIFORM
from bench.oracle import quadrature
from bench.samplers import antithetic
from bench.spec import BaseNoise
from tests.support.streams import CELL, case_in

CHANNELS = {channel.name: channel for channel in (NORMAL, UNIFORM, EXPONENTIAL, RAYLEIGH, MAXWELL)}


@pytest.mark.parametrize("name", CHANNELS)
def test_a_mirror_swaps_the_chances_of_either_side(name: str) -> None:
    channel: BaseNoise = CHANNELS[name]
    assert channel.mirror is not None
    assert channel.quantile is not None
    chances = np.linspace(0.001, 0.999, 999)
    below, above = chances.copy(), 1 - chances
    channel.quantile(below)
    channel.quantile(above)
    np.testing.assert_allclose(channel.mirror(below), above, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(channel.mirror(channel.mirror(below)), below, rtol=1e-12, atol=1e-12)


def test_pairs_stand_in_a_column() -> None:
    out = np.empty((2, 3, 2, 8))
    antithetic.fill(np.random.Generator(np.random.SFC64(0)), UNIFORM, out)
    np.testing.assert_array_equal(out[:, :, 1], 1 - out[:, :, 0])


def test_the_ratio_to_independent_draws_is_exact() -> None:
    """Pathwise on (y - x)^2, a = mu - xbar: f' is odd about mu, and cancels; f' eps = 2 n (a eps + sigma eps^2).

    So by sigma the even part 8 n^2 sigma^2 doubles and the odd part 4 n^2 a^2 cancels, where independent draws add up.
    """
    ratio = {name: quadrature.exact(case_in(CELL, sampler=name)).at(2)[0] for name in ("iid", "antithetic")}
    n, (mu, sigma), mean = 3, CELL.theta, np.mean([0.7, -1.25, 2.0])
    a = float(mu - mean)
    assert ratio["antithetic"][0] == 0.0
    independent, reflected = 4 * n * n * (a * a + 2 * sigma**2) / 2, 8 * n * n * sigma**2
    np.testing.assert_allclose([ratio["iid"][1], ratio["antithetic"][1]], [independent, reflected], rtol=1e-12)
