"""One estimator on one form of f, in a cell: what its kernels are applied to."""

from dataclasses import dataclass, field, replace

import numpy as np

from bench.plan.batches import full_of
from bench.plan.rules import channels_of, is_biased
from bench.plan.streams import Member, Stream, Subgrid, rows_of
from bench.spec import BaseNoise, Cell, Estimator, Family, Floats, Form, Objective, Rule, Sampler, Theta, Variant

SOME_BATCH = 0.37  # u of one that has nothing special


@dataclass(frozen=True, slots=True)
class Case:
    """One estimator on one form of f, in a cell: all that its exact moments depend on."""

    objective: Objective
    form: Form
    family: Family
    estimator: Estimator
    rule: Rule
    variant: Variant  # of the estimator
    sampler: Sampler
    cell: Cell
    data: Floats
    frozen: Floats = field(default_factory=lambda: np.empty(0))  # what the estimator froze in this cell
    pilot_evaluations: int = 0  # of f and its derivatives, that the frozen numbers cost
    budget: int | None = None  # normals that may be spent on it, by sampling or by integrating: f may be expensive
    batch: float | None = None  # u of the batch that f is of; without it f is of all data

    @property
    def phi(self) -> Floats:
        """The parameters of the estimator, and behind them what it froze."""
        return np.concatenate([np.array(self.variant.phi, dtype=float), self.frozen])

    @property
    def full(self) -> "Case":
        """The same with f of all data, where it may be of a random batch."""
        if self.objective.batches is None:
            return self
        objective, form, (cell,) = full_of(self.objective, [self.cell])
        return replace(self, objective=objective, form=form, cell=cell, batch=None)

    @property
    def alone(self) -> "Case":
        """The same with f of some one batch, where it is of a random one: a function of y."""
        return replace(self, batch=SOME_BATCH) if self.objective.batches else self

    @property
    def batches(self) -> list["Case"]:
        """One for each of the equally likely batches."""
        assert self.objective.batches is not None
        count = self.objective.batches.count(self.cell.dataset_size or 0, self.cell.objective.phi)
        return [replace(self, batch=(i + 0.5) / count) for i in range(count)]

    @property
    def channels(self) -> tuple[BaseNoise, ...]:
        """The channels of noise that it reads."""
        return channels_of(self.rule, self.family)

    @property
    def theta(self) -> Floats:
        """[1 or d, k] The parameters of the family."""
        return theta_of(self.cell.theta)

    @property
    def tables(self) -> Floats:
        """[1 or d, k or more] Theta as the kernels read it."""
        return np.array([self.family.tabulate(theta) for theta in self.theta])

    @property
    def rows(self) -> int:
        """Numbers of a gradient, laid out [d or 1, k]."""
        return rows_of(self.cell, self.family)

    @property
    def breaks(self) -> tuple[float, ...]:
        """The y_j where f jumps or kinks."""
        return self.objective.breaks_at(self.cell.objective.phi)

    @property
    def discrete(self) -> bool:
        """Whether y takes values and nothing between them: it is constant between the breaks of its transport."""
        return self.family.path is None and all(self.family.breaks(theta) for theta in self.theta)

    @property
    def biased(self) -> bool:
        """Whether the estimator's mean need not be the gradient, by its own or by f's declaration."""
        return is_biased(self.estimator, self.rule, self.objective)

    @property
    def opened(self) -> bool:
        """Whether f holds log q."""
        return self.cell.entropy in ("monte_carlo", "sticking_the_landing")

    @property
    def adds_score(self) -> bool:
        """Whether the parameters of log q are differentiated too."""
        return self.cell.entropy == "monte_carlo"


def case_of(stream: Stream, subgrid: Subgrid, member: Member, cell: Cell, data: Floats) -> Case:
    """A member of a subgrid in one of its cells."""
    plugins = subgrid.objective, subgrid.form, subgrid.family, member.estimator, member.rule
    return Case(*plugins, member.variant, stream.sampler, cell, data, budget=stream.budget)


def theta_of(theta: Theta) -> Floats:
    """[1 or d, k] of a cell's theta."""
    rows = max(len(value) if isinstance(value, tuple) else 1 for value in theta)
    return np.array([np.broadcast_to(value, rows) for value in theta], dtype=float).T.copy()
