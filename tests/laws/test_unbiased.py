"""Law: integrated over its noise, every estimator gives the exact gradient, to 1e-8, and nothing of a constant."""

import numpy as np
import pytest

from bench.engine.case import Case
from bench.laws.cases import independent, title
from bench.laws.forms import looked_up
from bench.laws.unbiased import TOLERANCE, nothing_in_any_draw, nothing_of_a_constant, unbiased
from bench.laws.variance import drawn
from bench.spec import Points
from tests.support.cases import APART, EVERYTHING, MUTANTS, cases, covering, fine, integrable

SAMPLES = 4
PLAIN = ("mirrored",)  # rules of points that take no difference of f


def unbiased_of(several: list[Case]) -> list[Case]:
    """Those whose mean must be the gradient: f has no jump or kink that the estimator's derivatives miss."""
    return [case for case in several if not case.biased]


RIGHT = covering(unbiased_of(integrable()))
BIASED = covering([case for case in integrable() if case.estimator.biased and case.cell.dimension == 1])
WRONG = covering(fine(independent(cases(dimension=1, mutants=True))), APART)


@pytest.mark.parametrize("case", RIGHT, ids=title)
def test_the_mean_is_the_gradient(case: Case) -> None:
    assert unbiased(case) is None


@pytest.mark.parametrize("case", WRONG, ids=title)
def test_control_mutants_are_caught(case: Case) -> None:
    finding = unbiased(case)
    assert finding is not None
    assert finding.size * TOLERANCE > 1e-5
    assert finding.place.startswith("d/d")


def test_the_laws_see_every_estimator_and_the_controls_every_mutant() -> None:
    biased = {name for name, plugin in EVERYTHING.plugins["estimator"].items() if plugin.biased}
    assert {case.estimator.name for case in RIGHT} == set(EVERYTHING.plugins["estimator"]) - MUTANTS.keys() - biased
    assert {case.estimator.name for case in BIASED} == biased - MUTANTS.keys()
    assert {case.estimator.name for case in WRONG} == set(MUTANTS)
    assert MUTANTS


def zero_of_a_constant(case: Case) -> str:
    """Where an estimator makes 0 of a constant f: in every estimate, in every draw, or only in the mean."""
    if isinstance(case.rule, Points):
        return "mean" if case.estimator.name in PLAIN else "draw"  # differences, slopes and curvatures
    if case.rule.joint:
        return "estimate"
    return "draw" if case.rule.score is None else "mean"


def is_quadratic(case: Case) -> bool:
    """Whether third differences of f vanish."""
    y = np.linspace(-3.0, 3.0, 25)[np.newaxis]
    values = looked_up(case, "value", y)
    return bool(np.max(abs(np.diff(values, 3))) < 1e-12 * np.max(abs(values)))


@pytest.mark.parametrize("case", BIASED, ids=title)
def test_what_declares_a_bias_has_one(case: Case) -> None:
    """Or f is a quadratic, of which central differences tell the slope."""
    assert (unbiased(case) is None) == is_quadratic(case)


def test_control_some_are_biased_and_some_are_not() -> None:
    assert {is_quadratic(case) for case in BIASED} == {True, False}


CLOSED = covering(  # log q is no constant
    [case for d in (1, 3) for case in cases(d) if case.cell.entropy in (None, "closed_form")], APART
)
JOINT, DIFFERENTIAL, SCORES = (
    [case for case in CLOSED if zero_of_a_constant(case) == place] for place in ("estimate", "draw", "mean")
)
SINGLE = [case for case in SCORES if case.cell.dimension == 1 and case.sampler.coupled != "estimate"]


@pytest.mark.parametrize("case", [*JOINT, *DIFFERENTIAL], ids=title)
@pytest.mark.thinned(2)
def test_what_takes_differences_makes_nothing_of_a_constant(case: Case) -> None:
    assert nothing_in_any_draw(case, drawn(case, SAMPLES, 3, seed=7), SAMPLES) is None


@pytest.mark.parametrize("case", SINGLE, ids=title)
def test_the_mean_of_a_score_is_zero(case: Case) -> None:
    assert nothing_of_a_constant(case) is None


def test_control_a_constant_of_which_something_is_left_is_caught() -> None:
    """loo_baseline_alone leaves weights f, not differences of it; a shifted path leaves a mean."""
    (mutant,) = [
        case for case in cases(mutants=True) if title(case) == "squared_error-shared-normal-tied-loo_baseline_alone-iid"
    ]
    assert nothing_in_any_draw(mutant, drawn(mutant, SAMPLES, 3, seed=7), SAMPLES) is not None


def test_there_are_estimators_of_all_three_kinds() -> None:
    assert JOINT
    assert DIFFERENTIAL
    assert SINGLE


def test_a_finding_names_the_row_and_both_numbers() -> None:
    (mutant,) = [
        case
        for case in cases(mutants=True)
        if title(case) == "squared_error-shared-normal-tied-pathwise_wrong_sign-iid"
    ]
    finding = unbiased(mutant)
    assert finding is not None
    assert finding.measured == pytest.approx(-finding.expected)
    assert str(finding) == f"d/dsigma E of 1 draws: {finding.measured:.6g}, expected {finding.expected:.6g}"
    assert np.isfinite(finding.size)
