"""Quantities as characters."""

import math

import pytest

from bench.markup import numbers
from bench.markup.blocks import Duration, Interval, Number, Quantity


@pytest.mark.parametrize(
    ("value", "parts"),
    [(3.75, ("3.75", 0)), (26000.0, ("2.6", 4)), (9999.9, ("1", 4)), (-0.00012, ("-1.2", -4)), (0.0, ("0", 0))],
)
def test_a_number_has_a_power_of_ten_where_it_reads_better(value: float, parts: tuple[str, int]) -> None:
    assert numbers.scientific(value) == parts


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Number(9.8765), "9.88"),
        (Number(9.8765, 2), "9.9"),
        (Number(None), "unknown"),
        (Number(math.nan), "unknown"),
        (Number(math.inf), "unknown"),
        (Duration(1234.0), "1.23 µs"),
        (Interval(Number(9.87), Number(9.52), Number(10.2)), "9.87 [9.52, 10.2]"),
        (Interval(Number(9.87), Number(9.87), Number(9.87)), "9.87"),
        (Interval(Number(9.87), Number(9.87), Number(math.nan)), "9.87 [9.87, unknown]"),
        (Interval(Duration(999.0), Duration(990.0), Duration(1234.0)), "999 ns [990 ns, 1.23 µs]"),
    ],
)
def test_a_quantity_is_written_with_what_is_known_of_it(quantity: Quantity, text: str) -> None:
    assert numbers.plain(quantity) == text


def test_bounds_that_equal_the_value_are_left_out() -> None:
    assert numbers.bounds(Interval(Number(1.0), Number(1.0), Number(1.0))) == ""
    assert numbers.bounds(Interval(Number(1.0), Number(1.0), Number(1.5))) == "[1, 1.5]"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        *((3.774, "3.77"), (0.0, "0"), (1234.0, "1,230"), (23521.0, "23,500"), (0.0012, "0.0012")),
        *((1.21e8, "121 million"), (5.6e6, "5.6 million"), (1e6, "1 million"), (2.5e9, "2.5 billion")),
        *((1e4, "10\u2074"), (-1e4, "-10\u2074"), (1e-6, "10\u207b\u2076"), (1e12, "10\u00b9\u00b2")),
        *(
            (2.6e-5, "2.6\u00d710\u207b\u2075"),
            (5e13, "5\u00d710\u00b9\u00b3"),
            (math.inf, "infinite"),
            (math.nan, "unknown"),
        ),
    ],
)
def test_a_number_in_a_sentence_needs_no_code(value: float, told: str) -> None:
    assert numbers.spoken(value) == told


@pytest.mark.parametrize(
    ("interval", "told"),
    [
        ((9.77, 9.69, 9.85), "9.8 \u00b1 0.1"),
        ((3.8, 3.77, 3.83), "3.80 \u00b1 0.03"),
        ((9385.0, 9370.0, 9400.0), "9,380 \u00b1 20"),
        ((59200.0, 58400.0, 60000.0), "59,000 \u00b1 1,000"),
        ((1.21e8, 1.19e8, 1.23e8), "121 \u00b1 2 million"),
        ((9.0, 7.0, 15.0), "9 (7 to 15)"),
        ((0.5, 0.5, 0.5), "0.5"),
        ((0.5, math.nan, math.nan), "0.5"),
        ((1e-5, 0.9e-5, 1.1e-5), "10\u207b\u2075 (9\u00d710\u207b\u2076 to 1.1\u00d710\u207b\u2075)"),
    ],
)
def test_an_interval_that_is_nearly_even_is_give_or_take(interval: tuple[float, float, float], told: str) -> None:
    assert numbers.give_or_take(*interval) == told


@pytest.mark.parametrize("half", [0.011, 0.02, 0.049, 0.06, 0.3, 4.0, 70.0])
def test_what_is_given_or_taken_is_no_less_than_the_interval(half: float) -> None:
    """And no more than two and a half times as much."""
    told = numbers.give_or_take(1234.5, 1234.5 - half, 1234.5 + half)
    taken = float(told.partition("\u00b1 ")[2].replace(",", ""))
    assert half <= taken * (1 + 1e-12) <= 2.5 * half
