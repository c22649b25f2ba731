"""The policy of all kernels: what survives compilation."""

from pathlib import Path

import numba
import numpy as np
import pytest

from bench.errors import BadInput
from bench.families.normal import transport
from bench.kernels import cache
from bench.kernels.jit import kernel


@kernel
def look(x, out):
    """out <- sum, number of NaNs, 1 / 0, x[0] / x[0]."""
    for i in range(x.size):
        out[0] += x[i]
        out[1] += np.isnan(x[i])
    out[2] = 1.0 / (x[0] - x[0])
    out[3] = x[0] / x[0]


def test_nan_and_infinity_survive_and_division_by_zero_is_no_error() -> None:
    for values, total, nans in (([1.0, np.nan, 2.0], np.nan, 1), ([1.0, np.inf], np.inf, 0), ([1.0] * 100, 100.0, 0)):
        out = np.zeros(4)
        look(np.array(values), out)
        np.testing.assert_array_equal(out, [total, nans, np.inf, 1.0])


def test_kernels_release_the_lock_and_keep_their_python() -> None:
    assert look.targetoptions["nogil"]
    assert look.targetoptions["fastmath"] == {"reassoc", "contract", "nsz"}
    out = np.zeros(4)
    with np.errstate(divide="ignore"):
        look.py_func(np.array([2.0, 3.0]), out)
    np.testing.assert_array_equal(out, [5.0, 0.0, np.inf, 1.0])


def test_kernels_outside_the_package_are_not_cached() -> None:
    assert look.stats.cache_path is None
    assert transport.stats.cache_path is not None
    assert Path(transport.stats.cache_path).is_relative_to(cache.folder())


def test_kernels_that_would_not_be_compiled_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numba.config, "DISABLE_JIT", 1)
    with pytest.raises(BadInput, match=r"^NUMBA_DISABLE_JIT=1 is not allowed, .*; unset it"):
        kernel(look.py_func)
