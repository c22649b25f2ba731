"""The weights of leave-one-out, and the published mistakes in them."""

import numpy as np
import pytest

from bench.estimators.score_function_loo import joint
from bench.spec import Floats

EPSILON = 64 * np.finfo(float).eps


def weights(value: Floats, samples: int) -> Floats:
    """[samples, replicates]."""
    out = np.full(value.size, np.nan)
    joint(value.ravel(), samples, out)
    return out.reshape(samples, -1)


def others(value: Floats) -> Floats:
    """[samples, replicates] The mean of f over the other draws."""
    return np.array([np.delete(value, k, axis=0).mean(axis=0) for k in range(len(value))])


@pytest.mark.parametrize("samples", [2, 3, 8])
def test_each_draw_is_held_against_the_mean_of_the_others(samples: int) -> None:
    value = np.random.Generator(np.random.SFC64(5)).standard_normal((samples, 6))
    found, size = weights(value, samples), EPSILON * samples
    np.testing.assert_allclose(found, value - others(value), rtol=0, atol=size)
    # the baseline instead of the advantage; the mean of all draws as the baseline, which shrinks by (K - 1) / K
    for wrong in (others(value), value - value.mean(axis=0)):
        assert np.max(abs(found - wrong)) > size
    np.testing.assert_allclose(found.sum(axis=0), 0, rtol=0, atol=size * samples)


def test_a_constant_has_no_weight() -> None:
    np.testing.assert_allclose(weights(np.full((4, 5), 3.0), 4), 0, rtol=0, atol=EPSILON * 3)


def test_estimates_do_not_see_each_other() -> None:
    value = np.random.Generator(np.random.SFC64(6)).standard_normal((4, 5))
    other = value.copy()
    other[:, 1] = 100.0
    kept = [0, 2, 3, 4]
    np.testing.assert_array_equal(weights(value, 4)[:, kept], weights(other, 4)[:, kept])


def test_compiled_equals_interpreted() -> None:
    value, out = np.random.Generator(np.random.SFC64(7)).standard_normal((3, 7)), np.empty(21)
    flat = value.ravel()
    flat.flags.writeable = False
    joint.py_func(flat, 3, out)
    np.testing.assert_allclose(weights(value, 3).ravel(), out, rtol=0, atol=EPSILON * np.max(abs(out)))
