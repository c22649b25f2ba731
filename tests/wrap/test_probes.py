"""What is tried of a user's function on its first draws: each slip is caught, and what is sound passes."""

import numpy as np
import pytest

from bench.errors import BadInput
from bench.wrap import probes
from tests.support import through

Y = through.draws(3, 100)


def test_a_function_of_each_draw_passes() -> None:
    assert probes.behaviour("f", lambda y: np.exp(y).sum(axis=0), [Y])


@pytest.mark.parametrize("y", [Y[:, :1], np.ones((3, 8)), np.ones((3, 0))])
def test_draws_that_cannot_tell_leave_it_open(y: np.ndarray) -> None:
    assert not probes.behaviour("f", lambda y: y.mean() + y[0], [y])


@pytest.mark.parametrize(
    "f",
    [
        lambda y: y[0] - y[0].mean(),
        lambda y: y[0] / np.linalg.norm(y[0]),
        lambda y: np.cumsum(y[0]),
        lambda y: y[0] + np.random.default_rng(0).standard_normal(y.shape[1]),
        lambda y: y[0] + 1e-6 * np.arange(y.shape[1]),
    ],
)
def test_a_draw_that_hangs_on_others_or_on_its_place_is_caught(f) -> None:
    with pytest.raises(BadInput, match=r"^f gives a draw another number among other draws; allowed: .* no mean"):
        probes.behaviour("f", f, [Y])


def test_numbers_that_change_are_caught() -> None:
    count = iter(range(100))
    with pytest.raises(BadInput, match=r"^f gives other numbers when it is called again with the same draws; allowed:"):
        probes.behaviour("f", lambda y: y[0] + 1e-15 * next(count), [Y])


def test_nothing_finite_is_caught_and_something_finite_passes() -> None:
    with pytest.raises(BadInput, match=r"^f gives nan at all of 32 draws; allowed: finite numbers$"):
        probes.behaviour("f", lambda y: np.full(y.shape[1], np.nan), [Y])
    assert probes.behaviour("f", lambda y: np.where(y[0] > 0, y[0], np.nan), [Y])


def test_true_derivatives_pass() -> None:
    functions = [
        (lambda y: np.sin(y).prod(axis=0), lambda y: np.sin(y).prod(axis=0) / np.tan(y)),
        (lambda y: 1e9 + y.sum(axis=0), np.ones_like),
        (lambda y: np.abs(y).sum(axis=0), np.sign),
        (lambda y: (y > 0).sum(axis=0) * 1.0, np.zeros_like),
        (lambda y: ((y[:, None] - np.linspace(-1, 1, 1000)[:, None]) ** 2).sum(axis=(0, 1)), lambda y: 2000 * y),
    ]
    for f, slope in functions:
        for y in (Y, 1e-3 * Y, 1e3 * Y):
            probes.derivative("slope", lambda y, j, f=f: f(y), slope(y), y, "f")


def test_a_derivative_wrong_by_a_thousandth_is_caught() -> None:
    wrong = Y * 2
    wrong[2] *= 1.001
    with pytest.raises(
        BadInput, match=r"^slope gives .* for component 2 at y_2=.*, where differences of f give .*; al"
    ):
        probes.derivative("slope", lambda y, j: (y**2).sum(axis=0), wrong, Y, "f")


def test_terms_that_do_not_sum_to_the_value_are_caught() -> None:
    probes.total("terms", Y**2, (Y**2).sum(axis=0))
    with pytest.raises(BadInput, match=r"^terms gives terms that sum to .* at a draw where the value is"):
        probes.total("terms", Y**2, 1.0001 * (Y**2).sum(axis=0))
