"""The plan of a sweep: settings to cells, the skipped jobs with their reasons, and the streams that serve the others.

A ratio can be skipped though its job is not, where the reference is missing or constant: see `bench.oracle.rows`.
"""

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bench.config.checks import bad
from bench.config.plugins import parameter_key
from bench.config.settings import Settings
from bench.errors import NothingMeasured
from bench.plan.combinations import combined
from bench.plan.reasons import reason
from bench.plan.references import Reference, read
from bench.plan.room import require_room
from bench.plan.streams import Job, Stream, streams
from bench.registry import Registry
from bench.spec import Cell, Family, Floats, Objective, Theta, Variant

MOST_IN_WORDS = 8  # components whose values are written out
INDEPENDENT = "iid"  # the sampler that `compare_samplers` holds the others against


@dataclass(frozen=True, slots=True)
class Plan:
    """Cells and estimators in the order of the tables; skips; streams; families; the data of each dataset size."""

    cells: tuple[Cell, ...]
    estimators: tuple[Variant, ...]
    skips: Mapping[Job, str]
    streams: tuple[Stream, ...]
    families: Mapping[str, Family]
    data: Mapping[int, Floats]  # by its size
    data_name: str
    budget: int
    below: Reference = field(default_factory=Reference)
    compare_samplers: bool = False
    data_parameters: Mapping[str, Any] = field(default_factory=dict)  # which load was given

    def reference(self, cell: Cell) -> Job | None:
        """What is below the ratios of a cell: the first reference that runs, else the first that the plan has."""
        names, there = self.below.estimators, self.below.cell(cell)
        jobs = [(there, v) for name in names for v in self.estimators if name in (v.name, label(v))]
        return next((job for job in jobs if job not in self.skips), jobs[0] if jobs else None)

    def denominators(self, job: Job) -> tuple[Job, ...]:
        """What a job is held against: the reference, and with `compare_samplers` itself with independent draws."""
        cell, variant = job
        itself = (replace(cell, sampler=INDEPENDENT), variant) if self.compare_samplers else None
        return tuple(dict.fromkeys(other for other in (self.reference(cell), itself) if other and other != job))


def build(settings: Settings, registry: Registry, thetas: Sequence[Theta] = ()) -> Plan:
    """The plan of a sweep, at these thetas where there are any, else at those of the settings.

    NothingMeasured where every job is skipped; BadInput where data are missing, or where one estimator runs nowhere.
    """
    registry = combined(registry, settings.derived, settings.family)
    dataset = registry.get("data", settings.data["name"])
    parameters = {key: value for key, value in settings.data.items() if key != "name"}
    uses_data = any(registry.get("objective", name).uses_data for name in settings.objective)
    sizes = settings.dataset_size if uses_data else ()
    require_room([size for size in sizes if size is not None], settings.latent)
    loaded = [dataset.load(size, **parameters) for size in sizes]
    data = {x.size: x for x in loaded}
    require_room(data, settings.latent)  # null may have brought any number
    if len(data) < len(loaded):
        raise bad("dataset_size", list(settings.dataset_size), "each size once; null is all the data")
    cells = tuple(_cells(settings, registry, data, thetas))
    estimators = tuple(v for name, axes in settings.estimator.items() for v in variants(name, axes))
    reasons = {
        (cell, e): reason(cell, registry.get("estimator", e.name), registry) for cell in cells for e in estimators
    }
    skips = {job: words for job, words in reasons.items() if words}
    jobs = [job for job in reasons if job not in skips]
    if not jobs and len(estimators) == 1:
        told = f"one that runs in any cell; this one in none: {'; '.join(dict.fromkeys(skips.values()))}"
        raise bad("estimator", label(estimators[0]), told)
    if not jobs:
        raise NothingMeasured(f"nothing to measure: every cell is skipped: {'; '.join(sorted(set(skips.values())))}")
    served = tuple(streams(jobs, registry, settings.budget))
    families = {name: registry.get("family", name) for name in settings.family}
    below = read(settings.reference, {label(variant): variant for variant in estimators}, cells)
    plugins = families, data, dataset.name
    return Plan(
        *(cells, estimators, skips, served, *plugins, settings.budget, below),
        compare_samplers=settings.compare_samplers,
        data_parameters=parameters,
    )


