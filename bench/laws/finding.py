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


@quiet
def against(
    measured: Floats | float,
    expected: Floats | float,
    tolerance: Floats | float,
    place: str = "",
    rows: Sequence[str] = (),
) -> Finding | None:
    """The largest |measured - expected| / tolerance, where it exceeds 1; NaN counts as infinite.

    `rows` are names of the first axis, of which that of the worst place joins `place`.
    """
    values, wanted, allowed = np.broadcast_arrays(*(np.atleast_1d(a) for a in (measured, expected, tolerance)))
    error = np.abs(values - wanted) / np.maximum(allowed, TINY)
    error = np.where(np.isnan(error), np.inf, error)
    if not error.size or error.max() <= 1:
        return None
    at = np.unravel_index(int(error.argmax()), error.shape)
    words = " ".join(filter(None, (rows[int(at[0]) % len(rows)] if rows else "", place)))
    return Finding(words, float(values[at]), float(wanted[at]), float(error[at]))


def worst(findings: Sequence[Finding | None]) -> Finding | None:
    """The worst of several findings; None where there is none."""
    return max(filter(None, findings), key=lambda finding: finding.size, default=None)
