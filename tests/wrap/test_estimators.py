"""Estimators made of NumPy functions: their weights, what these need, their baselines."""

from types import SimpleNamespace

import numpy as np
import pytest

from bench.errors import BadInput
from bench.spec import Estimator, Floats, Weight, Weights
from bench.wrap import estimator
from tests.support import through

Y = through.draws(2, 40)
F = through.derivatives(Y, value=Y.sum(axis=0), terms=Y, slope=Y**2, curvature=Y**3)


def score(plugin: Estimator) -> Weight:
    assert isinstance(plugin.rule, Weights)
    assert isinstance(plugin.rule.score, Weight)
    return plugin.rule.score


def test_names_of_fs_own_weights_pass_through() -> None:
    assert estimator("e", score_weight="value").rule == Weights(score="value")
    assert estimator("e", score_weight="terms", path_weight="slope").rule == Weights(score="terms", path="slope")


def test_arguments_say_what_a_weight_reads() -> None:
    def weight(value: Floats, slope: Floats, y: Floats, theta: Floats, beta: float) -> Floats:
        return value + beta * slope[0] * (y[1] - theta[0, 0])

    plugin = estimator("e", score_weight=weight, phi={"alpha": 1, "beta": [2, 3]})
    assert score(plugin).needs == ("value", "slope")
    assert score(plugin).per == "draw"
    assert plugin.axes == {"alpha": (1,), "beta": (2, 3)}
    got = through.weights(score(plugin), Y, F, 1, (9.0, 2.0))
    assert np.array_equal(got[0], Y.sum(axis=0) + 2 * Y[0] ** 2 * Y[1])


def test_an_argument_of_another_name_is_refused() -> None:
    with pytest.raises(BadInput, match=r": <lambda> takes 'gamma'; allowed: value, terms, .*, theta, beta$"):
        estimator("e", score_weight=lambda value, gamma: value, phi={"beta": 1})


def test_weights_of_each_parameter_or_component() -> None:
    by_parameter = estimator("e", score_weight=lambda value: np.array([value, 2 * value, 0 * value]), per="parameter")
    assert np.array_equal(through.weights(score(by_parameter), Y, F, 3)[1], 2 * F.value[0])
    path = estimator("e", path_weight=lambda slope, curvature: slope - curvature).rule
    assert isinstance(path, Weights)
    assert isinstance(path.path, Weight)
    assert path.path.per == "component"
    assert np.array_equal(through.weights(path.path, Y, F, 2), Y**2 - Y**3)


def test_weights_of_another_shape_are_refused() -> None:
    plugin = estimator("e", score_weight=lambda terms: terms)
    with pytest.raises(BadInput, match=r"gives shape \(2, 32\); allowed: \(32,\) or \(1, 32\), draws last$"):
        through.weights(score(plugin), Y, F, 1)


def test_a_baseline_is_frozen_and_taken_off() -> None:
    pilot = SimpleNamespace(sample=lambda count: (through.draws(2, count), None))
    plugin = estimator("e", score_weight="value", baseline=lambda pilot: pilot.sample(8)[0].mean())
    assert plugin.freeze is not None
    frozen = plugin.freeze(pilot)  # type: ignore[arg-type]
    assert np.array_equal(frozen, [through.draws(2, 8).mean()])
    got = through.weights(score(plugin), Y, F, 2, tuple(frozen))
    assert np.array_equal(got, np.tile(F.value[0] - frozen, (2, 1)))
    assert np.array_equal(through.weights(score(plugin), Y, F, 2, (1.0, 2.0))[1], F.value[0] - 2)


def test_a_weight_may_take_the_baseline_itself() -> None:
    plugin = estimator("e", score_weight=lambda value, baseline: value * baseline[1], baseline=lambda pilot: np.ones(2))
    assert np.array_equal(through.weights(score(plugin), Y, F, 2, (1.0, 3.0))[0], 3 * F.value[0])


def test_a_baseline_of_terms_is_of_each_component() -> None:
    plugin = estimator("e", score_weight="terms", baseline=lambda pilot: np.ones(2))
    assert score(plugin).per == "component"
    assert np.array_equal(through.weights(score(plugin), Y, F, 2, (1.0, 2.0)), Y - [[1], [2]])


def test_slips_of_a_baseline_are_named() -> None:
    def refused(match: str, baseline) -> None:
        plugin = estimator("e", score_weight="value", baseline=baseline)
        assert plugin.freeze is not None
        with pytest.raises(BadInput, match=match):
            plugin.freeze(SimpleNamespace())  # type: ignore[arg-type]

    refused(r": <lambda> gives \[nan\]; allowed: a finite number, or one for each", lambda pilot: np.nan)
    refused(r": <lambda> raises AttributeError: .* \(line \d+\)$", lambda pilot: pilot.simple(3))
    refused(r": <lambda> gives float32; allowed: float64", lambda pilot: np.float32(1))
    plugin = estimator("e", score_weight="value", baseline=lambda pilot: np.ones(3))
    with pytest.raises(BadInput, match=r"has a baseline of 3 numbers; allowed: 1, or 2: one a row$"):
        through.weights(score(plugin), Y, F, 2, (1.0, 1.0, 1.0))
    with pytest.raises(BadInput, match=r"^estimator e has a baseline; allowed: one beside a score_weight"):
        estimator("e", path_weight="slope", baseline=lambda pilot: 1.0)


def test_a_weight_made_of_this_batch_is_caught() -> None:
    plugin = estimator("e", score_weight=lambda value: value - value.mean())
    with pytest.raises(BadInput, match=r"gives a draw another number among other draws"):
        through.weights(score(plugin), Y, F, 1)


def leave_one_out(value: Floats) -> Floats:
    return (value - value.mean(axis=0)) * len(value) / (len(value) - 1)


def test_weights_of_all_draws_of_an_estimate() -> None:
    plugin = estimator("e", score_weight=leave_one_out, together=True, degree=2)
    assert isinstance(plugin.rule, Weights)
    assert plugin.rule.score == "value"
    assert plugin.degree == 2
    values = through.draws(1, 40)[0]
    got = through.joint(plugin.rule.joint, values, 4)  # estimate 3 owns the draws 3, 13, 23, 33
    expected = values[3] - (values[13] + values[23] + values[33]) / 3
    assert got[3] == pytest.approx(expected, rel=1e-14)


def test_joint_weights_across_estimates_are_caught() -> None:
    plugin = estimator("e", score_weight=lambda value: value - value.mean(), together=True)
    assert isinstance(plugin.rule, Weights)
    with pytest.raises(BadInput, match=r"gives a draw another number among other draws"):
        through.joint(plugin.rule.joint, through.draws(1, 40)[0], 4)


def test_together_stands_alone() -> None:
    for beside in ({"path_weight": "slope"}, {"phi": {"a": 1}}, {"baseline": lambda pilot: 1.0}):
        with pytest.raises(BadInput, match=r"^estimator e: together=True; allowed beside it: a function score_weight"):
            estimator("e", score_weight=leave_one_out, together=True, **beside)  # type: ignore[arg-type]
