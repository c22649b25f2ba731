"""Numbers and durations as a reader likes them."""

import math

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
    if not math.isfinite(value) or value == 0:
        return f"{value:g}"
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    if -4 < int(exponent) < 4:
        return f"{float(mantissa + 'e' + exponent):g}"
    return f"{float(mantissa):g}e{int(exponent)}"
