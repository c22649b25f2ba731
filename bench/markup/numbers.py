"""Numbers and durations as a reader likes them."""

import math
from typing import TypeGuard

from bench.markup.blocks import Duration, Interval, Number, Quantity

UNITS = {"s": 1e9, "ms": 1e6, "µs": 1e3, "ns": 1.0}


def unit(nanoseconds: float) -> tuple[str, float]:
    """The unit that suits a duration, and how many nanoseconds it has."""
    return next(((name, length) for name, length in UNITS.items() if nanoseconds >= length), ("ns", 1.0))


def duration(nanoseconds: float) -> str:
    """A duration in the unit that suits it: 1.23 µs."""
    name, length = unit(nanoseconds)
    return f"{number(nanoseconds / length)} {name}"


def number(value: float, digits: int = 3) -> str:
    """Rounded to `digits` significant digits: 3.75, 120, 2.6e4."""
    mantissa, power = scientific(value, digits)
    return f"{mantissa}e{power}" if power else mantissa


def scientific(value: float, digits: int = 3) -> tuple[str, int]:
    """A rounded number as its digits and a power of ten, which is 0 for numbers that are read well without."""
    if not math.isfinite(value) or value == 0:
        return f"{value:g}", 0
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    if -4 < int(exponent) < 4:
        return f"{float(mantissa + 'e' + exponent):g}", 0
    return f"{float(mantissa):g}", int(exponent)


def known(value: float | None) -> TypeGuard[float]:
    """Whether there is such a number at all."""
    return value is not None and math.isfinite(value)


def number_or_unknown(value: float | None, digits: int = 3) -> str:
    """A rounded number, or the word `unknown`."""
    return number(value, digits) if known(value) else "unknown"


def plain(quantity: Quantity) -> str:
    """A quantity in characters alone: 9.87 [9.52, 10.2]."""
    match quantity:
        case Number(value, digits):
            return number_or_unknown(value, digits)
        case Duration(nanoseconds):
            return duration(nanoseconds)
        case Interval(value):
            return " ".join(filter(None, (plain(value), bounds(quantity))))


def bounds(interval: Interval) -> str:
    """The ends of an interval: [9.52, 10.2]; empty where they equal the value."""
    if interval.low == interval.value == interval.high:
        return ""
    return f"[{plain(interval.low)}, {plain(interval.high)}]"
