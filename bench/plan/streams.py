"""Streams: which jobs share draws. What the draws themselves are keyed by is in `bench.engine.noise`.

Cells that share a sampler, a dimension, a tile and the family's channels share one stream: every theta, dataset size,
number of samples and estimator sees the same noise. Inside a stream a subgrid is one form of f with the estimators that
look at f in the same points, so f is evaluated once for all of them.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from bench.config.checks import bad
from bench.plan.batches import full_of, preferred
from bench.plan.rules import noise_of, rule_of
from bench.plan.tiling import Cut, cut, fewest, tile_of
from bench.registry import Registry
from bench.spec import BaseNoise, Cell, Estimator, Family, Floats, Form, Objective, Points, Rule, Sampler, Variant

Job = tuple[Cell, Variant]  # one estimator in one cell: a row of statistics.csv for each parameter


@dataclass(frozen=True, slots=True)
class Member:
    """An estimator of a subgrid, with its rule for the family."""

    variant: Variant
    estimator: Estimator
    rule: Rule


@dataclass(frozen=True, slots=True)
class Subgrid:
    """Cells that differ in (phi, theta, dataset_size, samples) only, and the estimators that share f there."""

    objective: Objective
    form: Form
    family: Family
    members: tuple[Member, ...]
    cells: tuple[Cell, ...]  # the cells at samples = 1
    samples: tuple[int, ...]
    jobs: frozenset[Job]  # what is recorded; the rest of the product is skipped
    centre: Floats | None = field(default=None, compare=False)  # [cells, members, rows] power sums are taken about it
    exact: Floats | None = field(default=None, compare=False)  # [cells, rows] the exact gradient; NaN where unknown
    cancelled: Floats | None = field(default=None, compare=False)  # [cells, members, rows] beside which round-off is

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process: rules are made there, of the estimators, and not sent."""
        kind = next(kind for kind, form in self.objective.forms[self.cells[0].latent].items() if form is self.form)
        members = tuple((member.variant, member.estimator) for member in self.members)
        values = self.cells, self.samples, self.jobs, self.centre, self.exact, self.cancelled
        return _made, (self.objective, kind, self.family, members, *values)

    @property
    def rows(self) -> int:
        """Numbers of a gradient: those of one component, or of each where they are untied."""
        return rows_of(self.cells[0], self.family)

    @property
    def full(self) -> "Subgrid":
        """The same with f of all data where it is of a random batch."""
        if self.objective.batches is None:
            return self
        objective, form, cells = full_of(self.objective, self.cells)
        return replace(self, objective=objective, form=form, cells=cells)

    def jobs_at(self) -> Iterator[tuple[int, int, int, Job]]:
        """(cell, member, samples, job) for every job of the product, recorded or not."""
        for (p, cell), (m, member), (k, samples) in itertools.product(
            enumerate(self.cells), enumerate(self.members), enumerate(self.samples)
        ):
            yield p, m, k, (replace(cell, samples=samples), member.variant)


@dataclass(frozen=True, slots=True)
class Stream:
    """One sequence of blocks of noise, and the subgrids that it serves."""

    sampler: Sampler
    dimension: int
    coupled: int  # draws that depend on each other
    cut: Cut
    channels: tuple[BaseNoise, ...]
    subgrids: tuple[Subgrid, ...]
    budget: int | None = None  # normals that it may spend; None where that is no matter


def rows_of(cell: Cell, family: Family) -> int:
    """Numbers of a gradient in a cell, laid out [d or 1, k and combinations]."""
    return family.rows * (cell.dimension if cell.components == "untied" else 1)


def form_of(cell: Cell, registry: Registry) -> Form:
    """The form of f that the engine uses in a cell: collapsed where there is one."""
    return preferred(registry.get("objective", cell.objective.name), cell.latent)


def coupled_of(sampler: Sampler, samples: int) -> int:
    """How many draws of an estimate depend on each other."""
    return samples if sampler.coupled == "estimate" else sampler.coupled


def sharing(sampler: Sampler, objective: Objective) -> bool:
    """Whether all draws of an estimate share something: where they lie, or the batch of the data."""
    return sampler.coupled == "estimate" or objective.batches is not None


