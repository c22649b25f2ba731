"""The policy of all kernels: what survives compilation."""

import re
from pathlib import Path

import numba
import numpy as np
import pytest
from numba.core import ir

from bench.errors import BadInput
from bench.families.normal import transport
from bench.kernels import cache, calls
from bench.kernels.jit import kernel, subroutine


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


def instructions(scale: float) -> list[str]:
    """Of a kernel with a subroutine within a subroutine, compiled now: all but the names, which Numba counts."""

    @subroutine
    def add(row, out):
        for i in range(out.size):
            total = row[i] * scale
            out[i] += total

    @subroutine
    def add_all(x, out):
        for row in x:
            add(row, out)
            total = out[0]
            out[0] = total - 1.0

    @kernel
    def twice(x, out):
        add_all(x, out)
        add_all(x[1:], out)

    twice.compile((calls.floats(2), calls.floats(1)))
    (lines,) = twice.inspect_asm().values()
    named = re.compile(r"[\w.$]*(_ZN|const)[\w.$@]*")
    return [named.sub("NAME", line) for line in lines.splitlines() if not line.startswith(("\t.size", "\t.asciz"))]


def test_sharing_a_scope_changes_no_instruction(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = instructions(1.5)
    monkeypatch.delattr(ir.Scope, "__deepcopy__")
    copied = instructions(1.5)
    assert shared == copied
    assert len(shared) > 100
    assert instructions(1.25) != copied
