"""Laws of kernels: compiled equals interpreted, inputs stay as they are, a constant has no gradient, forms agree."""

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bench.engine import apply
from bench.engine.case import Case
from bench.engine.pilot import prepared
from bench.kernels.jit import kernel
from bench.plan.rules import needs_of
from bench.plan.streams import coupled_of
from bench.spec import Derivatives, Floats, Form, Kernel, Points, Rule, Weight, Weights
from tests.support.cases import DATA, EVERYTHING, MU, MUTANTS, SIGMA, cases, exact_gradient, thinned, title
from tests.support.integrals import fewest, moments, nodes

DRAWS, SAMPLES = 12, 4
EPSILON = np.finfo(float).eps
EVERY = [*thinned(cases(dimension=1)), *thinned(cases(dimension=3))]


def noise(case: Case) -> Floats:
    """[channels, d, DRAWS]."""
    generator = np.random.Generator(np.random.SFC64(7))
    coupled = coupled_of(case.sampler, SAMPLES)
    shape = len(case.channels), case.cell.dimension, coupled, DRAWS // coupled
    eps = np.empty(shape)
    for channel, row in zip(case.channels, eps, strict=True):
        case.sampler.fill(generator, channel, row)
    return eps.reshape(*shape[:2], DRAWS)


def plain(kernel: Any) -> Any:
    """The Python that a kernel was written as."""
    return getattr(kernel, "py_func", kernel)


def plain_rule(rule: Rule) -> Rule:
    if isinstance(rule, Points):
        return replace(rule, place=plain(rule.place), combine=plain(rule.combine))

    def of_weight(weight: Any) -> Any:
        return replace(weight, kernel=plain(weight.kernel)) if isinstance(weight, Weight) else weight

    return Weights(of_weight(rule.score), of_weight(rule.path), plain(rule.joint))


def interpreted(case: Case) -> Case:
    """The same case with every kernel replaced by the Python it was written as."""
    names = ("transport", "score", "path", "log_density", "slope")
    family = replace(case.family, **{name: plain(getattr(case.family, name)) for name in names})
    form = Form(*(plain(kernel) for kernel in case.form))
    return replace(case, rule=plain_rule(case.rule), family=family, form=form)


def computed(case: Case, eps: Floats) -> list[Floats]:
    """Everything a case computes from noise: y, f, its contributions, and estimates."""
    case = prepared(case)
    y = apply.transported(case, eps)
    f = apply.evaluated(case, y, needs_of(case.rule))
    return [y, *f, apply.contributions(case, eps), apply.estimates(case, eps, SAMPLES)]


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


@kernel
def one(y, data, phi, out):
    """f = 1."""
    out[:] = 1.0


@kernel
def share(y, data, phi, out):
    """f_j = 1 / d."""
    out[:] = 1.0 / y.shape[0]


@kernel
def nothing(y, data, phi, out):
    """df/dy_j = 0."""
    out[:] = 0.0


def of_constant(case: Case) -> Case:
    """The case with f = 1, separable where f was."""
    form = Form(case.form.summarise, one, share if case.form.terms else None, nothing, nothing)
    return replace(case, form=form)


def zero_of_a_constant(case: Case) -> str:
    """Where an estimator makes 0 of a constant f: in every estimate, in every draw, or only in the mean."""
    if isinstance(case.rule, Points):
        return "draw"  # differences, slopes and curvatures
    if case.rule.joint:
        return "estimate"
    return "draw" if case.rule.score is None else "mean"


CLOSED = [case for case in EVERY if case.cell.entropy in (None, "closed_form")]  # log q is no constant
JOINT, DIFFERENTIAL, SCORES = (
    [case for case in CLOSED if zero_of_a_constant(case) == place] for place in ("estimate", "draw", "mean")
)
SINGLE = [case for case in SCORES if case.cell.dimension == 1 and case.sampler.coupled != "estimate"]


@pytest.mark.parametrize("case", JOINT, ids=title)
def test_what_subtracts_a_baseline_makes_nothing_of_a_constant(case: Case) -> None:
    scores = apply.contributions(of_constant(case), noise(case))[1:]
    assert np.max(abs(apply.estimates(of_constant(case), noise(case), SAMPLES))) < 16 * EPSILON * np.max(abs(scores))


@pytest.mark.parametrize("case", DIFFERENTIAL, ids=title)
def test_what_reads_derivatives_or_differences_makes_nothing_of_a_constant(case: Case) -> None:
    assert np.all(apply.contributions(of_constant(case), noise(case)) == 0)


