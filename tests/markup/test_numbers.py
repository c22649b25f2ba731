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
