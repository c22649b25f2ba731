"""Which estimator works with which family, and for which objectives not: what the catalogue ends with."""

import re
from collections.abc import Iterator

from bench.plan.cells import variants
from bench.plan.reasons import reason
from bench.registry import Registry
from bench.spec import Cell, Entropy, Estimator, Family, Objective

ENTROPIES: tuple[Entropy, ...] = ("closed_form", "monte_carlo", "sticking_the_landing")
DATA, SAMPLES = 4, 4  # so many data and independent draws


def matrix(registry: Registry) -> Iterator[tuple[str, str, str]]:
    """(estimator, family, `works`, or `skipped` with the reason, for all objectives or for some), in order."""
    for estimator in registry.plugins["estimator"].values():
        for family in registry.plugins["family"].values():
            yield estimator.name, family.name, _entry(estimator, family, registry)


def _entry(estimator: Estimator, family: Family, registry: Registry) -> str:
    """What is said of an estimator with a family; of a target, for each treatment of log q."""
    objectives: list[Objective] = [*registry.plugins["objective"].values()]
    skipped: dict[str, list[str]] = {}
    works = 0
    for objective in objectives:
        for entropy in ENTROPIES if objective.target else (None,):
            reasons = [reason(cell, estimator, registry) for cell in _cells(objective, family, entropy)]
            if why := all(reasons) and reasons[0]:
                skipped.setdefault(re.sub(rf"\b{objective.name}\b", "f", why), []).append(objective.name)
            else:
                works += 1
    if not works and len(skipped) == 1:
        return f"skipped: {next(iter(skipped))}"
    targets = [objective.name for objective in objectives if objective.target]
    whose = {why: "targets" if names == targets else ", ".join(dict.fromkeys(names)) for why, names in skipped.items()}
    parts = [f"skipped for {names}: {why}" for why, names in whose.items()]
    return "; ".join(["works", *parts] if works else parts)


def _cells(objective: Objective, family: Family, entropy: Entropy | None) -> Iterator[Cell]:
    """Every form of an objective at its first phi, and the family's first theta."""
    (variant,) = variants(objective.name, {name: (values[0],) for name, values in objective.axes.items()})
    n = DATA if objective.uses_data else 0
    theta = tuple(float(parameter.values[0]) for parameter in family.parameters.values())
    for latent in objective.forms:
        d = objective.dimension(latent, n, variant.phi)
        yield Cell(variant, latent, family.name, theta, "tied", entropy, "iid", n or None, SAMPLES, d)
