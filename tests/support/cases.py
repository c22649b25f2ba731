"""What the laws are about: every plug-in of the package and of tests/plugins, in every cell where it applies.

The files in tests/plugins are examples to learn from; those in its folder mutants are wrong on purpose.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from bench import registry
from bench.oracle.apply import Case
from bench.plan.cells import variants
from bench.spec import FAMILY, Cell, Floats, Variant
from tests.support.command import TOP

PLUGINS = TOP / "tests" / "plugins"
EXAMPLES = sorted(map(str, PLUGINS.glob("*.py")))
MUTANTS = {path.stem: str(path) for path in sorted(PLUGINS.glob("mutants/*.py"))}
KINDS = ("objective", "estimator", "family", "sampler", "data")
EVERYTHING = registry.load([*EXAMPLES, *MUTANTS.values()], kinds=KINDS)
NORMAL_FAMILY = EVERYTHING.get("family", FAMILY)
SIGMA, MU = 0.7, 0.3
DATA = np.array([0.5, -1.25, 2.0])


def title(case: Case) -> str:
    """The name of a test about a case."""
    return f"{case.cell.objective.name}-{case.cell.latent}-{case.estimator.name}-{case.sampler.name}"


def exact_gradient(case: Case) -> Floats:
    """(d/dmu, d/dsigma) by the objective's closed form."""
    objective = EVERYTHING.get("objective", case.cell.objective.name)
    return np.array(objective.exact(MU, SIGMA, case.data, case.cell.objective.phi))


def cases(dimension: int = 1, mutants: bool = False) -> list[Case]:
    """Every combination that no plug-in declines; of the right estimators, or of the mutants."""
    return [case for case in _combinations(dimension) if (case.estimator.name in MUTANTS) == mutants]


def single_channel(several: list[Case]) -> list[Case]:
    """Those with one noise channel: tensor rules over several components stay small."""
    return [case for case in several if len(case.estimator.rule.channels) < 2]


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
                    needs = all(getattr(form, need) is not None for need in estimator.rule.needs)
                    together = estimator.degree > 1 and sampler.coupled > 1
                    ample = replace(cell, samples=4)
                    if needs and not together and not (estimator.skip(ample) or sampler.skip(estimator)):
                        variant_of_rule = Variant(estimator.name, tuple(v[0] for v in estimator.axes.values()))
                        yield Case(form, NORMAL_FAMILY, estimator, variant_of_rule, sampler, cell, data)
