"""What laws are tried on: the cells that plug-ins of a registry accept, small enough to be integrated by brute force.

Theta is never 1 or 0, and data are not symmetric: what vanishes at sigma = 1 or mu = 0 would not be seen there.
"""

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from zlib import crc32

import numpy as np

from bench.engine.case import Case
from bench.errors import BadInput
from bench.laws.wave import WAVE
from bench.plan.cells import theta_text, variants
from bench.plan.reasons import reason
from bench.plan.rules import rule_of
from bench.registry import Registry
from bench.spec import Cell, Components, Entropy, Estimator, Family, Latent, Objective, Parameter, Theta, Variant

DATA = np.array([0.7, -1.25, 2.0])
ENTROPIES: tuple[Entropy, ...] = ("closed_form", "monte_carlo", "sticking_the_landing")
COMPONENTS: tuple[Components, ...] = ("tied", "untied")
SAMPLES = 4  # of an estimate, at which an estimator says whether it runs
PHI = 1.3  # of an objective's own parameters, where a test sets them
NO_MEAN = {("call_option", "gamma")}  # exp(y) of a gamma y has no mean at rates up to 1, and no variance up to 2
STEPS = ((1.6, 0.7), (1.9, 1.8))  # from a bound to the default value of the even and the odd parameters

Told = Callable[[Cell], bool]


def thetas(family: Family) -> list[Theta]:
    """Two points of a family's domain, beside the first default values: above what bounds it, or shifted."""
    return [
        tuple(_moved(parameter, steps[p % 2]) for p, parameter in enumerate(family.parameters.values()))
        for steps in STEPS
    ]


def _moved(parameter: Parameter, step: float) -> float:
    """A value of a parameter that is no default."""
    value, low, high = float(parameter.values[0]), parameter.low, parameter.high
    if np.isfinite(low) and np.isfinite(high):
        return float(low + (high - low) * step / 3.0)
    if np.isfinite(low):
        return float(low + (value - low) * step)
    return float(high - (high - value) * step) if np.isfinite(high) else value + 1.1 - step


def combinations(
    registry: Registry,
    dimension: int,
    theta: Mapping[str, list[Theta]],
    told: Told = lambda cell: False,
    phi: float | None = None,
) -> Iterator[Case]:
    """Every combination of plug-ins in so many components that none of them declines, at these thetas by family.

    `told` leaves cells out that others tell the same of; `phi` is the value of every parameter of an objective that
    takes it; without it they have their defaults.
    """
    plugins = registry.plugins
    for objective in plugins["objective"].values():
        sizes = {"shared": DATA.size, "per_datum": dimension}
        for latent, forms in objective.forms.items():
            data = DATA[: sizes[latent]] if objective.uses_data else np.empty(0)
            variant = _at(objective, latent, data.size, dimension, phi)
            if objective.dimension(latent, data.size, variant.phi) != dimension:
                continue
            grid = itertools.product(
                plugins["family"].values(),
                COMPONENTS[:dimension],
                ENTROPIES if objective.target else (None,),
                plugins["sampler"].values(),
                plugins["estimator"].values(),
            )
            for family, components, entropy, sampler, estimator in grid:
                if (objective.name, family.name) in NO_MEAN or isinstance(rule := rule_of(estimator, family), str):
                    continue
                for point in theta[family.name]:
                    size, name = data.size or None, sampler.name
                    cell = Cell(variant, latent, family.name, point, components, entropy, name, size, 1, dimension)
                    if told(cell) or reason(replace(cell, samples=SAMPLES), estimator, registry):
                        continue
                    values = Variant(estimator.name, tuple(float(v[0]) for v in estimator.axes.values()))
                    form = next(iter(forms.values()))
                    yield Case(objective, form, family, estimator, rule, values, sampler, cell, data).alone


