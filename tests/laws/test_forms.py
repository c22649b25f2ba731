"""Laws of forms of f: derivatives are those of the value, terms add up, draws are apart, closed forms are integrals."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from bench.engine.case import Case
from bench.laws import forms
from bench.laws.cases import title
from bench.laws.objectives import of_forms
from bench.laws.wave import WAVE
from bench.oracle.gradients import integrated_gradient
from bench.spec import Derivatives, Floats, Form
from bench.wrap import objective
from tests.support.cases import EVERYTHING, cases, of_own_dimension

FORMS = {
    (case.cell.objective.name, case.cell.latent, case.cell.dimension): case
    for case in itertools.chain(cases(dimension=1), cases(dimension=2), cases(dimension=3), of_own_dimension())
}
IDS = ["-".join(map(str, key)) for key in FORMS]
SEPARABLE = {key: case for key, case in FORMS.items() if case.form.terms is not None}
COLLAPSING = [case for case in FORMS.values() if {"direct", "collapsed"} <= {*case.objective.forms[case.cell.latent]}]
CLOSED = [case for case in FORMS.values() if case.family.name in case.objective.exact and case.cell.dimension < 3]


def test_every_objective_has_its_forms_tested() -> None:
    assert {name for name, _, _ in FORMS} == set(EVERYTHING.plugins["objective"])
    assert SEPARABLE
    assert COLLAPSING
    assert CLOSED


def test_the_fields_of_a_form_are_those_of_the_derivatives() -> None:
    assert Form._fields[1:] == Derivatives._fields


@pytest.mark.parametrize("case", FORMS.values(), ids=IDS)
def test_derivatives_are_those_of_the_value(case: Case) -> None:
    assert forms.slope_of_value(case) is None
    assert forms.curvature_of_slope(case) is None


@pytest.mark.parametrize("case", FORMS.values(), ids=IDS)
def test_a_draw_is_by_itself(case: Case) -> None:
    assert forms.draws_alone(case) is None


@pytest.mark.parametrize("case", SEPARABLE.values(), ids=["-".join(map(str, key)) for key in SEPARABLE])
def test_terms_add_up_to_the_value_and_read_their_component_alone(case: Case) -> None:
    assert forms.terms_of_value(case) is None


@pytest.mark.parametrize("case", COLLAPSING, ids=title)
def test_direct_and_collapsed_forms_agree(case: Case) -> None:
    assert forms.forms_agree(case) is None


@pytest.mark.parametrize("case", CLOSED, ids=title)
def test_closed_forms_are_integrals(case: Case) -> None:
    integrated = integrated_gradient(case)
    assert integrated is not None
    assert forms.closed_form(case, integrated) is None
    assert forms.closed_form(case, integrated * 1.001 + 1e-3) is not None


@pytest.mark.parametrize("case", [case for case in FORMS.values() if case.objective.quadratic], ids=title)
def test_a_form_is_what_is_declared(case: Case) -> None:
    assert forms.quadratic_as_declared(case) is None
    declared = case.objective.quadratic
    assert declared is not None

    def off(x: Floats, phi: tuple[float, ...]) -> tuple[Floats, Floats, float]:
        matrix, centre, constant = declared(x, phi)
        return matrix * 1.001, centre, constant

    assert forms.quadratic_as_declared(replace(case, objective=replace(case.objective, quadratic=off))) is not None


def of(**functions: object) -> Case:
    """A normal cell in two components with f = sum_j y_j^2 and other derivatives of it."""
    right = {
        "value": lambda y: (y**2).sum(axis=0),
        "slope": lambda y: 2 * y,
        "curvature": lambda y: 2 + 0 * y,
        "terms": lambda y: y**2,
    }
    plugin = objective("squares", **(right | functions), dimension=2)  # type: ignore[arg-type]
    case = next(case for case in cases(dimension=2) if case.family.name == "normal")
    form = plugin.forms["shared"]["direct"]
    cell = replace(case.cell, latent="shared", entropy=None, components="tied")
    return replace(case, objective=plugin, form=unprobed(form, {**right, **functions}), data=np.empty(0), cell=cell)


def unprobed(form: Form, functions: dict[str, object]) -> Form:
    """The functions themselves, which nothing tries before the law does."""

    def filling(function: object) -> object:
        def fill(y: Floats, data: Floats, phi: Floats, out: Floats) -> None:
            out[...] = function(y)  # type: ignore[operator]

        return fill

    return form._replace(**{name: filling(function) for name, function in functions.items()})


def test_controls_each_slip_breaks_its_law() -> None:
    assert forms.slope_of_value(of()) is None
    assert forms.slope_of_value(of(slope=lambda y: 2.002 * y)) is not None
    assert forms.curvature_of_slope(of(curvature=lambda y: 2.002 + 0 * y)) is not None
    assert forms.terms_of_value(of(terms=lambda y: 1.001 * y**2)) is not None
    mixed = forms.terms_of_value(of(terms=lambda y: np.stack([y.prod(axis=0), (y**2).sum(axis=0) - y.prod(axis=0)])))
    assert mixed is not None
    assert "another component" in mixed.place
    assert forms.draws_alone(of(slope=lambda y: 2 * y - y.mean())) is not None


def test_a_kink_is_no_slip() -> None:
    """|y| has its slope everywhere but near 0, where a few points may lie."""
    case = of(value=lambda y: abs(y).sum(axis=0), slope=np.sign)
    assert forms.slope_of_value(case) is None


def test_points_where_f_is_not_finite_are_left_out() -> None:
    """1 / y at 0 and NaN in a tail are no slip; what differs between the others is."""

    def tail(y: Floats) -> Floats:
        return np.where(y[0] > np.median(y[0]), np.nan, (y**2).sum(axis=0))

    case = of(value=lambda y: np.where(y[0] > 0.5, np.inf, (y**2).sum(axis=0)))
    for law in (forms.slope_of_value, forms.curvature_of_slope, forms.terms_of_value, forms.draws_alone):
        assert law(case) is None
    wrong = of(value=lambda y: np.where(y[0] > 0.5, np.inf, (y**2).sum(axis=0)), slope=lambda y: 2.002 * y)
    assert forms.slope_of_value(wrong) is not None
    finding = forms.draws_alone(of(value=tail))
    assert finding is not None
    assert np.isnan([finding.measured, finding.expected]).sum() == 1


def test_where_f_is_finite_nowhere_it_is_said() -> None:
    assert forms.is_finite_somewhere(of())
    case = of(value=lambda y: np.full(y.shape[1], np.nan))
    said = {outcome.law: outcome for outcome in of_forms([case])}
    for law in ("slope of the value", "curvature of the slope", "terms add up to the value"):
        assert said[law].tried == 0
        assert said[law].reason == "f is finite at none of the points that are looked at"
    assert said["a draw is by itself"].tried == 1


def test_of_many_components_some_are_moved() -> None:
    assert forms.components(np.empty((3, 1))) == [0, 1, 2]
    some = forms.components(np.empty((100, 1)))
    assert (some[0], some[-1], len(some)) == (0, 99, forms.MOST_COMPONENTS)


def test_the_wave_keeps_the_laws_of_its_kind() -> None:
    case = next(case for case in cases(dimension=2) if case.family.name == "normal")
    cell = replace(case.cell, objective=replace(case.cell.objective, phi=(2.0,)), entropy=None)
    wave = replace(case, objective=WAVE, form=WAVE.forms["shared"]["direct"], data=np.empty(0), cell=cell)
    for law in (forms.slope_of_value, forms.curvature_of_slope, forms.terms_of_value, forms.draws_alone):
        assert law(wave) is None
