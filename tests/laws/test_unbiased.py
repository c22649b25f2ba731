"""Law: integrated over its noise, every estimator gives the exact gradient, to 1e-8."""

import numpy as np
import pytest

from bench.engine.case import Case
from bench.oracle.agreement import CANCELLED
from bench.plan.rules import lacks
from tests.support.cases import EVERYTHING, MUTANTS, cases, exact_gradient, fine, independent, single_channel, title
from tests.support.integrals import fewest, moments, nodes

TOLERANCE = 1e-8  # where a z-test on 80,000 draws would miss a bias of 1 %


def bias(case: Case, samples: int, nodes: int) -> float:
    """The largest relative error of the integrated gradient."""
    mean, variance, _ = moments(case, samples, nodes)
    exact, owned = exact_gradient(case), has_gradient(case)
    size = abs(exact) + CANCELLED * np.sqrt(variance) / TOLERANCE
    return float(np.max((abs(mean - exact) / np.maximum(size, np.finfo(float).tiny))[owned]))


def has_gradient(case: Case) -> list[bool]:
    """[rows] Whether the family has what the estimator needs, by parameter."""
    lacking = lacks(case.rule, case.family)
    return [name not in lacking for name in case.family.parameters] * (case.rows // len(case.family.parameters))


@pytest.mark.parametrize("case", fine(independent(cases(dimension=1))), ids=title)
def test_one_component(case: Case) -> None:
    samples = fewest(case)
    assert bias(case, samples, nodes(case, samples)) < TOLERANCE


@pytest.mark.parametrize("case", fine(single_channel(independent(cases(dimension=2)))), ids=title)
def test_two_components(case: Case) -> None:
    samples = fewest(case)
    assert bias(case, samples, nodes(case, samples)) < TOLERANCE


@pytest.mark.parametrize("case", fine(independent(cases(dimension=1, mutants=True))), ids=title)
def test_control_mutants_are_caught(case: Case) -> None:
    samples = fewest(case)
    assert bias(case, samples, nodes(case, samples)) > 1e3 * TOLERANCE


def test_the_laws_see_every_estimator_and_the_controls_every_mutant() -> None:
    seen = {case.estimator.name for d in (1, 2) for case in cases(dimension=d)}
    assert seen == set(EVERYTHING.plugins["estimator"]) - MUTANTS.keys()
    assert {case.estimator.name for case in cases(mutants=True)} == set(MUTANTS)
    assert MUTANTS
