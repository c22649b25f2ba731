"""Single values: what is allowed passes in its type; the rest is named in the message."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from bench.config import checks
from bench.errors import BadInput

NO_NUMBERS = [math.nan, math.inf, -math.inf, "1", "text", "", None, True, [1.0], {}, 10**400]


@pytest.mark.parametrize(
    ("check", "value", "expected"),
    [
        (checks.real, -1, -1.0),
        (checks.real, 0.5, 0.5),
        (checks.positive, 2, 2.0),
        (checks.positive, 5e-324, 5e-324),
        (checks.whole, 1, 1),
        (checks.whole, 1e3, 1000),
        (checks.text, "a", "a"),
        (checks.text, 7, "7"),
    ],
)
def test_allowed_values_come_back_in_their_type(check: Callable[..., Any], value: Any, expected: Any) -> None:
    checked = check("key", value)
    assert checked == expected
    assert type(checked) is type(expected)


@pytest.mark.parametrize(
    ("check", "values", "allowed"),
    [
        (checks.real, NO_NUMBERS, "a finite number"),
        (checks.positive, [*NO_NUMBERS, 0, 0.0, -1e-300], "a finite number > 0"),
        (checks.whole, [*NO_NUMBERS[:-1], 0, -1, 1.5], "a whole number >= 1"),
        (checks.text, ["", "  ", None, True, ["a"]], "some text"),
    ],
)
def test_other_values_are_named(check: Callable[..., Any], values: list[Any], allowed: str) -> None:
    for value in values:
        with pytest.raises(BadInput) as caught:
            check("some.key", value)
        assert str(caught.value) == f"some.key={checks.cut(checks.literal(value))} is not allowed; allowed: {allowed}"


@pytest.mark.parametrize(
    ("value", "received"),
    [
        (10**38, f"{10**38}"),
        ([-(10**400), 2], "[-10000000000000000000...,2]"),
        (10**5000, "0x"),
        (["x" * 600], f"['{'x' * 498}... is"),
    ],
    ids=["short", "long", "over the limit of Python", "text"],
)
def test_what_is_long_is_cut(value: Any, received: str) -> None:
    line = str(checks.bad("key", value, "less"))
    assert line.startswith(f"key={received}")
    assert len(line) < 550


@pytest.mark.parametrize(
    ("low", "high", "inside", "outside", "allowed"),
    [
        (0.0, math.inf, [5e-324, 1, 1e300], [0, 0.0, -1e-300, math.inf, math.nan], "a finite number > 0"),
        (-math.inf, 1.0, [-1e300, 0.999], [1, 2.0], "a finite number < 1"),
        (0.0, 1.0, [0.5], [0, 1, True, "0.5", None], "a finite number > 0 and < 1"),
        (-math.inf, math.inf, [0, -7.5], [math.inf, None, [1]], "a finite number"),
    ],
)
def test_an_open_domain(low: float, high: float, inside: list[Any], outside: list[Any], allowed: str) -> None:
    for value in inside:
        checked = checks.within("key", value, low, high)
        assert (checked, type(checked)) == (value, float)
    for value in outside:
        with pytest.raises(BadInput) as caught:
            checks.within("key", value, low, high)
        assert str(caught.value) == f"key={checks.literal(value)} is not allowed; allowed: {allowed}"


def test_a_long_value_is_cut() -> None:
    message = str(checks.bad("sigma", list(range(10**5)), "less"))
    assert message.startswith("sigma=[0,1,2,")
    assert message.endswith("... is not allowed; allowed: less")
    assert len(message) < 600


@pytest.mark.parametrize("value", [0, 1, "true", None])
def test_a_flag_is_true_or_false(value: Any) -> None:
    assert checks.flag("key", True) is True
    assert checks.flag("key", False) is False
    with pytest.raises(BadInput, match="allowed: true, false"):
        checks.flag("key", value)


def test_the_least_whole_number_can_be_chosen() -> None:
    assert checks.whole("seed", 0, 0) == 0
    with pytest.raises(BadInput, match="a whole number >= 0, or null"):
        checks.whole("seed", -1, 0, also=", or null")


def test_an_axis_is_a_tuple_of_checked_values() -> None:
    assert checks.axis("sigma", [1, 0.5], checks.positive) == (1.0, 0.5)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([], r"sigma=\[\] is not allowed; allowed: a list of one or more values"),
        (1.0, r"sigma=1.0 is not allowed; allowed: a list in brackets, sigma=\[VALUE,...\]"),
        ("1,2", r"sigma='1,2' is not allowed; allowed: a list in brackets"),
        (None, r"sigma=null is not allowed; allowed: a list in brackets"),
        ([1, 2, 1.0], r"sigma=\[1,2,1.0\] is not allowed; allowed: each value once; 1.0 is repeated"),
        ([1, -2], r"sigma=-2 is not allowed; allowed: a finite number > 0"),
    ],
)
def test_an_axis_refuses_what_is_no_list_of_different_values(values: Any, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        checks.axis("sigma", values, checks.positive)


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "null"), (True, "true"), ("a", "'a'"), ([1, None, "b"], "[1,null,'b']"), ((), "[]"), (0.1, "0.1")],
)
def test_values_are_shown_as_the_command_line_takes_them(value: Any, text: str) -> None:
    assert checks.literal(value) == text
