"""What the laws are about: every plug-in of the package and of tests/plugins, in every cell where it applies.

The files in tests/plugins are examples to learn from; those in its folder mutants are wrong on purpose.
"""

import functools
import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from bench import registry
from bench.engine.case import Case
from bench.oracle.gradients import exact_gradient as integrated_gradient
from bench.plan.cells import variants
from bench.plan.reasons import reason
from bench.plan.rules import rule_of
from bench.spec import Cell, Entropy, Floats, Variant
from tests.support.command import TOP

PLUGINS = TOP / "tests" / "plugins"
EXAMPLES = sorted(map(str, PLUGINS.glob("*.py")))
MUTANTS = {path.stem: str(path) for path in sorted(PLUGINS.glob("mutants/*.py"))}
KINDS = ("objective", "estimator", "family", "sampler", "data")
EVERYTHING = registry.load([*EXAMPLES, *MUTANTS.values()], kinds=KINDS)
NORMAL_FAMILY = EVERYTHING.get("family", "normal")
SIGMA, MU = 0.7, 0.3
THETA = {"normal": (MU, SIGMA), "gamma": (1.6, 0.8), "bernoulli": (0.4,)}
DATA = np.array([0.7, -1.25, 2.0])
ENTROPIES: tuple[Entropy, ...] = ("closed_form", "monte_carlo", "sticking_the_landing")


def unsettled() -> registry.Registry:
    """The examples, and `unknown`: a target in five components that is no sum, so nothing integrates it."""
    loaded = registry.load(EXAMPLES, kinds=KINDS)
    mean_field = loaded.get("objective", "mean_field")
    loaded.add(replace(mean_field, name="unknown", exact={}, dimension=lambda latent, n, phi: 5), "", "here")
    return loaded


def title(case: Case) -> str:
    """The name of a test about a case."""
    cell = case.cell
    words = (cell.objective.name, cell.latent, cell.family, cell.components, cell.entropy)
    return "-".join(filter(None, (*words, case.estimator.name, case.sampler.name)))


def exact_gradient(case: Case) -> Floats:
    """[rows] The exact gradient of a case, by the objective's closed form or integrated."""
    gradient = integrated_gradient(case)
    assert gradient is not None
    return gradient


def cases(dimension: int = 1, mutants: bool = False) -> list[Case]:
    """Every combination that no plug-in declines; of the right estimators, or of the mutants."""
    return [case for case in _combinations(dimension) if (case.estimator.name in MUTANTS) == mutants]


def single_channel(several: list[Case]) -> list[Case]:
    """Those with one noise channel: tensor rules over several components stay small."""
    return [case for case in several if len(case.channels) < 2]


def fine(several: list[Case]) -> list[Case]:
    """Those that a tensor rule integrates finely, with all draws of their fewest an estimate."""
    return [case for case in several if not _coarse(case)]


def _coarse(case: Case) -> bool:
    """Whether the noise of the fewest draws has so many axes that a quantile function has too few nodes on each."""
    draws = 1 if case.sampler.coupled == "estimate" else case.estimator.degree
    quantile = len(case.tables[0]) > len(case.theta[0])
    return quantile and draws * case.cell.dimension * len(case.channels) > 2


def thinned(several: list[Case]) -> list[Case]:
    """One for each estimator, family, entropy, sampler and kind of components; the objectives take turns."""
    groups: dict[tuple[object, ...], list[Case]] = {}
    for case in several:
        cell = case.cell
        kind = case.estimator.name, case.family.name, cell.entropy, case.sampler.name, cell.components
        groups.setdefault(kind, []).append(case)
    return [group[turn % len(group)] for turn, group in enumerate(groups.values())]


def independent(several: list[Case]) -> list[Case]:
    """Those whose estimates are made of independent columns of draws."""
    return [case for case in several if case.sampler.coupled != "estimate"]


@functools.cache
def _combinations(dimension: int) -> tuple[Case, ...]:
    return tuple(_every(dimension))


def _told_by_another(cell: Cell, targets: set[str]) -> bool:
    """Whether other cells tell the same: samplers on targets; entropies on targets after the first, y not normal."""
    if cell.entropy is None:
        return False
    targets.add(cell.objective.name)
    later = cell.objective.name != min(targets) or (cell.latent != "shared" and cell.dimension == 1)
    return cell.sampler != "iid" or (later and cell.family != "normal" and cell.entropy != "closed_form")


def _every(dimension: int) -> Iterator[Case]:
    plugins, targets = EVERYTHING.plugins, set[str]()
    for objective in plugins["objective"].values():
        sizes = {"shared": 3, "per_datum": dimension}
        for latent, forms in objective.forms.items():
            axes = {name: (float(dimension),) if name == "dimension" else (1.3,) for name in objective.axes}
            (variant,) = variants(objective.name, axes)
            data = DATA[: sizes[latent]] if objective.uses_data else np.empty(0)
            if objective.dimension(latent, data.size, variant.phi) != dimension:
                continue
            grid = itertools.product(
                plugins["family"].values(),
                ("tied", "untied") if dimension > 1 else ("tied",),
                ENTROPIES if objective.target else (None,),
                plugins["sampler"].values(),
                plugins["estimator"].values(),
            )
            for family, components, entropy, sampler, estimator in grid:
                size = data.size or None
                where = variant, latent, family.name, THETA[family.name], components, entropy
                cell = Cell(*where, sampler.name, size, 1, dimension)
                if _told_by_another(cell, targets) or reason(replace(cell, samples=4), estimator, EVERYTHING):
                    continue
                rule = rule_of(estimator, family)
                assert not isinstance(rule, str)
                values = Variant(estimator.name, tuple(v[0] for v in estimator.axes.values()))
                form = next(iter(forms.values()))
                yield Case(objective, form, family, estimator, rule, values, sampler, cell, data)
