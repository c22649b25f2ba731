"""The plan of a sweep: settings to cells, every skip with its reason, and the streams of draws that serve them.

Cells that share a sampler, a dimension and a tile share one stream: every sigma, dataset size, number of samples and
estimator sees the same noise. Inside a stream a group is one form of f with the estimators that look at the same
points, so f is evaluated once for all of them.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bench.config.checks import bad
from bench.config.settings import Settings
from bench.errors import NothingMeasured
from bench.kernels.normal import NORMAL
from bench.registry import Registry
from bench.spec import Cell, Channel, Estimator, Floats, Form, Objective, Sampler, Variant

TILE, PANEL = 5120, 640  # draws that estimates are cut from, and that are folded at once: 64 sums of ten, 8 cache lines
WIDE, WIDE_TILE = 64, 1024  # from so many dimensions on both are shorter, or blocks would grow out of proportion
MOST_SAMPLES = 32 * TILE  # an estimate of more would not fit a block

Job = tuple[Cell, Variant]  # one estimator in one cell: four rows of statistics.csv


@dataclass(frozen=True, slots=True)
class Group:
    """Cells that differ in (theta, mu, sigma, dataset_size, samples) only, and the estimators that share f there."""

    objective: Objective
    form: Form
    estimators: tuple[tuple[Variant, Estimator], ...]
    points: tuple[Cell, ...]  # the cells at samples = 1
    samples: tuple[int, ...]
    jobs: frozenset[Job]  # what is recorded; the rest of the product is skipped

    def places(self) -> Iterator[tuple[int, int, int, Job]]:
        """(point, estimator, samples, job) for every job of the product, recorded or not."""
        for (p, point), (m, (variant, _)), (k, samples) in itertools.product(
            enumerate(self.points), enumerate(self.estimators), enumerate(self.samples)
        ):
            yield p, m, k, (replace(point, samples=samples), variant)


@dataclass(frozen=True, slots=True)
class Stream:
    """One sequence of blocks of noise, and the groups that it serves."""

    sampler: Sampler
    dimension: int
    tile: int
    channels: tuple[Channel, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Cells and estimators in the order of the tables; skips; streams; the data of each dataset size."""

    cells: tuple[Cell, ...]
    estimators: tuple[Variant, ...]
    skips: Mapping[Job, str]
    streams: tuple[Stream, ...]
    data: Mapping[int, Floats]  # by its size
    data_name: str


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
    for theta in itertools.product(*axes.values()):
        yield Variant(name, theta, ",".join(f"{key}={value:g}" for key, value in zip(axes, theta, strict=True)))


def panel_of(dimension: int) -> int:
    """Draws of a panel: a part of the tile."""
    return PANEL if dimension < WIDE else WIDE_TILE


def tile_of(dimension: int, samples: int) -> int:
    """Draws of a tile, part of a stream's identity: five or one times 1000 samples, and 2.3 % left over."""
    tile = TILE if dimension < WIDE else WIDE_TILE
    return tile * -(-samples // tile)


def form_of(cell: Cell, registry: Registry) -> Form:
    """The form of f that the engine uses in a cell: collapsed where there is one."""
    forms: Mapping[str, Form] = registry.get("objective", cell.objective.name).forms[cell.latent]
    return forms["collapsed" if "collapsed" in forms else "direct"]


def channels_of(estimator: Estimator) -> tuple[Channel, ...]:
    """The noise channels of an estimator; the standard normal where it names none."""
    return estimator.channels or (NORMAL,)


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
            dimension = objective.dimension(latent, size or 0, variant.theta)
            yield Cell(variant, latent, sampler, mu, sigma, size, samples, dimension)


def _reason(cell: Cell, estimator: Estimator, registry: Registry) -> str | None:
    """Why an estimator is not run in a cell, or None."""
    sampler: Sampler = registry.get("sampler", cell.sampler)
    forms = registry.get("objective", cell.objective.name).forms
    if cell.latent not in forms:
        return f"{cell.objective.name} has no latent={cell.latent}"
    if cell.samples < estimator.degree:
        return f"needs samples >= {estimator.degree}"
    if estimator.degree > 1 and sampler.unit > 1:
        return f"takes the draws of an estimate for independent; those of {sampler.name} are not"
    if cell.samples % sampler.unit:
        return f"{sampler.name} draws in units of {sampler.unit}"
    if cell.samples > MOST_SAMPLES:
        return f"samples > {MOST_SAMPLES} do not fit a block"
    form = form_of(cell, registry)
    missing = next((need for need in estimator.needs if getattr(form, need) is None), None)
    lacking = f"needs the {missing} of {cell.objective.name}, which offers none" if missing else None
    return estimator.skip(cell) or sampler.skip(estimator) or lacking


def streams(jobs: list[Job], registry: Registry) -> Iterator[Stream]:
    """The streams that serve some jobs, their groups and points in the order of the jobs."""

    def stream(job: Job) -> tuple[Any, ...]:
        cell, _ = job
        return cell.sampler, cell.dimension, tile_of(cell.dimension, cell.samples)

    def group(job: Job) -> tuple[Any, ...]:
        cell, variant = job
        estimator: Estimator = registry.get("estimator", variant.name)
        names = tuple(channel.name for channel in channels_of(estimator))
        return cell.objective.name, cell.latent, estimator.place, variant.theta, names, estimator.points

    for (sampler, dimension, tile), members in _split(jobs, stream):
        groups = tuple(_group(part, registry) for _, part in _split(members, group))
        used = [c for g in groups for _, e in g.estimators for c in channels_of(e)]
        channels = {channel.name: channel for channel in used}
        for channel in used:
            if channel != channels[channel.name]:
                raise bad("estimator", channel.name, "one law for each name of a noise channel; rename one of them")
        yield Stream(registry.get("sampler", sampler), dimension, tile, tuple(channels.values()), groups)


def restricted(stream: Stream, jobs: frozenset[Job]) -> Stream:
    """The stream with only some of its jobs: the same noise through fewer cells."""
    groups = []
    for group in stream.groups:
        kept = [(p, m, k) for p, m, k, job in group.places() if job in jobs and job in group.jobs]
        if kept:
            points, estimators, samples = (sorted(set(axis)) for axis in zip(*kept, strict=True))
            groups.append(
                replace(
                    group,
                    points=tuple(group.points[p] for p in points),
                    estimators=tuple(group.estimators[m] for m in estimators),
                    samples=tuple(group.samples[k] for k in samples),
                    jobs=group.jobs & jobs,
                )
            )
    return replace(stream, groups=tuple(groups))


def _group(jobs: list[Job], registry: Registry) -> Group:
    first, _ = jobs[0]
    return Group(
        objective=registry.get("objective", first.objective.name),
        form=form_of(first, registry),
        estimators=tuple((v, registry.get("estimator", v.name)) for v in dict.fromkeys(v for _, v in jobs)),
        points=tuple(dict.fromkeys(replace(cell, samples=1) for cell, _ in jobs)),
        samples=tuple(dict.fromkeys(cell.samples for cell, _ in jobs)),
        jobs=frozenset(jobs),
    )


def _split(jobs: list[Job], key: Callable[[Job], tuple[Any, ...]]) -> list[tuple[tuple[Any, ...], list[Job]]]:
    """Jobs with equal keys together, in the order of their first."""
    parts: dict[tuple[Any, ...], list[Job]] = {}
    for job in jobs:
        parts.setdefault(key(job), []).append(job)
    return list(parts.items())
