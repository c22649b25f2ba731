"""F and its gradient at many thetas: integrated where f separates, else the mean over draws that all of them share.

The gradient is then the objective's own closed form, where it has one.
F = E f, and of a target E[log q - log p]. Two rules integrate, and what they do not agree on is not called exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from bench.descent import loop
from bench.descent.program import TABLES_OF_NONE, at_several, working
from bench.engine.noise import empty, generator
from bench.engine.program import Program, link
from bench.engine.workspace import Workspace
from bench.kernels import cache
from bench.plan.streams import Member, Stream, Subgrid
from bench.spec import Entropy, Estimator, Floats, Variant, Weights
from bench.statistics.moments import quiet

NODES = (64, 128)  # of Gauss and Hermite, or of what a channel has for its rule
NODES_OF_FALLBACK = (701, 1401)
DRAWS = 4096  # where nothing integrates
AGREE = 1e-9  # of the two rules, relative to F there or where it begins; of a target, which is 0 at best, to a nat
AT_ONCE = 256  # thetas
CLOSED = (None, "closed_form")  # f without log q


@dataclass(frozen=True, slots=True)
class Heights:
    """F at some thetas, and its gradient; why they are not exact, empty where they are."""

    value: Floats  # [p]
    gradient: Floats  # [p, c, k]; NaN where it is neither integrated nor told by the objective
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Surface:
    """F of one objective, family and dataset."""

    stream: Stream
    subgrid: Subgrid  # of one cell; its last member is pathwise where it can be, for it keeps digits at small spreads
    program: Program  # at AT_ONCE thetas
    data: Floats
    rows: int  # of theta
    seed: int

    @property
    def separate(self) -> bool:
        """Whether each component can be integrated on its own."""
        return self.stream.dimension == 1 or self.subgrid.form.terms is not None

    @property
    def target(self) -> bool:
        """Whether F is a divergence."""
        return self.subgrid.cells[0].entropy is not None

    @quiet
    def at(self, theta: Floats) -> Heights:
        """F at theta[p, c, k]; NaN where theta is."""
        if not self.separate:
            reason = f"{self.stream.dimension} components that do not separate: the mean over {DRAWS} draws"
            return replace(self._by_draws(theta), reason=reason)
        for fallback, (few, many) in ((False, NODES), (True, NODES_OF_FALLBACK)):
            coarse, fine = (self._integrated(theta, nodes, fallback) for nodes in (few, many))
            if coarse is None or fine is None:
                continue
            if self._agree(theta, coarse.value, fine.value):
                return fine
        return replace(self._by_draws(theta), reason=f"no rule settles: the mean over {DRAWS} draws")

    def _agree(self, theta: Floats, coarse: Floats, fine: Floats) -> bool:
        """Whether two rules give one F at every theta; one that overflows by both is infinite."""
        size = np.maximum(abs(fine), np.fmax(abs(fine[0]) if np.isfinite(fine[0]) else 0.0, float(self.target)))
        alike = (abs(coarse - fine) <= AGREE * size) | (coarse == fine)
        return bool(alike[np.isfinite(theta).all(axis=(1, 2))].all())

    def _integrated(self, theta: Floats, nodes: int, fallback: bool) -> Heights | None:
        """By nodes of the family's first channel; None where it has no such rule, or is not alone."""
        family = self.subgrid.family
        channel, *others = family.channels
        rule = channel.fallback if fallback else channel.rule
        if rule is None or others:
            return None
        breaks = [tuple(family.breaks(row)) for row in theta[0]]
        if not any(breaks):
            points, weights = rule(nodes)
            alike = np.broadcast_to(points, (self.stream.dimension, points.size))
            return self._summed(theta, alike, weights[np.newaxis])
        parts = [self._between_breaks(at, nodes, rule) for at in theta]
        value, gradient = (np.concatenate([getattr(piece, name) for piece in parts]) for name in ("value", "gradient"))
        return Heights(value, gradient)

    def _between_breaks(self, theta: Floats, nodes: int, rule: object) -> Heights:
        """At one theta[c, k], whose transport jumps."""
        if np.isnan(theta).any():
            return Heights(np.full(1, np.nan), np.full((1, *theta.shape), np.nan))
        d, family = self.stream.dimension, self.subgrid.family
        several = [rule(nodes, tuple(family.breaks(theta[j % len(theta)]))) for j in range(d)]  # type: ignore[operator]
        return self._summed(theta[np.newaxis], np.array([p for p, _ in several]), np.array([w for _, w in several]))

    def _by_draws(self, theta: Floats) -> Heights:
        """The mean over draws of their own."""
        noise = []
        for channel in self.subgrid.family.channels:
            noise.append(np.empty((self.stream.dimension, DRAWS)))
            channel.fill(generator(f"surface\0{channel.name}", self.seed), noise[-1])
        heights = self._summed(theta, np.array(noise), np.full((1, DRAWS), 1 / DRAWS))
        return replace(heights, gradient=self._closed(theta))

    def _closed(self, theta: Floats) -> Floats:
        """[p, c, k] The objective's closed form at theta[p, c, k]; NaN without one, or beside an entropy left open."""
        (cell,), gradient = self.subgrid.cells, np.full(theta.shape, np.nan)
        form = self.subgrid.objective.exact.get(self.subgrid.family.name)
        if form is None or cell.entropy not in CLOSED:
            return gradient
        for at, out in zip(theta, gradient, strict=True):
            if np.isfinite(at).all():
                of_all = np.ascontiguousarray(np.broadcast_to(at, (self.stream.dimension, at.shape[1])))
                parts = form(of_all, self.data, cell.objective.phi)
                out[:] = parts if self.rows > 1 else parts.sum(axis=0, keepdims=True)
        return self._with_entropy(theta, np.zeros(len(theta)), gradient).gradient

    def _summed(self, theta: Floats, points: Floats, weights: Floats) -> Heights:
        """With points[d, m] or [channels, d, m] of the noise."""
        # Copies that can be written to: for arrays that cannot, Numba would compile the kernel again.
        eps = np.array(points.reshape(-1, self.stream.dimension, points.shape[-1]), order="C")
        family, d = self.subgrid.family, self.stream.dimension
        weights = np.array(np.broadcast_to(weights, (d, weights.shape[1])), order="C")
        program = self.program
        worked_in: Workspace = working(self.stream, program, eps.shape[2])._replace(
            scratch=empty(len(family.parameters), eps.shape[2])
        )
        sums = np.empty((len(theta), 1 + d * len(family.parameters)))
        for begin in range(0, len(theta), AT_ONCE):
            some = theta[begin : begin + AT_ONCE]
            ended = np.asarray(np.isnan(some).any(axis=(1, 2)))
            if family.tabulate is TABLES_OF_NONE:
                program.theta[: len(some)] = np.where(ended[:, np.newaxis, np.newaxis], np.nan, some)
            else:
                for row, at, is_over in zip(program.theta, some, ended, strict=False):
                    row[:] = np.nan if is_over else [family.tabulate(t) for t in at]
            with cache.alone(loop.integrate):
                loop.integrate(
                    eps, weights, program, len(self.subgrid.members) - 1, worked_in, sums[begin : begin + AT_ONCE]
                )
        gradient = sums[:, 1:].reshape(len(theta), d, -1)
        if self.rows == 1:
            gradient = gradient.sum(axis=1, keepdims=True)
        return self._with_entropy(theta, sums[:, 0], gradient)

    def _with_entropy(self, theta: Floats, value: Floats, gradient: Floats) -> Heights:
        """Of a target whose entropy is closed: less the entropy."""
        family, times = self.subgrid.family, self.stream.dimension / self.rows
        if self.subgrid.cells[0].entropy != "closed_form":
            return Heights(value, gradient)
        assert family.entropy is not None
        assert family.entropy_gradient is not None
        entropy = np.array([[family.entropy(t) for t in at] for at in theta])
        slopes = np.array([[family.entropy_gradient(t) for t in at] for at in theta])
        return Heights(value - times * entropy.sum(axis=1), gradient - times * slopes)


