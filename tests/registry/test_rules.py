"""Rules: what each lets through, what it refuses, and its words."""

import math
from typing import Any

import numba
import numpy as np
import pytest

from bench.kernels.jit import kernel
from bench.registry import rules


def two(x, out):
    pass


def defaulted(x, out, more=1):
    pass


CASES: dict[str, tuple[rules.Rule, list[Any], list[Any]]] = {
    "a function (x, out) decorated with @kernel from bench.kernels.jit": (
        rules.kernel("x", "out"),
        [kernel(two)],
        [two, numba.njit(two), kernel(defaulted), None, 3],
    ),
    "a function (x, out)": (
        rules.function("x", "out"),
        [two, defaulted, print, max, kernel(two)],
        [lambda x: x, lambda x, out, also: x, None, "two"],
    ),
    "a whole number >= 1": (rules.whole(1), [1, 7], [0, 1.0, True, "1", None]),
    "a whole number >= 1, or None": (rules.optional(rules.whole(1)), [None, 1], [0, ""]),
    "1, 2": (rules.among((1, 2)), [1, 2], [3, True, 1.0, None, [1]]),
    "sum, product": (rules.among(("sum", "product")), ["sum"], ["add", "", None, ["sum"]]),
    "str": (rules.instance(str), ["", "a"], [1, None]),
    "a tuple of a, b": (rules.members(rules.among(("a", "b"))), [(), ("a",), ("b", "a")], ["a", ["a"], ("c",), None]),
    "a mapping from str to int": (
        rules.mapping(rules.instance(str), rules.instance(int)),
        [{}, {"a": 1}],
        [{"a": "1"}, {1: 1}, [("a", 1)], None],
    ),
}


@pytest.mark.parametrize("words", CASES)
def test_a_rule_lets_through_what_it_says_and_nothing_else(words: str) -> None:
    rule, allowed, refused = CASES[words]
    assert rule.allowed == words
    assert [value for value in allowed if not rule.allows(value)] == []
    assert [value for value in refused if rule.allows(value)] == []


@pytest.mark.parametrize("values", [[1], (0.5, 2), [np.float64(1), np.int64(2)]])
def test_an_axis_holds_finite_numbers(values: Any) -> None:
    assert rules.is_axis(values)


@pytest.mark.parametrize("values", [[], 1.0, "12", [math.nan], [math.inf], ["1"], [True], [None], None, {1: 2}])
def test_what_is_no_axis(values: Any) -> None:
    assert not rules.is_axis(values)


@pytest.mark.parametrize("name", ["k", "leave_one_out", "K2", "_k"])
def test_a_name_is_a_key_of_the_command_line(name: str) -> None:
    assert rules.is_name(name)


@pytest.mark.parametrize("name", ["", "two words", "a.b", "a-b", "2k", "\u00e9", "a/b", "a=1", None, 3])
def test_what_is_no_name(name: Any) -> None:
    assert not rules.is_name(name)


def test_functions_are_described_by_their_heads() -> None:
    assert rules.described(two) == "the function two(x, out)"
    assert rules.described(kernel(two)) == "the kernel two(x, out)"
    assert rules.described(("slope",)) == "('slope',)"
