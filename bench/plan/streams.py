"""Streams: which jobs share draws. What the draws themselves are keyed by is in `bench.engine.noise`.

Cells that share a sampler, a dimension and a tile share one stream: every sigma, dataset size, number of samples and
estimator sees the same noise. Inside a stream a subgrid is one form of f with the estimators that have the same
evaluation points, so f is evaluated once for all of them.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bench.config.checks import bad
from bench.kernels.normal import NORMAL
from bench.plan.tiling import BLOCK, tile_of
from bench.registry import Registry
from bench.spec import BaseNoise, Cell, Estimator, Form, Objective, Sampler, Variant

Job = tuple[Cell, Variant]  # one estimator in one cell: four rows of statistics.csv


@dataclass(frozen=True, slots=True)
class Subgrid:
    """Cells that differ in (phi, mu, sigma, dataset_size, samples) only, and the estimators that share f there."""

    objective: Objective
    form: Form
    estimators: tuple[tuple[Variant, Estimator], ...]
    cells: tuple[Cell, ...]  # the cells at samples = 1
    samples: tuple[int, ...]
    jobs: frozenset[Job]  # what is recorded; the rest of the product is skipped

    def jobs_at(self) -> Iterator[tuple[int, int, int, Job]]:
        """(cell, estimator, samples, job) for every job of the product, recorded or not."""
        for (p, cell), (m, (variant, _)), (k, samples) in itertools.product(
            enumerate(self.cells), enumerate(self.estimators), enumerate(self.samples)
        ):
            yield p, m, k, (replace(cell, samples=samples), variant)


@dataclass(frozen=True, slots=True)
class Stream:
    """One sequence of blocks of noise, and the subgrids that it serves."""

    sampler: Sampler
    dimension: int
    tile: int
    channels: tuple[BaseNoise, ...]
    subgrids: tuple[Subgrid, ...]
    block: int = BLOCK  # normals per channel in a block


def form_of(cell: Cell, registry: Registry) -> Form:
    """The form of f that the engine uses in a cell: collapsed where there is one."""
    forms: Mapping[str, Form] = registry.get("objective", cell.objective.name).forms[cell.latent]
    return forms["collapsed" if "collapsed" in forms else "direct"]


def channels_of(estimator: Estimator) -> tuple[BaseNoise, ...]:
    """The noise channels of an estimator; the standard normal where it names none."""
    return estimator.channels or (NORMAL,)


def streams(jobs: list[Job], registry: Registry) -> Iterator[Stream]:
    """The streams that serve some jobs, their subgrids and cells in the order of the jobs."""

    def stream(job: Job) -> tuple[Any, ...]:
        cell, _ = job
        return cell.sampler, cell.dimension, tile_of(cell.dimension, cell.samples)

    def subgrid(job: Job) -> tuple[Any, ...]:
        cell, variant = job
        estimator: Estimator = registry.get("estimator", variant.name)
        names = tuple(channel.name for channel in channels_of(estimator))
        return cell.objective.name, cell.latent, estimator.place, variant.phi, names, estimator.evaluations

    for (sampler, dimension, tile), members in _split(jobs, stream):
        subgrids = tuple(_subgrid(alike, registry) for _, alike in _split(members, subgrid))
        all_channels = [c for g in subgrids for _, e in g.estimators for c in channels_of(e)]
        channels = {channel.name: channel for channel in all_channels}
        for channel in all_channels:
            if channel != channels[channel.name]:
                raise bad("estimator", channel.name, "one law for each name of a noise channel; rename one of them")
        yield Stream(registry.get("sampler", sampler), dimension, tile, tuple(channels.values()), subgrids)


def restricted(stream: Stream, jobs: frozenset[Job]) -> Stream:
    """The stream with only some of its jobs: the same noise through fewer cells."""
    subgrids = []
    for subgrid in stream.subgrids:
        positions = [(p, m, k) for p, m, k, job in subgrid.jobs_at() if job in jobs and job in subgrid.jobs]
        if positions:
            cells, estimators, samples = (sorted(set(axis)) for axis in zip(*positions, strict=True))
            subgrids.append(
                replace(
                    subgrid,
                    cells=tuple(subgrid.cells[p] for p in cells),
                    estimators=tuple(subgrid.estimators[m] for m in estimators),
                    samples=tuple(subgrid.samples[k] for k in samples),
                    jobs=subgrid.jobs & jobs,
                )
            )
    return replace(stream, subgrids=tuple(subgrids))


def _subgrid(jobs: list[Job], registry: Registry) -> Subgrid:
    first, _ = jobs[0]
    return Subgrid(
        objective=registry.get("objective", first.objective.name),
        form=form_of(first, registry),
        estimators=tuple((v, registry.get("estimator", v.name)) for v in dict.fromkeys(v for _, v in jobs)),
        cells=tuple(dict.fromkeys(replace(cell, samples=1) for cell, _ in jobs)),
        samples=tuple(dict.fromkeys(cell.samples for cell, _ in jobs)),
        jobs=frozenset(jobs),
    )


def _split(jobs: list[Job], key: Callable[[Job], tuple[Any, ...]]) -> list[tuple[tuple[Any, ...], list[Job]]]:
    """Jobs with equal keys together, in the order of their first."""
    groups: dict[tuple[Any, ...], list[Job]] = {}
    for job in jobs:
        groups.setdefault(key(job), []).append(job)
    return list(groups.items())