def skipped(plan: Plan) -> dict[str, int]:
    """Which estimators are skipped and why, and in how many cells of each, the most frequent reason first."""
    counts = Counter((why, estimator.name) for (_, estimator), why in plan.skips.items())
    among: dict[tuple[str, int], list[str]] = {}
    for (why, name), count in counts.most_common():
        among.setdefault((why, count), []).append(name)
    return {f"{', '.join(names)}: {why}": count for (why, count), names in among.items()}


def skips_told(reasons: Mapping[str, int]) -> list[str]:
    """A line for each reason."""
    return [f"  skipped {count}: {reason}" for reason, count in reasons.items()]


def across(plan: Plan) -> frozenset[Job]:
    """The jobs on either side of a ratio whose sides have other draws: those of another sampler."""
    if not plan.below.sampler and not plan.compare_samplers:
        return frozenset()
    jobs = [job for job in itertools.product(plan.cells, plan.estimators) if job not in plan.skips]
    pairs = [(job, other) for job in jobs for other in plan.denominators(job) if other[0].sampler != job[0].sampler]
    return frozenset(job for pair in pairs if pair[1] not in plan.skips for job in pair)


def variants(name: str, axes: Mapping[str, tuple[float, ...]]) -> Iterator[Variant]:
    """A plug-in at every point of the grid of its own parameters."""
    for phi in itertools.product(*axes.values()):
        yield Variant(name, phi, ",".join(f"{key}={value:g}" for key, value in zip(axes, phi, strict=True)))


def _cells(
    settings: Settings, registry: Registry, data: Mapping[int, Floats], thetas: Sequence[Theta]
) -> Iterator[Cell]:
    for name, axes in settings.objective.items():
        objective: Objective = registry.get("objective", name)
        for variant, latent, family, components, entropy, sampler in itertools.product(
            variants(name, axes),
            settings.latent if objective.uses_data else ("shared",),
            settings.family,
            settings.components,
            (settings.entropy or ("closed_form",)) if objective.target else (None,),
            settings.sampler,
        ):
            for theta, size, samples in itertools.product(
                thetas or itertools.product(*settings.family[family].values()),
                data if objective.uses_data else (None,),
                settings.samples,
            ):
                d = objective.dimension(latent, size or 0, variant.phi)
                theta_of_all = _fitting(theta, d, family, registry.get("family", family), name)
                yield Cell(variant, latent, family, theta_of_all, components, entropy, sampler, size, samples, d)


def _fitting(theta: Theta, d: int, name: str, family: Family, objective: str) -> Theta:
    """Theta for d components: as many values as components, or one for all. BadInput for any other number."""
    for parameter, value in zip(family.parameters, theta, strict=True):
        if isinstance(value, tuple) and len(value) != d:
            allowed = (
                f"or one for each of the {d} components of {objective}" if d > 1 else f"{objective} has 1 component"
            )
            received = [int(number) if number.is_integer() and abs(number) < 2**53 else number for number in value]
            raise bad(parameter_key(name, parameter), [received], f"a number, {allowed}")
    return tuple(value[0] if isinstance(value, tuple) and d == 1 else value for value in theta)


def label(variant: Variant) -> str:
    """An estimator's name in the tables, with its parameters where it has any."""
    return f"{variant.name}({variant.label})" if variant.label else variant.name


def denominator(cell: Cell, other: Job) -> str:
    """What a job in a cell is held against, in the tables: ESTIMATOR, or ESTIMATOR@PLACE where it is in another one."""
    there, variant = other
    place = there.sampler if there.sampler != cell.sampler else there.entropy if there.entropy != cell.entropy else ""
    return f"{label(variant)}@{place}" if place else label(variant)


def theta_text(cell: Cell, family: Family) -> str:
    """Theta in a word: alpha=2,rate=1 or mu=[0.5,-1,2],sigma=1."""
    return ",".join(f"{name}={_value(value)}" for name, value in zip(family.parameters, cell.theta, strict=True))


def _value(value: float | tuple[float, ...]) -> str:
    """A number, or a list; of more than eight numbers their ends, how many they are, and a digest of all."""
    if not isinstance(value, tuple):
        return f"{value:g}"
    if len(value) <= MOST_IN_WORDS:
        return f"[{','.join(f'{item:g}' for item in value)}]"
    digest = hashlib.sha256(repr(value).encode()).hexdigest()[:8]
    return f"[{value[0]:g},{value[1]:g},...,{value[-1]:g}:{len(value)}:{digest}]"
