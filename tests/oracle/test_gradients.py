"""Exact gradients: the objective's own form, else the integral of f times the score; and what sums are taken about."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine.apply import constant
from bench.engine.case import Case
from bench.laws.cases import DATA, title
from bench.oracle import gradients
from bench.oracle.gradients import centred, exact_gradient
from bench.plan.cells import Plan
from bench.plan.streams import streams
from bench.registry import Registry, load
from bench.spec import Cell, Variant
from tests.support.cases import EXAMPLES, KINDS, cases, unsettled
from tests.support.streams import CELL, plan_of, stream_of, variants_of

SEEN: dict[tuple[object, ...], Case] = {}
for each in (*cases(1), *cases(2)):
    SEEN.setdefault((each.cell.objective.name, each.cell.latent, each.family.name, *each.cell.theta, each.rows), each)


@pytest.mark.parametrize("case", SEEN.values(), ids=title)
def test_the_integral_is_the_closed_form_where_there_is_one(case: Case) -> None:
    integrated = exact_gradient(replace(case, objective=replace(case.objective, exact={})))
    closed = exact_gradient(case)
    assert closed is not None
    assert integrated is not None
    np.testing.assert_allclose(integrated, closed, rtol=1e-9, atol=1e-9)


NORMAL = [case for d in (1, 2, 3) for case in cases(d) if case.family.name == "normal"]
MEAN_FIELD = Cell(
    *(Variant("mean_field"), "shared", "normal", ((0.5, -1.0, 2.0), (0.3, 1.0, 2.0)), "untied", "closed_form"),
    *("iid", None, 1, 3),
)


def in_cell(cell: Cell) -> Case:
    """A case of the same objective, in another cell."""
    return replace(next(case for case in NORMAL if case.cell.objective == cell.objective), cell=cell)


@pytest.mark.parametrize("entropy", ["closed_form", "monte_carlo", "sticking_the_landing"])
@pytest.mark.parametrize("exact", [True, False])
def test_a_targets_gradient_holds_the_entropy_however_it_is_treated(entropy: str, exact: bool) -> None:
    case = in_cell(replace(MEAN_FIELD, entropy=entropy))  # type: ignore[arg-type]
    case = case if exact else replace(case, objective=replace(case.objective, exact={}))
    expected = np.array([[-1.5, -2.15, 9.3], [-2.73333333333, 0.0, 5.5]]).T.ravel()
    np.testing.assert_allclose(exact_gradient(case), expected, atol=1e-9)  # type: ignore[arg-type]


def test_tied_components_are_added_up() -> None:
    tied = in_cell(replace(MEAN_FIELD, theta=(0.5, 1.0), components="tied"))
    untied = in_cell(replace(MEAN_FIELD, theta=(0.5, 1.0)))
    rows = exact_gradient(untied)
    assert rows is not None
    np.testing.assert_allclose(exact_gradient(tied), rows.reshape(3, 2).sum(axis=0), rtol=1e-13)  # type: ignore[arg-type]


def plan(cell: Cell, *names: str, registry: Registry | None = None) -> Plan:
    loaded = registry or load(EXAMPLES, kinds=KINDS)
    return centred(plan_of(stream_of([cell], names, loaded)))


def test_power_sums_are_taken_about_the_exact_mean_of_what_is_summed() -> None:
    """Without the constant of a closed entropy, which no draw holds."""
    (subgrid,) = plan(MEAN_FIELD, "pathwise", "score_function").streams[0].subgrids
    assert subgrid.exact is not None
    assert subgrid.centre is not None
    np.testing.assert_allclose(subgrid.exact[0, 1::2], [-2.73333333333, 0.0, 5.5], atol=1e-10)
    np.testing.assert_allclose(subgrid.centre[0, :, 1::2], [[0.6, 1.0, 6.0]] * 2, rtol=1e-10)
    stuck = replace(MEAN_FIELD, entropy="sticking_the_landing")
    (subgrid,) = plan(stuck, "pathwise").streams[0].subgrids
    np.testing.assert_array_equal(subgrid.centre[0, 0], subgrid.exact[0])  # type: ignore[index]


def test_where_no_exact_gradient_is_known_they_are_taken_about_a_pilots_mean() -> None:
    cell = replace(MEAN_FIELD, objective=Variant("unknown"), theta=(0.5, 0.7), components="tied", dimension=5)
    (subgrid,) = plan(cell, "pathwise", "score_function", registry=unsettled()).streams[0].subgrids
    assert subgrid.exact is not None
    assert subgrid.centre is not None
    assert np.isnan(subgrid.exact).all()
    assert np.isfinite(subgrid.centre).all()
    slopes = np.array([[2.0, 0.5, 0.0], [0.5, 1.0, -0.3], [0.0, -0.3, 3.0]]).sum(axis=0)
    expected, error = slopes @ (0.5 - np.array([1.0, 0.0, -1.0])), 0.7 * np.linalg.norm(slopes)
    assert 0 < abs(subgrid.centre[0, 0, 0] - expected) < 7 * error / np.sqrt(gradients.PILOT_DRAWS)


def test_every_cell_of_every_stream_has_its_centre() -> None:
    registry = load(EXAMPLES, kinds=KINDS)
    cells = [replace(CELL, theta=(0.3, sigma)) for sigma in (0.5, 2.0)] + [
        replace(CELL, latent="per_datum", dimension=3)
    ]
    jobs = [(cell, variant) for cell in cells for variant in variants_of(["pathwise", "score_function"])]
    served = tuple(streams(jobs, registry))
    made = centred(replace(plan_of(served[0]), streams=served))
    (first,), (second,) = (stream.subgrids for stream in made.streams)
    n, mean = DATA.size, DATA.mean()
    expected = [[2 * n * (0.3 - mean), 2 * n * sigma] for sigma in (0.5, 2.0)]
    np.testing.assert_allclose(first.exact, expected, rtol=1e-13)  # type: ignore[arg-type]
    np.testing.assert_allclose(first.centre, np.array(expected)[:, np.newaxis].repeat(2, axis=1), rtol=1e-13)  # type: ignore[arg-type]
    assert second.centre is not None
    assert second.centre.shape == (1, 2, 2)


@pytest.mark.parametrize("case", [case for case in SEEN.values() if case.cell.entropy == "closed_form"], ids=title)
def test_the_constant_of_a_closed_entropy_is_in_the_gradient_and_in_no_draw(case: Case) -> None:
    bare = replace(case, objective=replace(case.objective, target=False), cell=replace(case.cell, entropy=None))
    np.testing.assert_allclose(
        exact_gradient(case),  # type: ignore[arg-type]
        exact_gradient(bare) + constant(case),  # type: ignore[operator]
        rtol=1e-12,
    )


def test_a_family_without_an_entropy_has_the_gradient_of_its_targets_integrated() -> None:
    words = "gaussian_kl-shared-normal-tied-sticking_the_landing-pathwise-iid"
    (case,) = [case for case in cases(1) if title(case) == words]
    lacks = {"entropy": dict.fromkeys(case.family.parameters, "not known")}
    poorer = replace(case.family, entropy=None, entropy_gradient=None, lacks=lacks)
    np.testing.assert_allclose(exact_gradient(replace(case, family=poorer)), exact_gradient(case), rtol=1e-10)  # type: ignore[arg-type]


def test_the_gradient_of_what_is_constant_is_zero_and_no_round_off() -> None:
    """1[y > 0] of a positive y: what the quadrature leaves is no gradient, and nothing may be judged by it."""
    of_gamma = [case for case in cases(1) if (case.cell.objective.name, case.family.name) == ("step", "gamma")]
    assert of_gamma
    for k, constant_f in ((-1.0, True), (1.0, False)):
        at = replace(of_gamma[0].cell, objective=Variant("step", (k, 1.0)))
        gradient = exact_gradient(replace(of_gamma[0], cell=at))
        assert gradient is not None
        assert (gradient == 0).all() == constant_f
