"""Scrambled Sobol' points: nets in every estimate, each with a scrambling of its own, and Owen's variance exactly."""

import itertools

import numpy as np
import pytest

from bench.kernels.sfc64 import draw
from bench.kernels.uniform import UNIFORM
from bench.samplers import sobol
from tests.support.rates import BOUND, estimates_of, variances


def filled(d: int, samples: int, columns: int = 6) -> np.ndarray:
    out = np.full((2, d, samples, columns), np.nan)
    sobol.fill(np.random.Generator(np.random.SFC64(0)), UNIFORM, out)
    return out


@pytest.mark.parametrize("m", [0, 1, 4, 7])
def test_two_components_are_a_net_of_quality_0(m: int) -> None:
    """Each rectangle of chance 1/K with sides of powers of two holds one draw of every estimate."""
    samples = 2**m
    u = filled(2, samples)
    for first in range(m + 1):
        sides = np.array([2**first, 2 ** (m - first)])
        cells = np.floor(u * sides[:, np.newaxis, np.newaxis]).astype(int)
        places = np.sort(cells[:, 0] * sides[1] + cells[:, 1], axis=1)
        assert np.all(places == np.arange(samples)[:, np.newaxis])


def test_every_component_is_stratified_and_every_estimate_scrambled_anew() -> None:
    ranks = np.floor(filled(40, 16) * 16).astype(int)
    assert np.all(np.sort(ranks, axis=2) == np.arange(16)[:, np.newaxis])
    orders = {tuple(row) for row in ranks.transpose(0, 1, 3, 2).reshape(-1, 16)}
    assert len(orders) == 2 * 40 * 6


def test_all_scramblings_of_a_component_are_equally_frequent() -> None:
    """Of 4 points, in one component beside the same in another: 8 trees, each with a chance of 1/8."""
    out, net = np.empty((1, 2, 4, 80_000)), np.tile(np.arange(4, dtype=np.int32), (2, 1))
    draw(sobol.place, np.random.Generator(np.random.SFC64(1)), net, 50, out)
    first, second = np.floor(out[0] * 4).astype(int)
    trees = np.zeros((4, out.shape[-1]), dtype=int)
    np.put_along_axis(trees, second, first, axis=0)  # the rank in one component by that in the other
    codes = trees.T @ 4 ** np.arange(4)
    kinds, counts = np.unique(codes, return_counts=True)
    assert len(kinds) == 8
    expected = out.shape[-1] / 8
    assert np.all(np.abs(counts - expected) < BOUND * np.sqrt(expected))


def exact_variance(samples: int, digits: int = 40) -> float:
    """Of the mean of (u1 - 1/2) (u2 - 1/2) over a net with Owen's scrambling.

    u - 1/2 = sum_l (b_l - 1/2) 2^-l, of independent coins after scrambling, and of two points those before the first
    digit in which they differ are common, that one is opposite, the others independent. So E x x' is a sum over the
    levels l of 4^-l / 4, with +1, -1 or 0; of two components that are scrambled apart it is a product.
    """
    levels = 4.0 ** -np.arange(1, digits + 1) / 4
    common = np.concatenate([[0.0], np.cumsum(levels)])
    net = sobol.points(2, samples).astype(int)
    total = samples * common[-1] ** 2
    for i, k in itertools.permutations(range(samples), 2):
        product = 1.0
        for row in net:
            agree = int(np.log2(samples)) - int(row[i] ^ row[k]).bit_length()
            product *= common[agree] - levels[agree]
        total += product
    return total / samples**2


@pytest.mark.parametrize("samples", [1, 2, 16, 64])
def test_a_product_has_the_variance_of_a_scrambled_net(samples: int) -> None:
    means = estimates_of(sobol.PLUGIN, lambda u: (u[:, 0] - 0.5) * (u[:, 1] - 0.5), 2, samples, 64 * 512)
    (log,), (error,) = variances([means])
    assert abs(log - np.log(exact_variance(samples))) < BOUND * error < 0.2


def test_its_order_is_three_up_to_a_logarithm() -> None:
    """K^3 Var / log K of the product comes to rest; that of independent draws grows with K^2."""
    scaled = [samples**3 * exact_variance(samples) / np.log(samples) for samples in (16, 32, 64, 128)]
    assert np.all(np.abs(np.diff(np.log(scaled))) < np.log(2) / 4)


def test_as_many_components_as_there_are_direction_numbers() -> None:
    assert sobol.skip((UNIFORM,), 21_201, 2) is None
    assert np.all(np.sort(sobol.points(1000, 4), axis=1) == np.arange(4))
