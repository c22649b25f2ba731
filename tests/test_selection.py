"""Of the product of all plug-ins the ordinary tests try a few cases, in which every pair stands together once."""

import itertools
from collections.abc import Collection

import pytest

from bench.engine.case import Case
from bench.laws.cases import independent
from tests.support.cases import (
    APART,
    EVERYTHING,
    Pair,
    cases,
    covering,
    fine,
    integrable,
    made_of,
    of_own_dimension,
    together,
)
from tests.support.thinned import thin
from tests.support.turns import in_turn

PRODUCTS = {
    "integrable": integrable(),
    "mutants": fine(independent(cases(dimension=1, mutants=True))),
    "all": [case for d in (1, 2, 3) for case in cases(d)],
}


def pairs(several: list[Case], apart: Collection[str] = ()) -> set[Pair]:
    """Every two parts that a case has: (estimator, family), (estimator, objective), and all others."""
    return {pair for case in several for pair in together(case, apart)}


@pytest.mark.parametrize("apart", [(), APART], ids=["all", "apart"])
@pytest.mark.parametrize("name", PRODUCTS)
def test_every_pair_of_the_product_is_among_the_few(name: str, apart: Collection[str]) -> None:
    few = covering(PRODUCTS[name], apart)
    assert pairs(few, apart) == pairs(PRODUCTS[name], apart)
    assert len(few) < len(PRODUCTS[name]) / (4 if apart else 2)
    assert {part for case in few for part in made_of(case)} == {p for case in PRODUCTS[name] for p in made_of(case)}


def test_parts_of_kinds_that_are_apart_need_not_meet() -> None:
    (case,) = PRODUCTS["integrable"][:1]
    assert len(together(case)) == len(together(case, APART)) + 1 == len(made_of(case)) * (len(made_of(case)) - 1) / 2


def test_control_of_fewer_cases_some_pair_is_missing() -> None:
    few = covering(PRODUCTS["integrable"])
    assert pairs(few[::2]) < pairs(few)


def test_every_plugin_is_in_the_product() -> None:
    made = {part for case in (*PRODUCTS["all"], *PRODUCTS["mutants"]) for part in made_of(case)}
    for kind in ("estimator", "family", "sampler"):
        assert {name for of, name in made if of == kind} == set(EVERYTHING.plugins[kind]), kind
    forms = {(name, latent) for name, plugin in EVERYTHING.plugins["objective"].items() for latent in plugin.forms}
    larger = {part for case in of_own_dimension() for part in made_of(case)}
    assert {form for of, form in made | larger if of == "objective"} == forms


def test_in_turn_no_row_and_no_column_is_left_out() -> None:
    for rows, columns in ((2, 5), (5, 2), (3, 3)):
        several = in_turn("abcde"[:rows], "vwxyz"[:columns], always=["v"])
        ordinary = {param.values for param in several if not param.marks}
        assert {param.values for param in several} == {*itertools.product("abcde"[:rows], "vwxyz"[:columns])}
        assert {row for row, column in ordinary if column != "v"} == {*"abcde"[:rows]}
        assert {column for _, column in ordinary} == {*"vwxyz"[:columns]}
        assert {row for row, column in ordinary if column == "v"} == {*"abcde"[:rows]}


class Item:
    """One case of a test, as pytest collects it."""

    def __init__(self, nodeid: str, n: int | None) -> None:
        self.nodeid, self.mark, self.slow = nodeid, n and pytest.mark.thinned(n).mark, False

    def get_closest_marker(self, name: str) -> pytest.Mark | None:
        assert name == "thinned"
        return self.mark

    def add_marker(self, mark: pytest.MarkDecorator) -> None:
        assert mark.name == "slow"
        self.slow = True


def test_thinned_every_nth_case_is_ordinary_the_first_among_them() -> None:
    items = [Item(f"{name}[{i}]", n) for name, n in (("a", 3), ("b", 2), ("c", None)) for i in range(4)]
    thin(items)
    assert [item.nodeid for item in items if not item.slow] == [
        *("a[0]", "a[3]", "b[0]", "b[2]"),
        *(f"c[{i}]" for i in range(4)),
    ]


def test_few_are_the_same_each_time_and_in_the_order_of_the_product() -> None:
    """Each worker of the tests chooses for itself."""
    few = covering(PRODUCTS["integrable"])
    assert few == covering(PRODUCTS["integrable"])
    chosen = {*map(id, few)}
    assert few == [case for case in PRODUCTS["integrable"] if id(case) in chosen]