def _at(objective: Objective, latent: Latent, n: int, dimension: int, phi: float | None) -> Variant:
    """An objective in so many components, if it takes a number for that; at its defaults where it refuses phi."""
    axes = {
        name: (float(dimension) if name == "dimension" else phi or float(values[0]),)
        for name, values in objective.axes.items()
    }
    (variant,) = variants(objective.name, axes)
    try:
        objective.dimension(latent, n, variant.phi)
    except BadInput:
        if phi is None:
            raise
        return _at(objective, latent, n, dimension, None)
    return variant


def at_several_thetas(estimator: Estimator, registry: Registry, dimensions: Sequence[int] = (1, 2)) -> Iterator[Case]:
    """An estimator with independent draws of all families that it accepts, and objectives, in so many components."""
    meets = Registry({kind: dict(plugins) for kind, plugins in registry.plugins.items()})
    meets.plugins["estimator"] = {estimator.name: estimator}
    meets.plugins["objective"]["wave"] = WAVE
    meets.plugins["sampler"] = {"iid": registry.get("sampler", "iid")}
    theta = {name: thetas(family) for name, family in registry.plugins["family"].items()}
    for dimension in dimensions:
        yield from in_turns(combinations(meets, dimension, theta), {WAVE.name})


def in_turns(cases: Iterable[Case], always: Collection[str]) -> Iterator[Case]:
    """Of cases that differ in f alone, where f is a sum without data, one: the objectives take turns.

    Those whose names are in `always` are there besides.
    """
    groups: dict[tuple[object, ...], list[Case]] = {}
    for case in cases:
        cell = case.cell
        if is_sum_without_data(case) and cell.objective.name not in always:
            kind = case.estimator.name, cell.family, cell.theta, cell.sampler, cell.components
            groups.setdefault(kind, []).append(case)
        else:
            yield case
    for alike, group in groups.items():  # by a digest, so that a case stays the same beside more plug-ins
        yield max(group, key=lambda case: crc32(repr((*alike, case.cell.dimension, case.objective.name)).encode()))


def is_sum_without_data(case: Case) -> bool:
    """Whether f is a sum of terms that are functions of y alone, and no log density."""
    return case.form.terms is not None and not case.objective.uses_data and not case.objective.target


def one_of_each(cases: list[Case]) -> list[Case]:
    """One for each family, entropy, dimension and kind of components; the objectives and the thetas take turns."""
    groups: dict[tuple[object, ...], list[Case]] = {}
    for case in cases:
        cell = case.cell
        groups.setdefault((cell.family, cell.entropy, cell.dimension, cell.components), []).append(case)
    return [group[turn % len(group)] for turn, group in enumerate(groups.values())]


def place(case: Case) -> str:
    """A case in words: what is looked at, and theta."""
    return f"{title(case)} at {theta_text(case.cell, case.family)}"


def independent(cases: list[Case]) -> list[Case]:
    """Those whose estimates are made of independent columns of draws."""
    return [case for case in cases if case.sampler.coupled != "estimate"]


def title(case: Case) -> str:
    """A case in words."""
    cell = case.cell
    words = (cell.objective.name, cell.latent, cell.family, cell.components, cell.entropy)
    return "-".join(filter(None, (*words, case.estimator.name, case.sampler.name)))


def of_objective(objective: Objective, registry: Registry) -> Iterator[Case]:
    """The score function on every form of an objective, in every family at two thetas, at its first and last phi."""
    estimator = registry.get("estimator", "score_function")
    for latent, forms in objective.forms.items():
        for place in (0, -1):
            (variant,) = variants(objective.name, {name: (float(v[place]),) for name, v in objective.axes.items()})
            data = DATA if objective.uses_data else np.empty(0)
            d = objective.dimension(latent, data.size, variant.phi)
            for family in registry.plugins["family"].values():
                rule = rule_of(estimator, family)
                assert not isinstance(rule, str)
                for point in thetas(family):
                    size = data.size or None
                    cell = Cell(variant, latent, family.name, point, "tied", None, "iid", size, 1, d)
                    plugins = objective, next(iter(forms.values())), family, estimator, rule
                    yield Case(*plugins, Variant(estimator.name), registry.get("sampler", "iid"), cell, data).alone
            if not objective.axes:
                break
