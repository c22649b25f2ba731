"""Objectives that are sums over components, and moments of them."""

from bench import registry
from bench.engine.case import Case
from bench.spec import Objective
from tests.support.known import case

PACKAGE = registry.load()
SUMS: dict[str, Objective] = {
    name: f for name, f in PACKAGE.plugins["objective"].items() if not f.uses_data and not f.target
}
DIGITS_OF_VARIANCES = 1e-6


def of(name: str, theta: tuple[float, ...], estimator: str, *phi: float, family: str = "normal") -> Case:
    """An estimator on an objective of one component."""
    return case(SUMS[name], family, theta, estimator, phi=(*phi, 1.0))
