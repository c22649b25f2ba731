"""Numbers that an estimator freezes in a cell before it is run: a baseline, coefficients, a temperature.

They come from its `freeze`, which may look at f and at draws of a stream of their own; no draw that is measured enters.
"""

from dataclasses import dataclass, replace

import numpy as np

from bench.engine.apply import evaluated, scores, transported
from bench.engine.case import Case
from bench.engine.noise import generator
from bench.errors import BadInput
from bench.spec import Derivatives, Floats


@dataclass(frozen=True, slots=True)
class CellPilot:
    """The pilot of an estimator in a cell: `bench.spec.Pilot` says what it offers."""

    case: Case

    @property
    def theta(self) -> Floats:
        """[1 or d, k]."""
        return self.case.theta

    @property
    def phi(self) -> Floats:
        """The parameters of the estimator."""
        return self.case.phi

    def sample(self, count: int) -> tuple[Floats, Floats]:
        """y[d, count] and its scores[d, k, count], always of the same draws."""
        noise = draws(self.case, count)
        y = transported(self.case, noise)
        return y, scores(self.case, noise, y)

    def evaluate(self, y: Floats) -> Derivatives:
        """f at y[d, draws] with what it offers of its derivatives, and log q where f holds it."""
        without = {"curvature"} if self.case.opened else set()  # of log q, which no family offers
        if self.case.opened and self.case.family.slope is None:
            without.add("slope")
        offered = [name for name in Derivatives._fields if getattr(self.case.form, name) is not None]
        offered = [name for name in offered if name not in without]
        return evaluated(self.case, np.ascontiguousarray(y, dtype=float), offered)


def draws(case: Case, count: int) -> Floats:
    """noise[channels, d, count] of pilot draws, keyed by channel and dimension alone."""
    noise = np.empty((len(case.channels), case.cell.dimension, count))
    for channel, out in zip(case.channels, noise, strict=True):
        channel.fill(generator(f"pilot\0{channel.name}"), out)
    return noise


def prepared(case: Case) -> Case:
    """The case with the numbers that its estimator freezes there."""
    if case.estimator.freeze is None:
        return case
    frozen: Floats = np.atleast_1d(np.asarray(case.estimator.freeze(CellPilot(case)), dtype=np.float64))
    if frozen.ndim != 1 or not np.isfinite(frozen).all():
        raise BadInput(f"estimator {case.estimator.name!r}: freeze gives {frozen!r}; allowed: finite numbers in a row")
    return replace(case, frozen=frozen)