def surface_of(stream: Stream, subgrid: Subgrid, data: Mapping[int, Floats], seed: int) -> Surface:
    """The surface that a learner's subgrid descends."""
    subgrid = subgrid.full  # F is of all data
    (cell,), family, separate = subgrid.cells, subgrid.family, subgrid.form.terms is not None and stream.dimension > 1
    entropy: Entropy | None = (
        None if cell.entropy is None else "closed_form" if family.entropy else "sticking_the_landing"
    )
    rules = [Weights(score="terms" if separate else "value"), Weights(path="slope")]
    is_told = subgrid.form.slope and "slope" not in subgrid.objective.misses
    by_path = family.path and not family.lacks.get("path") and is_told and (family.slope or entropy in CLOSED)
    members = tuple(Member(Variant("surface"), Estimator("surface", rule), rule) for rule in rules[: 1 + bool(by_path)])
    untied = cell.components == "untied"
    alone = replace(subgrid, members=members, cells=(replace(cell, entropy=entropy),), samples=(1,))
    of_family, rows = replace(stream, channels=family.channels, coupled=1), stream.dimension if untied else 1
    program = at_several(link(of_family, alone, data), AT_ONCE)
    theta = np.empty((AT_ONCE, rows, program.theta.shape[2]))
    program = program._replace(theta=theta, several_thetas=int(rows > 1))
    return Surface(of_family, alone, program, data.get(cell.dataset_size or 0, np.empty(0)), rows, seed)
