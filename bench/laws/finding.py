"""What a broken law leaves: where it fails most, the number that was measured there, and the one that was expected."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.spec import Floats
from bench.statistics.moments import quiet

TINY = np.finfo(float).tiny


@dataclass(frozen=True, slots=True)
class Finding:
    """The worst place of a law that does not hold; `size` is its error in units of what the arithmetic may cause."""

    place: str
    measured: float
    expected: float
    size: float

    def __str__(self) -> str:
        """In one line."""
        return f"{f'{self.place}: ' if self.place else ''}{self.measured:.6g}, expected {self.expected:.6g}"


def largest(values: Floats) -> float:
    """The largest of the finite sizes, to which round-off is held; 0 where there is none."""
    return float(np.max(np.abs(values), where=np.isfinite(values), initial=0.0))


@quiet
def against(
    measured: Floats | float,
    expected: Floats | float,
    tolerance: Floats | float,
    place: str = "",
    rows: Sequence[str] = (),
) -> Finding | None:
    """The largest |measured - expected| / tolerance, where it exceeds 1.

    What is not finite equals itself, NaN as well as an infinity, and is infinitely far from all else.
    `rows` are names of the first axis, of which that of the worst place joins `place`.
    """
    values, wanted, allowed = np.broadcast_arrays(*(np.atleast_1d(a) for a in (measured, expected, tolerance)))
    both_finite = np.isfinite(values) & np.isfinite(wanted)
    error = np.abs(values - wanted) / np.maximum(allowed, TINY)
    error = np.where(both_finite & ~np.isnan(error), error, np.inf)
    error = np.where((values == wanted) | (np.isnan(values) & np.isnan(wanted)), 0.0, error)
    if not error.size or error.max() <= 1:
        return None
    at = np.unravel_index(int(error.argmax()), error.shape)
    words = " ".join(filter(None, (rows[int(at[0]) % len(rows)] if rows else "", place)))
    return Finding(words, float(values[at]), float(wanted[at]), float(error[at]))


def worst(findings: Sequence[Finding | None]) -> Finding | None:
    """The worst of several findings; None where there is none."""
    return max(filter(None, findings), key=lambda finding: finding.size, default=None)
