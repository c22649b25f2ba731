"""Law: integrated over its noise, every estimator gives the exact gradient, to 1e-8."""

import numpy as np
import pytest

from bench.oracle.apply import Case
from tests.support.cases import EVERYTHING, MUTANTS, cases, exact_gradient, single_channel, title
from tests.support.integrals import fewest, moments, nodes

TOLERANCE = 1e-8  # where a z-test on 80,000 draws would miss a bias of 1 %


def bias(case: Case, samples: int, nodes: int) -> float:
    """The largest relative error of the integrated gradient."""
    mean, _, _ = moments(case, samples, nodes)
    return float(np.max(abs(mean - exact_gradient(case)) / abs(exact_gradient(case))))


@pytest.mark.parametrize("case", cases(dimension=1), ids=title)
def test_one_component(case: Case) -> None:
    samples = fewest(case)
    assert bias(case, samples, nodes(case, samples)) < TOLERANCE


@pytest.mark.parametrize("case", single_channel(cases(dimension=2)), ids=title)
def test_two_components(case: Case) -> None:
    samples = fewest(case)
    assert bias(case, samples, nodes(case, samples)) < TOLERANCE


@pytest.mark.parametrize("case", cases(dimension=1, mutants=True), ids=title)
def test_control_mutants_are_caught(case: Case) -> None:
    samples = fewest(case)
    assert bias(case, samples, nodes(case, samples)) > 0.9e-3


def test_the_laws_see_every_estimator_and_the_controls_every_mutant() -> None:
    seen = {case.estimator.name for d in (1, 2) for case in cases(dimension=d)}
    assert seen == set(EVERYTHING.plugins["estimator"]) - MUTANTS.keys()
    assert {case.estimator.name for case in cases(mutants=True)} == set(MUTANTS)
    assert MUTANTS
