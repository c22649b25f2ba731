"""What laws are tried on: every family and objective that accepts an estimator, nowhere at 1 or 0."""

import numpy as np

from bench import registry
from bench.engine.case import Case
from bench.laws import cases
from bench.spec import Parameter
from tests.support.cases import of_own_dimension

PACKAGE = registry.load()
RULE = "score_function"


def test_thetas_lie_inside_and_are_neither_1_nor_0() -> None:
    for family in PACKAGE.plugins["family"].values():
        for theta in cases.thetas(family):
            assert not {0.0, 1.0} & {round(float(value), 6) for value in theta if isinstance(value, float)}
            for value, parameter in zip(theta, family.parameters.values(), strict=True):
                assert parameter.low < value < parameter.high  # type: ignore[operator]
    first, second = cases.thetas(PACKAGE.get("family", "normal"))
    assert first[1] < 1 < second[1]  # type: ignore[operator]


def test_every_kind_of_domain_is_kept_to() -> None:
    for parameter in (
        Parameter((0.5,), 0.0, 1.0),
        Parameter((-1.0,), high=0.0),
        Parameter((2.0,), 0.0),
        Parameter((0.0,)),
    ):
        for steps in cases.STEPS:
            for step in steps:
                assert parameter.low < cases._moved(parameter, step) < parameter.high


def of_one_rule() -> registry.Registry:
    """The package with the score function and independent draws alone."""
    one = {kind: {name: PACKAGE.get(kind, name)} for kind, name in {"estimator": RULE, "sampler": "iid"}.items()}
    return registry.Registry({**PACKAGE.plugins, **one})


def at_one_theta() -> list[Case]:
    """The score function on every objective, in one component and in two, at defaults."""
    theta = {name: cases.thetas(family)[:1] for name, family in PACKAGE.plugins["family"].items()}
    return [case for d in (1, 2) for case in cases.combinations(of_one_rule(), d, theta)]


def test_an_estimator_meets_all_that_accept_it() -> None:
    several = list(cases.at_several_thetas(PACKAGE.get("estimator", "score_function"), PACKAGE))
    assert {case.family.name for case in several} == set(PACKAGE.plugins["family"])
    met = {case.cell.objective.name for case in several}
    taking_turns = {case.cell.objective.name for case in several if cases.is_sum_without_data(case)} - {"wave"}
    larger = {case.cell.objective.name for case in of_own_dimension()}
    assert met < {*PACKAGE.plugins["objective"], "wave"}
    sums = {case.cell.objective.name for case in at_one_theta() if cases.is_sum_without_data(case)}
    assert met - taking_turns == {"wave", *PACKAGE.plugins["objective"]} - larger - sums
    assert len(taking_turns) > 3
    assert {case.cell.dimension for case in several} == {1, 2}
    assert {case.cell.entropy for case in several} == {None, *cases.ENTROPIES}
    few = cases.one_of_each(several)
    assert len({(c.cell.family, c.cell.entropy, c.cell.dimension, c.cell.components) for c in few}) == len(few)
    assert not any("pathwise" in cases.title(case) for case in several)


def test_an_objective_meets_every_family() -> None:
    several = list(cases.of_objective(PACKAGE.get("objective", "squared_error"), PACKAGE))
    assert {(case.family.name, case.cell.latent) for case in several} == {
        (family, latent) for family in PACKAGE.plugins["family"] for latent in ("shared", "per_datum")
    }
    assert cases.place(several[0]).startswith("squared_error-")
    assert abs(np.mean(cases.DATA)) > 0.1


def test_objectives_that_are_sums_take_turns_and_those_named_do_not() -> None:
    theta = {name: cases.thetas(family) for name, family in PACKAGE.plugins["family"].items()}
    every = list(cases.combinations(of_one_rule(), 1, theta, phi=cases.PHI))
    single = list(cases.in_turns(every, ()))
    sums = [case for case in single if cases.is_sum_without_data(case)]
    assert len({(case.cell.family, case.cell.theta) for case in sums}) == len(sums) == 2 * len(theta)
    assert len(list(cases.in_turns(every, ("sine",)))) == len(single) + 2 * len(theta)
    assert list(cases.in_turns(every[::-1], ())) != single
    assert {case.cell for case in cases.in_turns(every[::-1], ())} == {case.cell for case in single}


def test_a_phi_that_an_objective_refuses_is_left_at_its_default() -> None:
    """p is a whole number."""
    at = cases._at(PACKAGE.get("objective", "sum_of_powers"), "shared", 0, 2, cases.PHI)
    assert at.phi == (4.0, 2.0)
    assert cases._at(PACKAGE.get("objective", "quadratic"), "shared", 0, 2, cases.PHI).phi == (cases.PHI, 2.0)
