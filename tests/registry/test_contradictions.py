"""Contradictions between fields, in rules that stand there and in those that are made for a family."""

from dataclasses import replace
from typing import Any

import pytest

from bench import spec
from bench.kernels.jit import kernel
from bench.registry import Registry, contract, contradictions


@kernel
def reads_slope(noise, y, theta, phi, f, out):
    out[0] = f.value[0] * f.slope[0, 0]


@kernel
def combine(noise, j, theta, phi, f, first, out):
    out[0] = f.value[0]


@kernel
def joint(value, samples, out):
    pass


RIGHT = spec.Weight(reads_slope, ("value", "slope"))
FORGETS = spec.Weight(reads_slope, ("value",))


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (spec.Weights(score=RIGHT), None),
        (
            spec.Weights(score=FORGETS),
            "rule.score.kernel reads f.slope, which rule.score.needs=('value',) does not name",
        ),
        (
            spec.Weights(score="value", path=FORGETS),
            "rule.path.kernel reads f.slope, which rule.path.needs=('value',) does not name",
        ),
        (spec.Points(combine, ("value",)), None),
        (spec.Points(combine, ("slope",)), "rule.combine reads f.value, which rule.needs=('slope',) does not name"),
    ],
)
def test_what_a_kernel_reads_is_asked_for(rule: spec.Rule, message: str | None) -> None:
    """Or it would be an empty array: compiled code reads past its end."""
    assert contradictions.in_estimator(spec.Estimator("x", rule)) == message


def test_a_rule_that_is_made_for_a_family_may_have_a_degree() -> None:
    made = spec.Estimator("x", lambda family: spec.Weights(score="value", joint=joint), degree=2)
    assert contract.breach(made) is None


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (lambda family: spec.Weights(score=RIGHT), None),
        (lambda family: "declines", None),
        (lambda family: spec.Weights(score=FORGETS), "rule.score.kernel reads f.slope, which rule.score.needs"),
        (
            lambda family: spec.Points(combine, ("gradient",)),
            "rule.needs is ('gradient',); allowed: a tuple of value, ",
        ),
        (lambda family: None, "rule(normal) is None; allowed: Weights, Points, or why there is none in words"),
        (lambda family: family.no_such_field, "rule(normal) fails: line "),
    ],
)
def test_a_rule_that_is_made_for_a_family_keeps_the_contract(plugins: Registry, rule: Any, message: str | None) -> None:
    breach = contract.breach_for(spec.Estimator("x", rule), plugins.get("family", "normal"))
    assert breach is None if message is None else (breach or "").startswith(message)


def test_the_degree_of_a_rule_that_is_made_is_looked_at_too(plugins: Registry) -> None:
    made = spec.Estimator("x", lambda family: spec.Weights(score="value"), degree=2)
    assert contract.breach_for(made, plugins.get("family", "normal")) == (
        "degree is 2, and no rule.joint takes draws together; allowed: 1"
    )


def test_the_packages_rules_keep_the_contract_for_every_family(plugins: Registry) -> None:
    breaches = [
        contract.breach_for(estimator, family)
        for estimator in plugins.plugins["estimator"].values()
        for family in plugins.plugins["family"].values()
    ]
    assert breaches == [None] * len(breaches)


def test_a_family_that_lacks_all_of_it_says_why(plugins: Registry) -> None:
    normal = plugins.get("family", "normal")
    assert contradictions.in_family(normal) is None
    assert contradictions.in_family(replace(normal, path=None)) is not None


def test_an_objective_needs_a_form(plugins: Registry) -> None:
    squared_error = plugins.get("objective", "squared_error")
    assert contradictions.in_objective(squared_error) is None
    assert contradictions.in_objective(replace(squared_error, forms={})) is not None