def streams(jobs: list[Job], registry: Registry, budget: int | None = None) -> Iterator[Stream]:
    """The streams that serve some jobs, their subgrids and cells in the order of the jobs."""

    def stream(job: Job) -> tuple[Any, ...]:
        cell, _ = job
        family: Family = registry.get("family", cell.family)
        together = sharing(registry.get("sampler", cell.sampler), registry.get("objective", cell.objective.name))
        return (
            *(cell.sampler, cell.dimension, tile_of(cell.dimension, cell.samples)),
            *(cell.samples if together else 0, tuple(channel.name for channel in family.channels)),
        )

    def subgrid(job: Job) -> tuple[Any, ...]:
        cell, variant = job
        family: Family = registry.get("family", cell.family)
        rule = rule_of(registry.get("estimator", variant.name), family)
        assert not isinstance(rule, str)
        names = tuple(c.name for c in noise_of(rule, family, registry.get("objective", cell.objective.name)))
        place = None
        if isinstance(rule, Points) and rule.place:
            place = rule.place, variant.phi, rule.evaluations, rule.at_once
        kinds = cell.components if cell.dimension > 1 else None, cell.entropy
        return cell.objective.name, cell.latent, cell.family, *kinds, place, names

    parts = []
    for (name, dimension, _, _, _), alike in _split(jobs, stream):
        subgrids = tuple(_subgrid(members, registry) for _, members in _split(alike, subgrid))
        sampler: Sampler = registry.get("sampler", name)
        all_channels = [c for g in subgrids for m in g.members for c in noise_of(m.rule, g.family, g.objective)]
        channels = {channel.name: channel for channel in all_channels}
        for channel in all_channels:
            if channel != channels[channel.name]:
                raise bad("estimator", channel.name, "one law for each name of a noise channel; rename one of them")
        samples = max(cell.samples for cell, _ in alike)
        shares = any(sharing(sampler, subgrid.objective) for subgrid in subgrids)
        coupled = samples if shares else coupled_of(sampler, samples)
        parts.append((sampler, dimension, samples, coupled, tuple(channels.values()), subgrids))

    def sizes(place: int) -> Cut:
        _, dimension, samples, coupled, noises, _ = parts[place]
        return cut(dimension, samples, coupled, len(noises), budget)

    needs = [fewest(dimension, samples, len(noises)) for _, dimension, samples, _, noises, _ in parts]
    if needs:
        sizes(needs.index(max(needs)))  # first: a budget that is too small is told with what all streams need
    for place, (sampler, dimension, _, coupled, noises, members) in enumerate(parts):
        yield Stream(sampler, dimension, coupled, sizes(place), noises, members, budget)


def restricted(stream: Stream, jobs: frozenset[Job]) -> Stream:
    """The stream with only some of its jobs: the same noise through fewer cells."""
    subgrids = []
    for subgrid in stream.subgrids:
        positions = [(p, m, k) for p, m, k, job in subgrid.jobs_at() if job in jobs and job in subgrid.jobs]
        if positions:
            cells, members, samples = (sorted(set(axis)) for axis in zip(*positions, strict=True))
            subgrids.append(
                replace(
                    subgrid,
                    cells=tuple(subgrid.cells[p] for p in cells),
                    members=tuple(subgrid.members[m] for m in members),
                    samples=tuple(subgrid.samples[k] for k in samples),
                    jobs=subgrid.jobs & jobs,
                    centre=None if subgrid.centre is None else subgrid.centre[np.ix_(cells, members)],
                    exact=None if subgrid.exact is None else subgrid.exact[cells],
                    cancelled=None if subgrid.cancelled is None else subgrid.cancelled[np.ix_(cells, members)],
                )
            )
    return replace(stream, subgrids=tuple(subgrids))


def _subgrid(jobs: list[Job], registry: Registry) -> Subgrid:
    first, _ = jobs[0]
    family: Family = registry.get("family", first.family)
    variants = dict.fromkeys(variant for _, variant in jobs)
    return Subgrid(
        objective=registry.get("objective", first.objective.name),
        form=form_of(first, registry),
        family=family,
        members=tuple(_member(variant, registry.get("estimator", variant.name), family) for variant in variants),
        cells=tuple(dict.fromkeys(replace(cell, samples=1) for cell, _ in jobs)),
        samples=tuple(dict.fromkeys(cell.samples for cell, _ in jobs)),
        jobs=frozenset(jobs),
    )


def _made(
    objective: Objective, kind: str, family: Family, estimators: tuple[tuple[Variant, Estimator], ...], *values: Any
) -> Subgrid:
    """A subgrid that another process told."""
    form = objective.forms[values[0][0].latent][kind]
    return Subgrid(objective, form, family, tuple(_member(*pair, family) for pair in estimators), *values)


def _member(variant: Variant, estimator: Estimator, family: Family) -> Member:
    rule = rule_of(estimator, family)
    assert not isinstance(rule, str)
    return Member(variant, estimator, rule)


def _split(jobs: list[Job], key: Callable[[Job], tuple[Any, ...]]) -> list[tuple[tuple[Any, ...], list[Job]]]:
    """Jobs with equal keys together, in the order of their first."""
    groups: dict[tuple[Any, ...], list[Job]] = {}
    for job in jobs:
        groups.setdefault(key(job), []).append(job)
    return list(groups.items())
