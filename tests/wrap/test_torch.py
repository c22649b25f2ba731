"""Objectives made of PyTorch functions: slopes that equal closed forms, float64 alone."""

import subprocess
import sys

import numpy as np
import pytest

from bench.errors import BadInput
from bench.wrap import torch_objective
from tests.support import through

Y = through.draws(3, 37)
ROUND_OFF = 1e-13


def test_a_missing_torch_is_told_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(BadInput, match=r"^torch_objective needs PyTorch, .* pip install 'mcgrad-bench\[torch\]'$"):
        torch_objective("f", lambda y: y.sum(), dimension=3)


def test_importing_the_wrappers_imports_neither_library() -> None:
    code = "import sys, bench.wrap; print(sorted({'jax', 'torch'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


class TestWithTorch:
    @pytest.fixture(autouse=True)
    def torch(self):
        return pytest.importorskip("torch", reason="PyTorch, an extra of the package, is not installed")

    def test_values_slopes_and_curvatures_equal_closed_forms(self) -> None:
        def quartic(y, a):
            return a * (y**4).sum() + y[0] * y[1]

        form = through.form(torch_objective("f", quartic, dimension=3, phi={"a": [1.5]}))
        slope = 6 * Y**3 + np.array([Y[1], Y[0], 0 * Y[0]])
        value = 1.5 * (Y**4).sum(axis=0) + Y[0] * Y[1]
        assert np.allclose(through.value(form, Y, (1.5,)), value, rtol=ROUND_OFF, atol=ROUND_OFF)
        assert np.allclose(through.derivative(form, "slope", Y, (1.5,)), slope, rtol=ROUND_OFF, atol=ROUND_OFF)
        assert np.allclose(through.derivative(form, "curvature", Y, (1.5,)), 18 * Y**2, rtol=ROUND_OFF, atol=ROUND_OFF)

    def test_data_are_the_second_argument(self) -> None:
        x = np.array([0.1, 0.7])
        form = through.form(torch_objective("f", lambda y, x: ((y - x) ** 2).sum(), dimension=1, uses_data=True))
        expected = ((Y[0] - x[:, None]) ** 2).sum(axis=0)
        assert np.allclose(through.value(form, Y[:1], (), form.summarise(x)), expected, rtol=ROUND_OFF)

    def test_less_than_float64_is_refused(self, torch) -> None:
        half = torch.tensor([0.1, 0.2, 0.3])
        with pytest.raises(BadInput, match=r": <lambda> reads half of torch\.float32; allowed: float64;"):
            torch_objective("f", lambda y: ((y - half) ** 2).sum(), dimension=3)
        form = through.form(torch_objective("f", lambda y: y.sum().float(), dimension=3))
        with pytest.raises(BadInput, match=r": <lambda> gives float32; allowed: float64;"):
            through.value(form, Y)
