"""What the kernels of a family give, by name, with read-only inputs."""

from dataclasses import replace

import numpy as np
import pytest

from bench.laws import parts
from bench.spec import Floats
from tests.support.families import FAMILIES, THETAS

NORMAL, AT = FAMILIES["normal"], np.array(THETAS["normal"][0])


def test_the_parts_of_the_normal() -> None:
    at = parts.points(NORMAL)
    y = parts.transported(NORMAL, AT, at)
    np.testing.assert_allclose(y, AT[0] + AT[1] * at[0, 0], rtol=1e-14)
    np.testing.assert_allclose(parts.added(NORMAL.path, NORMAL, AT, at), [np.ones(y.size), at[0, 0]], rtol=1e-14)
    np.testing.assert_allclose(parts.of_y(NORMAL.slope, NORMAL, y, AT), -at[0, 0] / AT[1], rtol=1e-13)


def test_the_spread_of_y_is_that_of_sigma_up_to_1() -> None:
    small, large = (parts.spread(NORMAL, np.array([3.0, sigma])) for sigma in (1e-3, 1e3))
    assert 1e-3 < small < 4e-3
    assert large == 1
    assert parts.spread(FAMILIES["bernoulli"], np.array([-30.0])) == 1


def test_every_kernel_has_a_result() -> None:
    for name, family in FAMILIES.items():
        theta = np.array(THETAS[name][0])
        noise, out = parts.noise_of(family, 8), np.full((theta.size, 8), np.nan)
        results = parts.run(parts.kernels_of(family), family, theta, noise, 1, out)
        assert results.keys() == parts.kernels_of(family).keys()
        assert all(np.isfinite(result).all() for result in results.values())


def test_a_kernel_that_writes_to_its_noise_raises() -> None:
    def transport(noise: Floats, j: int, theta: Floats, y: Floats) -> None:
        noise[0, j] = 0.0

    family = replace(NORMAL, transport=transport)
    noise = parts.noise_of(NORMAL, 8)
    with pytest.raises(ValueError, match="read-only"):
        parts.run(parts.kernels_of(family), family, AT, noise, 0, np.ones((2, 8)))
