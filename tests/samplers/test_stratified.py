"""Stratified draws: one in each cube, whatever the dimension, and no two cubes in the same order."""

import numpy as np
import pytest

from bench.kernels.uniform import UNIFORM
from bench.samplers import stratified


def filled(d: int, samples: int, columns: int = 5) -> np.ndarray:
    out = np.full((3, d, samples, columns), np.nan)
    stratified.fill(np.random.Generator(np.random.SFC64(0)), UNIFORM, out)
    return out


@pytest.mark.parametrize(("d", "sides"), [(1, 1), (1, 7), (1, 1000), (2, 5), (3, 4), (5, 2)])
def test_each_cube_holds_one_draw(d: int, sides: int) -> None:
    samples = sides**d
    corners = np.floor(filled(d, samples) * sides).astype(int)
    cubes = np.einsum("sjkc,j->skc", corners, sides ** np.arange(d))
    assert np.all(np.sort(cubes, axis=1) == np.arange(samples)[:, np.newaxis])
    assert samples < 7 or len(np.unique(cubes.transpose(0, 2, 1).reshape(-1, samples), axis=0)) == 15


@pytest.mark.parametrize(("d", "samples"), [(1, 10), (2, 9), (3, 27), (3, 4096), (2, 163_216)])
def test_powers_are_served(d: int, samples: int) -> None:
    assert stratified.skip((UNIFORM,), d, samples) is None
    assert stratified.strata(samples, d) ** d == samples
    assert d == 1 or stratified.skip((UNIFORM,), d, samples + 1) is not None
