"""What the laws are about: every plug-in of the package and of tests/plugins, in every cell where it applies."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from bench import registry
from bench.plan.cells import variants
from bench.spec import Cell, Estimator, Floats, Form, Sampler, Variant
from tests.support.command import TOP

PLUGINS = TOP / "tests" / "plugins"
MUTANTS = {"score_function_biased", "pathwise_biased", "pathwise_wrong_sign"}
FILES = sorted(str(path) for path in PLUGINS.glob("*.py"))
KINDS = ("objective", "estimator", "sampler", "data")
EVERYTHING = registry.load(FILES, kinds=KINDS)
SIGMA, MU = 0.7, 0.3
DATA = np.array([0.5, -1.25, 2.0])


class Case(NamedTuple):
    """One estimator on one form of one objective under one sampler."""

    estimator: Estimator
    sampler: Sampler
    form: Form
    cell: Cell
    data: Floats

    def __str__(self) -> str:
        """The test's name."""
        return f"{self.cell.objective.name}-{self.cell.latent}-{self.estimator.name}-{self.sampler.name}"

    @property
    def variant(self) -> Variant:
        return Variant(self.estimator.name, tuple(values[0] for values in self.estimator.axes.values()))

    @property
    def exact(self) -> Floats:
        objective = EVERYTHING.get("objective", self.cell.objective.name)
        return np.array(objective.exact(MU, SIGMA, self.data, self.cell.objective.phi))


def cases(dimension: int = 1, mutants: bool = False) -> list[Case]:
    """Every combination that no plug-in declines; of the right estimators, or of the mutants."""
    return [case for case in _combinations(dimension) if (case.estimator.name in MUTANTS) == mutants]


def single_channel(found: list[Case]) -> list[Case]:
    """Those with one noise channel: tensor rules over several components stay small."""
    return [case for case in found if len(case.estimator.channels) < 2]


def _combinations(dimension: int) -> Iterator[Case]:
    plugins = EVERYTHING.plugins
    for objective in plugins["objective"].values():
        sizes = {"shared": 3, "per_datum": dimension}
        for latent, forms in objective.forms.items():
            form = next(iter(forms.values()))
            axes = {name: (float(dimension),) if name == "dimension" else (1.3,) for name in objective.axes}
            (variant,) = variants(objective.name, axes)
            data = DATA[: sizes[latent]] if objective.uses_data else np.empty(0)
            if objective.dimension(latent, data.size, variant.phi) != dimension:
                continue
            for sampler in plugins["sampler"].values():
                for estimator in plugins["estimator"].values():
                    cell = Cell(variant, latent, sampler.name, MU, SIGMA, data.size or None, 1, dimension)
                    needs = all(getattr(form, need) is not None for need in estimator.needs)
                    together = estimator.degree > 1 and sampler.coupled > 1
                    ample = replace(cell, samples=4)
                    if needs and not together and not (estimator.skip(ample) or sampler.skip(estimator)):
                        yield Case(estimator, sampler, form, cell, data)
