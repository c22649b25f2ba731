"""Objectives made of JAX functions: float64 whatever the default, slopes that equal closed forms, few compilations."""

import importlib
import sys
from typing import Any

import numpy as np
import pytest

from bench.errors import BadInput
from bench.wrap import jax_objective
from bench.wrap.jax import padded
from tests.support import through

Y = through.draws(3, 37)
ROUND_OFF = 1e-13

jax: Any = None
jnp: Any = None
HALF: Any = None  # float32: JAX's default where it is made


@pytest.fixture(scope="module", autouse=True)
def _imported() -> None:
    """Not when tests are collected: a process in which JAX is loaded makes no copy of itself, and other tests do."""
    global jax, jnp, HALF
    jax, jnp = importlib.import_module("jax"), importlib.import_module("jax.numpy")
    HALF = jnp.array([0.1, 0.2, 0.3])


def quartic(y, a):
    """sum_j a y_j^4 + y_0 y_1, whose slopes and curvatures are known."""
    return a * jnp.sum(y**4) + y[0] * y[1]


def test_values_slopes_and_curvatures_equal_closed_forms() -> None:
    form = through.form(jax_objective("f", quartic, dimension=3, phi={"a": [1.5]}))
    slope = 6 * Y**3 + np.array([Y[1], Y[0], 0 * Y[0]])
    assert np.allclose(
        through.value(form, Y, (1.5,)), 1.5 * (Y**4).sum(0) + Y[0] * Y[1], rtol=ROUND_OFF, atol=ROUND_OFF
    )
    assert np.allclose(through.derivative(form, "slope", Y, (1.5,)), slope, rtol=ROUND_OFF, atol=ROUND_OFF)
    assert np.allclose(through.derivative(form, "curvature", Y, (1.5,)), 18 * Y**2, rtol=ROUND_OFF, atol=ROUND_OFF)
    assert jnp.zeros(1).dtype == jnp.float32  # the rest of the process keeps its default


def test_it_has_a_label_and_symbols() -> None:
    told = {"label": "mine", "symbols": {"k": "$k_0$"}}
    plugin = jax_objective("f", lambda y, k: (y * k).sum(), dimension=1, phi={"k": 2.0}, **told)
    assert (plugin.label, plugin.symbols) == ("mine", {"k": "$k_0$"})


def test_data_are_the_second_argument() -> None:
    x = np.array([0.1, 0.7])
    form = through.form(jax_objective("f", lambda y, x: jnp.sum((y - x) ** 2), dimension=1, uses_data=True))
    expected = ((Y[0] - x[:, None]) ** 2).sum(axis=0)
    assert np.allclose(through.value(form, Y[:1], (), form.summarise(x)), expected, rtol=ROUND_OFF)


@pytest.mark.parametrize("f", [lambda y: jnp.sum((y - HALF) ** 2), lambda y: jnp.sum(y.astype(jnp.float32))])
def test_less_than_float64_is_refused_even_inside(f) -> None:
    form = through.form(jax_objective("f", f, dimension=3))
    with pytest.raises(BadInput, match=r": <lambda> computes with f32; allowed: float64; .*'jax_enable_x64', True\)"):
        through.value(form, Y)


def test_what_jax_refuses_is_one_line_with_the_line_of_f() -> None:
    def branches(y):
        return y[0] if y[0] > 0 else -y[0]

    form = through.form(jax_objective("f", branches, dimension=3))
    line = branches.__code__.co_firstlineno + 1
    with pytest.raises(BadInput, match=rf"test_jax.py: branches raises TracerBool.* \(line {line}\)$"):
        through.value(form, Y)


def test_a_function_that_is_no_scalar_is_refused() -> None:
    form = through.form(jax_objective("f", lambda y: y, dimension=3))
    with pytest.raises(BadInput, match=r"gives shape \(3, 32\); allowed: \(32,\)"):
        through.value(form, Y)


def test_sizes_are_few_and_those_of_strips_are_their_own() -> None:
    assert [padded(strip) for strip in (8, 16, 320, 640, 1024)] == [8, 16, 320, 640, 1024]
    sizes = {padded(draws) for draws in range(1, 1025)}
    assert len(sizes) == 36  # four an octave, and all up to eight
    assert all(draws <= padded(draws) <= 1.25 * draws + 1 for draws in range(1, 1025))


def test_padding_changes_no_number() -> None:
    form = through.form(jax_objective("f", quartic, dimension=3, phi={"a": 1}))
    whole_strip, y = through.draws(3, 40), through.draws(3, 40)[:, :37]
    padded_strip = through.value(form, np.ascontiguousarray(y), (1.0,))
    assert np.array_equal(padded_strip, through.value(form, whole_strip, (1.0,))[:37])


def test_a_missing_jax_is_told_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jax", None)
    with pytest.raises(BadInput, match=r"^jax_objective needs JAX, .* pip install 'mcgrad-bench\[jax\]'$"):
        jax_objective("f", quartic, dimension=3)


def test_an_old_jax_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(jax, "enable_x64")
    with pytest.raises(BadInput, match=r"needs JAX 0\.8 or newer, not"):
        jax_objective("f", quartic, dimension=3)
