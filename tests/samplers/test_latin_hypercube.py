"""Latin hypercubes: every component stratified, their pairing at random; exact variance where g is no sum too."""

import numpy as np
import pytest

from bench.kernels.uniform import UNIFORM
from bench.samplers import latin_hypercube
from tests.support.rates import BOUND, estimates_of, variances


@pytest.mark.parametrize("samples", [1, 2, 7, 1000])
def test_each_interval_of_each_component_holds_one_draw(samples: int) -> None:
    out = np.full((2, 3, samples, 4), np.nan)
    latin_hypercube.fill(np.random.Generator(np.random.SFC64(0)), UNIFORM, out)
    ranks = np.floor(out * samples).astype(int)
    assert np.all(np.sort(ranks, axis=2) == np.arange(samples)[:, np.newaxis])
    assert samples < 7 or len({tuple(row) for row in ranks.transpose(0, 1, 3, 2).reshape(-1, samples)}) == 24


@pytest.mark.parametrize("samples", [2, 5, 32])
def test_what_is_no_sum_over_components_keeps_its_variance(samples: int) -> None:
    """g = u1 + u2 + 12 (u1 - 1/2) (u2 - 1/2): of the sum 1 / (6 K^3) is left, of the product, whose variance is 1,
    1 / K and more: (1 + s^2 / (K - 1)) / K, s = 1 - 1 / K^2 the share that lies between intervals.

    Two draws lie in different intervals, so E c c' = -s / (12 (K - 1)) for their centres c. Stein (1987).
    """
    share = 1 - 1 / samples**2
    product = (1 + share**2 / (samples - 1)) / samples
    expected = 1 / (6 * samples**3) + product
    means = estimates_of(
        latin_hypercube.PLUGIN,
        lambda u: u[:, 0] + u[:, 1] + 12 * (u[:, 0] - 0.5) * (u[:, 1] - 0.5),
        *(2, samples, 64 * 512),
    )
    (log,), (error,) = variances([means])
    assert abs(log - np.log(expected)) < BOUND * error < 0.1
