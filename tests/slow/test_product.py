"""The laws on the whole product of plug-ins, of which the ordinary tests try every pair. `make slow` runs it."""

from collections.abc import Callable

import pytest

from bench.engine.case import Case
from bench.laws import kernels
from bench.laws.cases import independent, title
from bench.laws.finding import Finding
from bench.laws.integrals import fewest, nodes
from bench.laws.unbiased import unbiased
from bench.laws.variance import drawn, exact_variance
from tests.support.cases import EVERYTHING, MUTANTS, cases, fine, integrable

pytestmark = pytest.mark.slow

SAMPLES = 4
RIGHT = [name for name in EVERYTHING.plugins["estimator"] if name not in MUTANTS]


def findings(law: Callable[[Case], Finding | None], several: list[Case], estimator: str) -> dict[str, str]:
    """What a law finds in the cases of an estimator, by their titles."""
    found = {title(case): law(case) for case in several if case.estimator.name == estimator}
    return {words: str(finding) for words, finding in found.items() if finding is not None}


@pytest.mark.parametrize("estimator", RIGHT)
def test_unbiased(estimator: str) -> None:
    right = [case for case in integrable() if not case.biased]  # by declaration, or where f breaks: of these other laws
    assert findings(unbiased, right, estimator) == {}


@pytest.mark.parametrize("estimator", RIGHT)
def test_exact_variance(estimator: str) -> None:
    def law(case: Case) -> Finding | None:
        return exact_variance(case, count=nodes(case, fewest(case), most=1_000_000))

    assert findings(law, integrable(), estimator) == {}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_mutants_are_caught(mutant: str) -> None:
    several = [case for case in fine(independent(cases(mutants=True))) if case.estimator.name == mutant]
    assert several
    assert [title(case) for case in several if unbiased(case) is None] == []


@pytest.mark.parametrize("law", [kernels.compiled_as_written, kernels.inputs_untouched, kernels.draws_alone])
@pytest.mark.parametrize("estimator", RIGHT)
def test_kernels(estimator: str, law: kernels.Law) -> None:
    several = [case for d in (1, 2, 3) for case in cases(d)]
    assert findings(lambda case: law(case, drawn(case, SAMPLES, 3, seed=7), SAMPLES), several, estimator) == {}
