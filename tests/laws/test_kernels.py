"""Laws of kernels: compiled equals interpreted, inputs stay as they are, a constant has no gradient, forms agree."""

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from bench.oracle.apply import Case, combine, evaluate

from bench.spec import Derivatives, Floats, Kernel, Points
from tests.support.cases import DATA, EVERYTHING, MU, SIGMA, cases, title

DRAWS, SAMPLES = 12, 4
EPSILON = np.finfo(float).eps
EVERY = [*cases(dimension=1), *cases(dimension=3)]


def noise(case: Case) -> Floats:
    """eps[channels, d, DRAWS]."""
    generator = np.random.Generator(np.random.SFC64(7))
    shape = (len(case.channels), case.cell.dimension, case.sampler.coupled, DRAWS // case.sampler.coupled)
    eps = np.empty(shape)
    for channel, row in zip(case.channels, eps, strict=True):
        case.sampler.fill(generator, channel, row)
    return eps.reshape(*shape[:2], DRAWS)


def interpreted(case: Case) -> Case:
    """The same case with every kernel replaced by the Python it was written as."""

    def plain(kernel: Any) -> Any:
        return getattr(kernel, "py_func", kernel)

    rule, family = case.estimator.rule, case.family
    if isinstance(rule, Points):
        rule = replace(rule, place=plain(rule.place), combine=plain(rule.combine))
    return replace(
        case,
        estimator=replace(case.estimator, rule=rule, estimate=plain(case.estimator.estimate)),
        family=replace(family, transport=plain(family.transport), score=plain(family.score), path=plain(family.path)),
        form=case.form._make(plain(kernel) for kernel in case.form),
    )


def estimates(kernel: Kernel, contributions: Floats) -> Floats:
    """[2, replicates] Estimates of SAMPLES draws."""
    out = np.empty((2, DRAWS // SAMPLES))
    kernel(contributions, SAMPLES, out)
    return out


def computed(case: Case, eps: Floats) -> list[Floats]:
    """Everything a case computes from noise: f, its contributions, and estimates where it makes them."""
    f = evaluate(case, eps)
    contributions = combine(case, eps, f)
    joint = [] if case.estimator.estimate is None else [estimates(case.estimator.estimate, contributions)]
    return [*f, contributions, *joint]


@pytest.mark.parametrize("case", EVERY, ids=title)
def test_compiled_equals_interpreted(case: Case) -> None:
    eps = noise(case)
    for compiled, reference in zip(computed(case, eps), computed(interpreted(case), eps), strict=True):
        size = float(np.max(abs(reference), initial=0.0))
        np.testing.assert_allclose(compiled, reference, rtol=0, atol=64 * EPSILON * size)


def frozen(array: Floats) -> Floats:
    array = array.copy()
    array.flags.writeable = False
    return array


@pytest.mark.parametrize("case", EVERY, ids=title)
def test_inputs_stay_as_they_are(case: Case) -> None:
    """The interpreter would raise; compiled code would write."""
    eps = noise(case)
    computed(replace(interpreted(case), data=frozen(case.data)), frozen(eps))
    before = eps.copy()
    computed(case, eps)
    np.testing.assert_array_equal(eps, before)


def zero_of_a_constant(case: Case) -> str:
    """Where an estimator makes 0 of a constant f: in every estimate, in every draw, or only in the mean."""
    if case.estimator.estimate is not None:
        return "estimate"
    reads_f = bool({"value", "terms"} & {*case.estimator.rule.needs})
    return "mean" if reads_f and case.estimator.rule.evaluations == 1 else "draw"


JOINT, DIFFERENTIAL, SCORES = (
    [case for case in EVERY if zero_of_a_constant(case) == place] for place in ("estimate", "draw", "mean")
)


def ones(case: Case, draws: int) -> Derivatives:
    """The constant f = 1 and its derivatives."""
    shape = (case.estimator.rule.evaluations, case.cell.dimension, draws)
    return Derivatives(np.ones((shape[0], draws)), np.ones(shape), np.zeros(shape), np.zeros(shape))


@pytest.mark.parametrize("case", JOINT, ids=title)
def test_what_subtracts_a_baseline_makes_nothing_of_a_constant(case: Case) -> None:
    contributions = combine(case, noise(case), ones(case, DRAWS))
    assert np.max(abs(estimates(case.estimator.estimate, contributions))) < 16 * EPSILON  # type: ignore[arg-type]


@pytest.mark.parametrize("case", DIFFERENTIAL, ids=title)
def test_what_reads_derivatives_or_differences_makes_nothing_of_a_constant(case: Case) -> None:
    assert np.all(combine(case, noise(case), ones(case, DRAWS))[:2] == 0)


@pytest.mark.parametrize("case", SCORES, ids=title)
def test_the_mean_of_a_score_is_zero(case: Case) -> None:
    """Integrated over the first component, with the others at zero, where their scores are not zero."""
    d = case.cell.dimension
    points, weights = case.channels[0].rule(8)
    eps = np.zeros((1, d, points.size))
    at_zero = combine(case, eps, ones(case, points.size))[:2, 0]
    eps[0, 0] = points
    score = combine(case, eps, ones(case, points.size))[:2] @ weights
    assert np.max(abs(score - at_zero * (d - 1) / d)) < 1e-12


def test_there_are_estimators_of_all_three_kinds() -> None:
    assert JOINT
    assert DIFFERENTIAL
    assert SCORES


COLLAPSED = [
    (objective.name, latent)
    for objective in EVERYTHING.plugins["objective"].values()
    for latent, forms in objective.forms.items()
    if {"direct", "collapsed"} <= {*forms}
]


def test_there_is_an_objective_that_collapses() -> None:
    assert COLLAPSED


@pytest.mark.parametrize("field", ["value", "slope", "curvature"])
@pytest.mark.parametrize(("objective", "latent"), COLLAPSED)
def test_direct_and_collapsed_forms_agree(objective: str, latent: str, field: str) -> None:
    y = np.random.Generator(np.random.SFC64(3)).standard_normal((1, 40)) * SIGMA + MU
    forms = EVERYTHING.get("objective", objective).forms[latent]
    direct, collapsed = (np.empty(40) if field == "value" else np.empty((1, 40)) for _ in range(2))
    for name, out in (("direct", direct), ("collapsed", collapsed)):
        form = forms[name]
        getattr(form, field)(y, np.ascontiguousarray(form.summarise(DATA)), np.empty(0), out)
    np.testing.assert_allclose(direct, collapsed, rtol=0, atol=64 * EPSILON * np.max(abs(direct)))


FORMS = {
    (case.cell.objective.name, case.cell.latent, case.cell.dimension): case
    for case in itertools.chain(cases(dimension=1), cases(dimension=2))
}
STEP = 1e-5


def test_every_objective_has_its_derivatives_tested() -> None:
    assert {name for name, _, _ in FORMS} == set(EVERYTHING.plugins["objective"])


@pytest.mark.parametrize("case", FORMS.values(), ids=["-".join(map(str, key)) for key in FORMS])
def test_derivatives_are_those_of_the_value(case: Case) -> None:
    """Central differences of the value, component by component."""
    phi, data = np.array(case.cell.objective.phi), np.ascontiguousarray(case.form.summarise(case.data))
    d = case.cell.dimension
    y = np.linspace(-1.5, 1.5, 9)[np.newaxis] + np.arange(d)[:, np.newaxis] * 0.1

    def value(y: Floats) -> Floats:
        out = np.empty(y.shape[1])
        case.form.value(y, data, phi, out)
        return out

    gradient, curvature = np.empty(y.shape), np.empty(y.shape)
    case.form.slope(y, data, phi, gradient)  # type: ignore[misc]
    case.form.curvature(y, data, phi, curvature)  # type: ignore[misc]
    for j in range(d):
        step = np.zeros((d, 1))
        step[j] = STEP
        up, middle, down = value(y + step), value(y), value(y - step)
        size, rounding = np.max(abs(middle)) + 1, EPSILON / STEP
        slope, bend = (up - down) / (2 * STEP), (up - 2 * middle + down) / STEP**2
        np.testing.assert_allclose(slope, gradient[j], atol=size * (10 * STEP**2 + rounding))
        np.testing.assert_allclose(bend, curvature[j], atol=size * 10 * rounding / STEP)
