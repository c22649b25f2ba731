"""Numbers and durations as a reader likes them."""

import math
from typing import TypeGuard

from bench.markup import mathematics
from bench.markup.blocks import Duration, Interval, Number, Quantity

WORDS = {10**9: "billion", 10**6: "million"}
MOST_IN_WORDS, LEAST_IN_FULL = 10**12, 1e-3  # beyond these a power of ten is read more easily
SKEW = 0.25  # of half an interval's width: what the value may be off its middle where `give_or_take` says one number
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


def spoken(value: float | None, digits: int = 3) -> str:
    """Rounded, for a sentence: 3.77, 23,500, 121 million, 2.6\N{MULTIPLICATION SIGN}10 with a raised -5."""
    if value is None or not math.isfinite(value):
        return "unknown" if value is None or math.isnan(value) else "infinite"
    mantissa, power = scientific(value, digits)
    rounded = float(f"{value:.{digits - 1}e}")
    if not power:
        return f"{rounded:,.0f}" if abs(rounded) >= 1000 else mantissa
    is_power = mantissa in ("1", "-1")
    if LEAST_IN_FULL <= abs(rounded) < MOST_IN_WORDS and not (is_power and abs(rounded) < min(WORDS)):
        size, name = _unit_in_words(rounded)
        return f"{rounded / size:,.12g} {name}".strip()
    if is_power:
        return mathematics.plain(f"${mantissa[:-1]}10^{{{power}}}$")
    return mathematics.plain(rf"${mantissa}\times10^{{{power}}}$")


def give_or_take(value: float, low: float, high: float) -> str:
    """A value with its interval, for a sentence: 9.8 \N{PLUS-MINUS SIGN} 0.1; 9 (7 to 15) where the ends lie askew.

    The width is rounded up to one digit, from five on to the next power of ten, and the value to that digit.
    """
    half = (high - low) / 2
    if not (known(low) and known(high)) or half <= 0:
        return spoken(value)
    if abs(high + low - 2 * value) > 2 * SKEW * half or abs(value) < LEAST_IN_FULL:
        return f"{spoken(value)} ({spoken(low)} to {spoken(high)})"
    size, name = _unit_in_words(value)
    power = math.floor(math.log10(half / size))
    digit = math.ceil(half / size / 10.0**power - 1e-9)
    digit, power = (1, power + 1) if digit >= 5 else (digit, power)
    decimals = max(-power, 0)
    rounded = round(value / size, -power)
    return f"{rounded:,.{decimals}f} \N{PLUS-MINUS SIGN} {digit * 10.0**power:,.{decimals}f} {name}".strip()


def _unit_in_words(value: float) -> tuple[int, str]:
    """A million or a billion where a number has as many, else one."""
    return next(((size, name) for size, name in WORDS.items() if abs(value) >= size), (1, ""))


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
