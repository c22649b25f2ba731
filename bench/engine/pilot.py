"""Numbers that an estimator freezes in a cell before it is run: a baseline, coefficients, a temperature.

They come from its `freeze`, which may look at f and at draws of a stream of their own; no draw that is measured enters.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from bench.engine.apply import evaluated, paths, scores, transported
from bench.engine.baseline import optimal_baseline
from bench.engine.case import Case
from bench.engine.noise import generator
from bench.errors import BadInput
from bench.spec import Components, Derivatives, Floats

FEW = 4096  # draws, where nothing integrates f


@dataclass(slots=True)
class CellPilot:
    """The pilot of an estimator in a cell: `bench.spec.Pilot` says what it offers."""

    case: Case
    evaluations: int = field(default=0, init=False)  # of f and its derivatives, so far

    @property
    def theta(self) -> Floats:
        """[1 or d, k]."""
        return self.case.theta

    @property
    def phi(self) -> Floats:
        """The parameters of the estimator."""
        return self.case.phi

    @property
    def components(self) -> Components:
        """Whether all components share one theta."""
        return self.case.cell.components

    @property
    def means(self) -> Floats:
        """[d] E y_j."""
        family, tables = self.case.family, self.case.tables
        assert family.moments is not None
        moments = np.empty((len(tables), 2, 1 + len(family.parameters)))
        for table, out in zip(tables, moments, strict=True):
            family.moments(table, out)
        return np.broadcast_to(moments[:, 0, 0], self.case.cell.dimension).copy()

    def sample(self, count: int) -> tuple[Floats, Floats]:
        """y[d, count] and its scores[d, k, count], always of the same draws."""
        noise = draws(self.case, count)
        y = transported(self.case, noise)
        return y, scores(self.case, noise, y)

    def paths(self, count: int) -> Floats:
        """[d, k, count] dy_j/d theta_p of the same draws."""
        noise = draws(self.case, count)
        return paths(self.case, noise, transported(self.case, noise))

    def evaluate(self, y: Floats, needs: Sequence[str] | None = None) -> Derivatives:
        """f at y[d, draws], these fields or all that it offers, and log q where f holds it. It counts as work."""
        without = {"curvature"} if self.case.opened else set()  # of log q, which no family offers
        if self.case.opened and self.case.family.slope is None:
            without.add("slope")
        offered = [name for name in Derivatives._fields if getattr(self.case.form, name) is not None]
        offered = [name for name in needs or offered if name not in without]
        self.evaluations += y.shape[1] * len(offered)
        return evaluated(self.case, np.ascontiguousarray(y, dtype=float), offered)

    def optimal_baseline(self) -> Floats:
        """[d, k] E f S^2 / E S^2, integrated; where nothing integrates it, from pilot draws, which count as work."""
        if (baseline := optimal_baseline(self.case)) is not None:
            return baseline
        y, s = self.sample(FEW)
        squares = s**2 if self.components == "untied" else np.broadcast_to(s.sum(axis=0) ** 2, s.shape)
        f = self.evaluate(y, ["value"]).value[0] + self.case.adds_score
        return np.asarray(squares @ f / squares.sum(axis=2))


def draws(case: Case, count: int) -> Floats:
    """noise[channels, d, count] of pilot draws, keyed by channel and dimension alone."""
    noise = np.empty((len(case.channels), case.cell.dimension, count))
    for channel, out in zip(case.channels, noise, strict=True):
        channel.fill(generator(f"pilot\0{channel.name}"), out)
    return noise


def prepared(case: Case) -> Case:
    """The case with the numbers that its estimator freezes there, and what they cost."""
    if case.estimator.freeze is None:
        return case
    pilot = CellPilot(case)
    frozen: Floats = np.atleast_1d(np.asarray(case.estimator.freeze(pilot), dtype=np.float64))
    if frozen.ndim != 1 or not np.isfinite(frozen).all():
        raise BadInput(f"estimator {case.estimator.name!r}: freeze gives {frozen!r}; allowed: finite numbers in a row")
    return replace(case, frozen=frozen, pilot_evaluations=pilot.evaluations)


def frozen(case: Case) -> Case:
    """The same with an estimator that freezes no more: the numbers stay wherever the case is moved."""
    case = prepared(case)
    return replace(case, estimator=replace(case.estimator, freeze=None))
