"""What one gradient estimate is, the same for all: K draws of y = mu + sigma eps, both parameters of each component.

Of a target the closed form of the entropy is part of the gradient. Data are read once: f(y) in O(1) where it has a
summary of them, as the engine and any careful user has it.
"""

from dataclasses import dataclass

import numpy as np

from bench.config import settings
from bench.config.compose import compose
from bench.engine.case import Case, case_of
from bench.objectives.logistic_regression import rows
from bench.oracle import quadrature
from bench.oracle.gradients import exact_gradient
from bench.plan.cells import Plan, build
from bench.registry import Registry
from bench.spec import Floats

ESTIMATORS = ("pathwise", "score_function")
POINTS = {  # mu, sigma: of each component
    "squared_error": (1.0, 1.0),
    "cosine": (1.0, 1.0),
    "gaussian_posterior": (1.0, 1.0),
    "logistic_regression": (0.0, 0.3),
}
SIZE = 100  # of the data, where there are any to choose
GRID = {  # the default sweep's
    "sigma": (0.1, 0.3, 1.0, 3.0, 10.0),
    "dataset_size": (1, 5, 25, 125),
    "samples": (1, 10, 100, 1000),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """An estimator of an objective at one point; `summary` is (n, xbar, s2), `design` the rows of a regression."""

    objective: str
    estimator: str
    samples: int
    mu: float
    sigma: float
    dimension: int
    target: bool
    summary: tuple[float, float, float]
    design: Floats  # [569, 31], or [0, 0]

    @property
    def entropy_by_sigma(self) -> float:
        """What minus the entropy adds to the gradient by each sigma."""
        return -1.0 / self.sigma if self.target else 0.0

    def shape(self, batch: int) -> tuple[int, ...]:
        """Of the noise of a batch of estimates: [batch, K], of several components [batch, K, d]."""
        return (batch, self.samples, self.dimension) if self.dimension > 1 else (batch, self.samples)


@dataclass(frozen=True, slots=True)
class Truth:
    """The exact moments of one estimate, by row [d * 2]: mu and sigma of each component; NaN where not known."""

    gradient: Floats
    variance: Floats
    kurtosis: Floats


def cell_plan(objective: str, estimator: str, samples: int, registry: Registry) -> Plan:
    """The plan of one estimator in one cell."""
    mu, sigma = POINTS[objective]
    point = f"mu=[{mu}]", f"sigma=[{sigma}]", f"dataset_size=[{SIZE}]", f"samples=[{samples}]"
    return _plan(objective, [estimator], registry, *point)


def grid_plan(objective: str, registry: Registry) -> Plan:
    """The plan of both estimators on the default sweep's grid of sigma, dataset size and samples, y shared."""
    axes = [f"{axis}=[{','.join(map(str, values))}]" for axis, values in GRID.items()]
    return _plan(objective, list(ESTIMATORS), registry, f"mu=[{POINTS[objective][0]}]", *axes)


def _plan(objective: str, estimators: list[str], registry: Registry, *words: str) -> Plan:
    components = "untied" if objective == "logistic_regression" else "tied"
    chosen = f"objective=[{objective}]", f"estimator=[{','.join(estimators)}]", f"components=[{components}]"
    return build(settings.check(compose("sweep", [*chosen, "latent=[shared]", "rounds=0", *words]), registry), registry)


def problem(plan: Plan, registry: Registry) -> Problem:
    """The problem of a plan of one cell."""
    (cell,), (estimator,) = plan.cells, plan.estimators
    mu, sigma = POINTS[cell.objective.name]
    x = plan.data.get(cell.dataset_size or 0, np.zeros(1))
    return Problem(
        cell.objective.name,
        estimator.name,
        cell.samples,
        mu,
        sigma,
        cell.dimension,
        registry.get("objective", cell.objective.name).target,
        (float(x.size), float(x.mean()), float(x.var())),
        rows() if cell.objective.name == "logistic_regression" else np.empty((0, 0)),
    )


def case(plan: Plan) -> Case:
    """The case of a plan of one cell."""
    (stream,), (cell,) = plan.streams, plan.cells
    data = plan.data.get(cell.dataset_size or 0, np.empty(0))
    return case_of(stream, stream.subgrids[0], stream.subgrids[0].members[0], cell, data)


def truth(plan: Plan) -> Truth:
    """The oracle's moments of an estimate of a plan of one cell."""
    of_cell = case(plan)
    gradient = exact_gradient(of_cell)
    assert gradient is not None
    variance, kurtosis = quadrature.exact(of_cell).at(of_cell.cell.samples)
    return Truth(gradient, variance, kurtosis)
