"""Law: integrated over its noise, every estimator gives the exact gradient, to 1e-8."""

import numpy as np
import pytest

from tests.laws.cases import Case, cases, single_channel
from tests.laws.integrals import moments

TOLERANCE = 1e-8  # where a z-test on 80,000 draws would miss a bias of 1 %


def bias(case: Case, samples: int, nodes: int) -> float:
    """The largest relative error of the integrated gradient."""
    mean, _, _ = moments(case, samples, nodes)
    return float(np.max(abs(mean - case.exact) / abs(case.exact)))


def fewest(case: Case) -> int:
    return max(case.estimator.degree, case.sampler.unit)


def nodes(case: Case, samples: int) -> int:
    """As many as 200,000 points of the tensor rule allow."""
    axes = len(case.estimator.channels or "1") * case.cell.dimension * (samples // case.sampler.unit)
    return min(48, int(200_000 ** (1 / axes)))


@pytest.mark.parametrize("case", cases(dimension=1), ids=str)
def test_one_component(case: Case) -> None:
    samples = fewest(case)
    assert bias(case, samples, nodes(case, samples)) < TOLERANCE


@pytest.mark.parametrize("case", single_channel(cases(dimension=2)), ids=str)
def test_two_components(case: Case) -> None:
    samples = fewest(case)
    assert bias(case, samples, nodes(case, samples)) < TOLERANCE


@pytest.mark.parametrize("case", cases(dimension=1, mutants=True), ids=str)
def test_control_mutants_are_caught(case: Case) -> None:
    samples = fewest(case)
    assert bias(case, samples, nodes(case, samples)) > 0.9e-3


def test_the_laws_see_every_estimator() -> None:
    from tests.laws.cases import EVERYTHING, MUTANTS

    seen = {case.estimator.name for d in (1, 2) for case in cases(dimension=d)}
    assert seen == set(EVERYTHING.plugins["estimator"]) - MUTANTS
