"""Of the product of all plug-ins the ordinary tests try a few cases, in which every pair stands together once."""

import itertools

import pytest

from bench.engine.case import Case
from bench.laws.cases import independent
from tests.support.cases import EVERYTHING, cases, covering, fine, made_of, single_channel

PRODUCTS = {
    "one component": fine(independent(cases(dimension=1))),
    "two components": fine(single_channel(independent(cases(dimension=2)))),
    "mutants": fine(independent(cases(dimension=1, mutants=True))),
    "all": [case for d in (1, 2, 3) for case in cases(d)],
}


def together(several: list[Case]) -> set[tuple[object, object]]:
    """Every two parts that a case has: (estimator, family), (estimator, objective), and all others."""
    return {pair for case in several for pair in itertools.combinations(made_of(case), 2)}


@pytest.mark.parametrize("name", PRODUCTS)
def test_every_pair_of_the_product_is_among_the_few(name: str) -> None:
    few = covering(PRODUCTS[name])
    assert together(few) == together(PRODUCTS[name])
    assert len(few) < len(PRODUCTS[name]) / 2


def test_control_of_fewer_cases_some_pair_is_missing() -> None:
    few = covering(PRODUCTS["one component"])
    assert together(few[::2]) < together(few)


def test_every_plugin_is_in_the_product() -> None:
    made = {part for case in (*PRODUCTS["all"], *PRODUCTS["mutants"]) for part in made_of(case)}
    for kind in ("estimator", "family", "sampler"):
        assert {name for of, name in made if of == kind} == set(EVERYTHING.plugins[kind]), kind
    forms = {(name, latent) for name, plugin in EVERYTHING.plugins["objective"].items() for latent in plugin.forms}
    assert {form for of, form in made if of == "objective"} == forms


def test_few_are_the_same_each_time_and_in_the_order_of_the_product() -> None:
    """Each worker of the tests chooses for itself."""
    few = covering(PRODUCTS["one component"])
    assert few == covering(PRODUCTS["one component"])
    assert few == [case for case in PRODUCTS["one component"] if case in few]