@pytest.mark.parametrize("case", SINGLE, ids=title)
def test_the_mean_of_a_score_is_zero(case: Case) -> None:
    samples = fewest(case)
    constant = replace(of_constant(case), cell=replace(case.cell, entropy=None))
    mean, variance, _ = moments(constant, samples, nodes(case, samples))
    assert np.max(abs(mean)) < 1e-10 * np.sqrt(np.max(variance)) + 1e-12


def test_there_are_estimators_of_all_three_kinds() -> None:
    assert JOINT
    assert DIFFERENTIAL
    assert SINGLE


@pytest.mark.parametrize("case", thinned(cases(dimension=2)), ids=title)
def test_tied_components_are_untied_ones_added_up(case: Case) -> None:
    """Estimate by estimate, exact gradients too."""
    eps = noise(case)
    case = replace(case, cell=replace(case.cell, components="tied"))
    several = apply.untied(case)
    rows = apply.estimates(prepared(several), eps, SAMPLES)
    added = rows.reshape(2, -1, rows.shape[1]).sum(axis=0)
    size = float(np.max(abs(rows)))
    np.testing.assert_allclose(apply.estimates(prepared(case), eps, SAMPLES), added, rtol=0, atol=1e-12 * size)
    exact = exact_gradient(several).reshape(2, -1)
    np.testing.assert_allclose(exact_gradient(case), exact.sum(axis=0), rtol=1e-9, atol=1e-9 * np.max(abs(exact)))


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
    for case in itertools.chain(cases(dimension=1), cases(dimension=2), cases(dimension=3))
}
STEP = 1e-5


def test_every_objective_has_its_derivatives_tested() -> None:
    assert {name for name, _, _ in FORMS} == set(EVERYTHING.plugins["objective"])


def points(case: Case) -> Floats:
    """Some y[d, 9], other ones in each component."""
    d = case.cell.dimension
    return np.linspace(-1.5, 1.5, 9)[np.newaxis] + np.arange(d)[:, np.newaxis] * 0.1


def looked_up(case: Case, field: str, y: Floats) -> Floats:
    """A field of f at y."""
    compiled: Kernel = getattr(case.form, field)
    out = np.empty(y.shape[1]) if field == "value" else np.empty(y.shape)
    data = np.ascontiguousarray(case.form.summarise(case.data))
    compiled(np.ascontiguousarray(y), data, np.array(case.cell.objective.phi), out)
    return out


@pytest.mark.parametrize("case", FORMS.values(), ids=["-".join(map(str, key)) for key in FORMS])
def test_derivatives_are_those_of_the_value(case: Case) -> None:
    """Central differences of the value, component by component."""
    y, d = points(case), case.cell.dimension
    gradient, curvature = (looked_up(case, field, y) for field in ("slope", "curvature"))
    for j in range(d):
        step = np.zeros((d, 1))
        step[j] = STEP
        up, middle, down = (looked_up(case, "value", y + sign * step) for sign in (1, 0, -1))
        size, rounding = np.max(abs(middle)) + 1, EPSILON / STEP
        slope, bend = (up - down) / (2 * STEP), (up - 2 * middle + down) / STEP**2
        np.testing.assert_allclose(slope, gradient[j], atol=size * (10 * STEP**2 + rounding))
        np.testing.assert_allclose(bend, curvature[j], atol=size * 10 * rounding / STEP)


SEPARABLE = {key: case for key, case in FORMS.items() if case.form.terms is not None}


@pytest.mark.parametrize("case", SEPARABLE.values(), ids=["-".join(map(str, key)) for key in SEPARABLE])
def test_terms_add_up_to_the_value_and_read_their_component_alone(case: Case) -> None:
    y = points(case)
    terms, value = looked_up(case, "terms", y), looked_up(case, "value", y)
    np.testing.assert_allclose(terms.sum(axis=0), value, rtol=0, atol=64 * EPSILON * np.max(abs(terms)))
    moved = y.copy()
    moved[0] += 1.0
    np.testing.assert_array_equal(looked_up(case, "terms", moved)[1:], terms[1:])


def test_the_fields_of_a_form_are_those_of_the_derivatives() -> None:
    assert Form._fields[1:] == Derivatives._fields


def test_every_plugin_takes_part() -> None:
    for kind, names in {
        "objective": {case.cell.objective.name for case in EVERY},
        "family": {case.family.name for case in EVERY},
        "estimator": {case.estimator.name for case in EVERY} | set(MUTANTS),
        "sampler": {case.sampler.name for case in EVERY},
    }.items():
        assert names == set(EVERYTHING.plugins[kind]), kind
