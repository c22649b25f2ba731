"""Laws of weights that are made of all draws of an estimate."""

from typing import Any

import numpy as np
import pytest

from bench.laws import joint
from bench.spec import Estimator, Floats, Weights
from tests.support.cases import EVERYTHING

SIZES = (3, 6, 10)
JOINT = {
    name: plugin
    for name, plugin in EVERYTHING.plugins["estimator"].items()
    if isinstance(plugin.rule, Weights) and plugin.rule.joint and name == "score_function_loo"
}


def rule_of(weigh: Any) -> Weights:
    """Weights by a Python function of f[samples, replicates]."""

    def kernel(value: Floats, samples: int, out: Floats) -> None:
        out[:] = weigh(value.reshape(samples, -1)).ravel()

    return Weights(score="value", joint=kernel)


def leave_one_out(f: Floats) -> Floats:
    return (f - f.mean(axis=0)) * len(f) / (len(f) - 1)


def mean_of_triples(f: Floats) -> Floats:
    """Products of pairs of others, a U-statistic of degree 3."""
    total, squares = f.sum(axis=0) - f, (f**2).sum(axis=0) - f**2
    return (total**2 - squares) / ((len(f) - 1) * (len(f) - 2))


@pytest.mark.parametrize("samples", SIZES)
@pytest.mark.parametrize("name", JOINT)
def test_the_package_keeps_them(name: str, samples: int) -> None:
    plugin = JOINT[name]
    assert joint.estimate_alone(plugin.rule, samples) is None
    assert joint.u_statistic(plugin, plugin.rule, samples) is None


@pytest.mark.parametrize(("weigh", "degree"), [(lambda f: f, 1), (leave_one_out, 2), (mean_of_triples, 3)])
def test_u_statistics_have_their_degree_and_no_lower(weigh: Any, degree: int) -> None:
    rule = rule_of(weigh)
    for samples in SIZES:
        if samples > degree:
            assert joint.u_statistic(Estimator("right", rule, degree=degree), rule, samples) is None
    if degree > 1:
        lower = Estimator("lower", rule, degree=degree - 1)
        with np.errstate(all="ignore"):
            assert joint.u_statistic(lower, rule, 6) is not None


def test_control_what_hangs_on_order_or_on_other_estimates_is_caught() -> None:
    first = rule_of(lambda f: f - f[:1])
    assert joint.order_of_draws(first, 6) is not None
    assert joint.estimate_alone(rule_of(lambda f: f - f.mean()), 6) is not None
    assert joint.estimate_alone(rule_of(leave_one_out), 6) is None


@pytest.mark.parametrize("samples", [50, 1000])
def test_control_another_factor_at_one_number_of_draws_is_caught_there(samples: int) -> None:
    rule = rule_of(lambda f: leave_one_out(f) * (1.001 if len(f) == samples else 1.0))
    estimator = Estimator("at_one", rule, degree=2)
    finding = joint.u_statistic(estimator, rule, samples)
    assert finding is not None
    assert f"weight of one of {samples} draws" in finding.place
    assert joint.u_statistic(estimator, rule, samples + 1) is None


def test_an_asymmetric_rule_of_two_draws_is_caught() -> None:
    """The mean over ordered pairs of what it is of two: the weight of the second draw is another than of the first."""

    def of_pairs(f: Floats) -> Floats:
        later = np.array([f[k + 1 :].sum(axis=0) for k in range(len(f))])
        return 2 * (f * np.arange(len(f))[:, np.newaxis] - later) / (len(f) - 1)

    rule = rule_of(of_pairs)
    assert joint.u_statistic(Estimator("ordered", rule, degree=2), rule, 6) is not None
