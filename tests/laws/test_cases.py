"""What laws are tried on: every family and objective that accepts an estimator, nowhere at 1 or 0."""

import numpy as np

from bench import registry
from bench.laws import cases
from bench.spec import Parameter
from tests.support.cases import of_own_dimension

PACKAGE = registry.load()


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


def test_an_estimator_meets_all_that_accept_it() -> None:
    several = list(cases.at_several_thetas(PACKAGE.get("estimator", "score_function"), PACKAGE))
    assert {case.family.name for case in several} == set(PACKAGE.plugins["family"])
    larger = {case.cell.objective.name for case in of_own_dimension()}
    assert {case.cell.objective.name for case in several} == {*PACKAGE.plugins["objective"], "wave"} - larger
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
