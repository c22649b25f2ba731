"""Objectives made of NumPy functions: kernels give the functions' numbers, slips are named at the first call."""

import numpy as np
import pytest

from bench.errors import BadInput
from bench.spec import Floats
from bench.wrap import objective
from tests.support import through

Y = through.draws(4, 50)


def value(y: Floats, a: float) -> Floats:
    return ((y - a) ** 2).sum(axis=0)


def terms(y: Floats, a: float) -> Floats:
    return (y - a) ** 2


def slope(y: Floats, a: float) -> Floats:
    return 2 * (y - a)


def curvature(y: Floats, a: float) -> Floats:
    return np.full_like(y, 2.0)


def test_kernels_give_the_numbers_of_the_functions() -> None:
    plugin = objective("f", value, terms=terms, slope=slope, curvature=curvature, dimension=4, phi={"a": [1.5, 2]})
    form = through.form(plugin)
    assert np.array_equal(through.value(form, Y, (1.5,)), value(Y, 1.5))
    for field, function in (("terms", terms), ("slope", slope), ("curvature", curvature)):
        assert np.array_equal(through.derivative(form, field, Y, (2.0,)), function(Y, 2.0))
    assert plugin.axes == {"a": (1.5, 2)}
    assert not plugin.uses_data
    assert plugin.dimension("shared", 0, (1.5,)) == 4


def test_it_has_a_label_and_symbols() -> None:
    plugin = objective("f", value, phi={"a": 1.5}, label=r"a bowl at $a$", symbols={"a": "$a_0$"})
    assert (plugin.label, plugin.symbols) == (r"a bowl at $a$", {"a": "$a_0$"})
    assert (objective("f", value, phi={"a": 1.5}).label, objective("f", value, phi={"a": 1.5}).symbols) == ("", {})


def test_an_objective_may_read_data() -> None:
    plugin = objective("f", lambda y, x, a: a * ((y[0] - x[:, None]) ** 2).sum(axis=0), phi={"a": 3}, uses_data=True)
    form, x = through.form(plugin), np.array([1.0, 2.0])
    data = form.summarise(x)
    assert np.allclose(through.value(form, Y[:1], (3.0,), data), 3 * ((Y[0] - 1) ** 2 + (Y[0] - 2) ** 2))


def test_the_dimension_may_be_a_phi_or_a_function() -> None:
    by_name = objective("f", lambda y, a, m: value(y, a), phi={"a": 1, "m": [2, 3]}, dimension="m")
    assert by_name.dimension("shared", 0, (1.0, 3.0)) == 3
    own = objective("f", value, phi={"a": 1}, dimension=lambda latent, n, phi: n, latent="per_datum")
    assert own.dimension("per_datum", 7, (1.0,)) == 7
    assert set(own.forms) == {"per_datum"}


@pytest.mark.parametrize("dimension", ["b", 0, 1.5])
def test_another_dimension_is_refused(dimension: object) -> None:
    with pytest.raises(BadInput, match=r"^objective f: dimension=.*; allowed: a whole number > 0, .* its phi \(a\)$"):
        objective("f", value, phi={"a": 1}, dimension=dimension)  # type: ignore[arg-type]


def test_exact_is_of_the_normal_or_by_family() -> None:
    theta, x = np.array([[1.0, 2.0], [3.0, 4.0]]), np.zeros(0)

    def exact(mu: Floats, sigma: Floats, a: float) -> tuple[Floats, Floats]:
        return 2 * (mu - a), 2 * sigma

    normal = objective("f", value, phi={"a": 1}, exact=exact).exact
    assert np.array_equal(normal["normal"](theta, x, (1.0,)), [[0, 4], [4, 8]])
    mapped = objective("f", value, phi={"a": 1}, exact={"poisson": lambda rate, a: (5.0,)}).exact
    assert np.array_equal(mapped["poisson"](theta[:, :1], x, (1.0,)), [[5], [5]])


@pytest.mark.slow
def test_a_slip_is_named_at_the_first_call() -> None:
    def refused(match: str, field: str = "value", **functions) -> None:
        form = through.form(objective("f", **{"value": lambda y: y.sum(axis=0), "dimension": 4} | functions))
        with pytest.raises(BadInput, match=match):
            through.derivative(form, field, Y) if field != "value" else through.value(form, Y, (1.0,))

    refused(r"gives float32; allowed: float64", value=lambda y: y[0].astype(np.float32))
    refused(r"gives shape \(4, 32\); allowed: \(32,\), draws last", value=lambda y: y)
    refused(r"gives shape \(\); allowed", value=lambda y: y.sum())
    refused(r"gives nan at all of 32 draws", value=lambda y: y[0] * np.nan)
    refused(r"gives a draw another number among other draws", value=lambda y: y[0] - y[0].mean())
    refused(r"raises IndexError: .* \(line \d+\)$", value=lambda y: y[9])
    refused(r"raises ValueError: .* read-only", value=lambda y: np.square(y, out=y))
    refused(r"raises TypeError: .* unexpected keyword argument 'a'", value=lambda y: y[0], phi={"a": 1})
    refused(r"gives .* where differences of .* give 1; allowed", "slope", slope=lambda y: np.full_like(y, 1.001))
    refused(r"gives terms that sum to", "terms", terms=lambda y: 2 * y)
    refused(
        r"gives .* where differences of .* give 2;", "curvature",
        value=lambda y: (y**2).sum(axis=0), slope=lambda y: 2 * y, curvature=lambda y: 2.1 * np.ones_like(y),
    )  # fmt: skip


def test_a_first_call_that_cannot_tell_leaves_the_next_to_do_so() -> None:
    form = through.form(objective("f", lambda y: y[0] - y[0].mean()))
    assert np.array_equal(through.value(form, np.ones((1, 8))), np.zeros(8))
    with pytest.raises(BadInput, match="among other draws"):
        through.value(form, Y[:1])
