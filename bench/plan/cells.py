"""The plan of a sweep: settings to cells, the skipped jobs with their reasons, and the streams that serve the others.

A ratio can be skipped though its job is not, where the reference is missing or constant: see `bench.oracle.rows`.
"""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.config.checks import bad
from bench.config.settings import Settings
from bench.errors import NothingMeasured
from bench.plan.streams import Job, Stream, form_of, streams
from bench.plan.tiling import MOST_SAMPLES
from bench.registry import Registry
from bench.spec import REFERENCE, Cell, Estimator, Floats, Objective, Sampler, Variant


@dataclass(frozen=True, slots=True)
class Plan:
    """Cells and estimators in the order of the tables; skips; streams; the data of each dataset size."""

    cells: tuple[Cell, ...]
    estimators: tuple[Variant, ...]
    skips: Mapping[Job, str]
    streams: tuple[Stream, ...]
    data: Mapping[int, Floats]  # by its size
    data_name: str

    @property
    def reference(self) -> Variant | None:
        """The estimator below every ratio; None where it is not asked for."""
        return next((variant for variant in self.estimators if variant.name == REFERENCE), None)


def build(settings: Settings, registry: Registry) -> Plan:
    """The plan of a sweep. NothingMeasured where every job is skipped; BadInput where data are missing."""
    dataset = registry.get("data", settings.data["name"])
    parameters = {key: value for key, value in settings.data.items() if key != "name"}
    uses_data = any(registry.get("objective", name).uses_data for name in settings.objective)
    loaded = [dataset.load(size, **parameters) for size in settings.dataset_size] if uses_data else []
    data = {x.size: x for x in loaded}
    if len(data) < len(loaded):
        raise bad("dataset_size", list(settings.dataset_size), "each size once; null is all the data")
    cells = tuple(_cells(settings, registry, data))
    estimators = tuple(v for name, axes in settings.estimator.items() for v in variants(name, axes))
    reasons = {
        (cell, e): _reason(cell, registry.get("estimator", e.name), registry) for cell in cells for e in estimators
    }
    skips = {job: reason for job, reason in reasons.items() if reason}
    jobs = [job for job in reasons if job not in skips]
    if not jobs:
        raise NothingMeasured(f"nothing to measure: every cell is skipped: {'; '.join(sorted(set(skips.values())))}")
    return Plan(cells, estimators, skips, tuple(streams(jobs, registry)), data, dataset.name)


def variants(name: str, axes: Mapping[str, tuple[float, ...]]) -> Iterator[Variant]:
    """A plug-in at every point of the grid of its own parameters."""
    for phi in itertools.product(*axes.values()):
        yield Variant(name, phi, ",".join(f"{key}={value:g}" for key, value in zip(axes, phi, strict=True)))


def _cells(settings: Settings, registry: Registry, data: Mapping[int, Floats]) -> Iterator[Cell]:
    for name, axes in settings.objective.items():
        objective: Objective = registry.get("objective", name)
        for variant, latent, sampler, mu, sigma, size, samples in itertools.product(
            variants(name, axes),
            settings.latent if objective.uses_data else ("shared",),
            settings.sampler,
            settings.mu,
            settings.sigma,
            data if objective.uses_data else (None,),
            settings.samples,
        ):
            dimension = objective.dimension(latent, size or 0, variant.phi)
            yield Cell(variant, latent, sampler, mu, sigma, size, samples, dimension)


def _reason(cell: Cell, estimator: Estimator, registry: Registry) -> str | None:
    """Why an estimator is not run in a cell, or None."""
    sampler: Sampler = registry.get("sampler", cell.sampler)
    forms = registry.get("objective", cell.objective.name).forms
    if cell.latent not in forms:
        return f"{cell.objective.name} has no latent={cell.latent}"
    if cell.samples < estimator.degree:
        return f"needs samples >= {estimator.degree}"
    if estimator.degree > 1 and sampler.coupled > 1:
        return f"takes the draws of an estimate for independent; those of {sampler.name} are not"
    if cell.samples % sampler.coupled:
        return f"{sampler.name} draws {sampler.coupled} at a time, and samples={cell.samples} is no multiple of it"
    if cell.samples > MOST_SAMPLES:
        return f"samples > {MOST_SAMPLES}, the most that an estimate may average"
    form = form_of(cell, registry)
    missing = next((need for need in estimator.needs if getattr(form, need) is None), None)
    lacking = f"needs the {missing} of {cell.objective.name}, which offers none" if missing else None
    return estimator.skip(cell) or sampler.skip(estimator) or lacking


def label(variant: Variant) -> str:
    """An estimator's name in the tables, with its parameters where it has any."""
    return f"{variant.name}({variant.label})" if variant.label else variant.name
