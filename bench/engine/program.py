"""A subgrid of cells as the arrays and addresses that the inner loop reads, and the arrays that it works in."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from bench.engine import reduce
from bench.engine.noise import empty
from bench.engine.sum_tree import Tree, tree_of
from bench.errors import BadInput
from bench.kernels import calls
from bench.plan.streams import Stream, Subgrid, channels_of
from bench.plan.tiling import segment_of, strip_of
from bench.spec import Derivatives, Floats

REDUCE = ((reduce.fold, reduce.FOLD), (reduce.accumulate, reduce.ACCUMULATE))
SIGNATURES = (calls.VALUE, calls.DERIVATIVE, calls.DERIVATIVE, calls.DERIVATIVE)


class Program(NamedTuple):
    """A subgrid as arrays. `cells` p index (mu, sigma, data, phi); estimators m; samples k."""

    channels: Any  # [c] rows of the noise buffer that the subgrid reads
    mu: Any  # [p]
    sigma: Any  # [p]
    data: Any  # all data end to end
    data_range: Any  # [p, 2] where the data of a point start and stop
    phi: Any  # [p, parameters] of the objective
    estimator_phi: Any  # [parameters] of the estimators
    centre: Any  # [p, 2] the exact gradient: power sums are taken about it
    place: int
    evaluate: Any  # [4] addresses of value, terms, gradient, curvature; 0 where nobody needs it
    combine: Any  # [m]
    widths: Any  # [m] numbers a draw that combine gives
    estimate: Any  # [m] 0 where the estimate is a mean
    reduce: Any  # [3] addresses of fold, accumulate and reduce_joint
    tree: Tree
    samples: Any  # [k]
    wanted: Any  # [m, k] whether it is recorded
    evaluations: int  # evaluation points a draw
    coupled: int
    segment: int
    segments: int  # of a tile


class Workspace(NamedTuple):
    """Where the loop works, kept between its calls."""

    eps: Any  # [c, d, strip] the channels that the subgrid reads; empty where it reads the noise as it is
    x: Any  # [evaluations, d, strip]
    f: Derivatives
    out: Any  # [width, strip]
    numbers: Any  # [cells or 1, m or 1, width, segment or tile] what combine gave, until it is reduced
    kept: Any  # [cells, m, 2, length] the nodes of the tree
    sums: Any  # [cells, m, k, 2, POWERS] the result, added to


def program(stream: Stream, subgrid: Subgrid, data: Mapping[int, Floats]) -> Program:
    """A subgrid as the arrays that the driver reads; kernels are compiled here."""
    own = data if subgrid.objective.uses_data else {0: np.empty(0)}
    kept = {n: np.ascontiguousarray(subgrid.form.summarise(x), dtype=float) for n, x in own.items()}
    if any(part.ndim != 1 for part in kept.values()):
        raise BadInput(f"objective {subgrid.objective.name!r}: summarise gives more than one dimension; allowed: one")
    stops = dict(zip(kept, np.cumsum([part.size for part in kept.values()]).tolist(), strict=True))
    sizes = [point.dataset_size or 0 for point in subgrid.cells]
    needs = {need for _, estimator in subgrid.estimators for need in estimator.needs}
    kernels = [getattr(subgrid.form, field) if field in needs else None for field in Derivatives._fields]
    (first, leader), names = subgrid.estimators[0], [channel.name for channel in stream.channels]
    exact = subgrid.objective.exact
    whole = any(estimator.estimate for _, estimator in subgrid.estimators)
    joint = calls.address(reduce.reduce_joint, reduce.JOINT) if whole else 0
    return Program(
        channels=np.array([names.index(channel.name) for channel in channels_of(leader)]),
        mu=np.array([point.mu for point in subgrid.cells]),
        sigma=np.array([point.sigma for point in subgrid.cells]),
        data=np.concatenate(list(kept.values())),
        data_range=np.array([(stops[n] - kept[n].size, stops[n]) for n in sizes]),
        phi=np.array([point.objective.phi for point in subgrid.cells], dtype=float).reshape(len(sizes), -1),
        estimator_phi=np.array(first.phi, dtype=float),
        centre=np.array(
            [exact(p.mu, p.sigma, own[n], p.objective.phi) for p, n in zip(subgrid.cells, sizes, strict=True)],
            dtype=float,
        ),
        place=calls.address(leader.place, calls.PLACE),
        evaluate=np.array([calls.address(k, s) if k else 0 for k, s in zip(kernels, SIGNATURES, strict=True)]),
        combine=np.array([calls.address(e.combine, calls.COMBINE) for _, e in subgrid.estimators]),
        estimate=np.array(
            [calls.address(e.estimate, calls.ESTIMATE) if e.estimate else 0 for _, e in subgrid.estimators]
        ),
        reduce=np.array([calls.address(*one) for one in REDUCE] + [joint]),
        tree=tree_of(subgrid.samples, stream.sampler.coupled, segment_of(stream.dimension), stream.tile),
        samples=np.array(subgrid.samples),
        wanted=np.array([[_wanted(subgrid, v, k) for k in subgrid.samples] for v, _ in subgrid.estimators]),
        evaluations=leader.evaluations,
        widths=np.array([estimator.width for _, estimator in subgrid.estimators]),
        coupled=stream.sampler.coupled,
        segment=segment_of(stream.dimension),
        segments=stream.tile // segment_of(stream.dimension),
    )


def replicates_of(stream: Stream, subgrid: Subgrid) -> Floats:
    """Estimates that one tile gives, for each number of samples."""
    return np.array([stream.tile // k for k in subgrid.samples], dtype=float)


def _wanted(subgrid: Subgrid, variant: Any, samples: int) -> bool:
    return any(job[1] == variant and job[0].samples == samples for job in subgrid.jobs)


def workspace(stream: Stream, one: Program) -> Workspace:
    """What a program keeps between strips; its power sums are 0."""
    d, strip, channels = stream.dimension, strip_of(stream.dimension), one.channels.tolist()
    pairs, shape = (one.mu.size, one.combine.size), (one.evaluations, d, strip)
    raw = one.estimate.any() or (one.tree.late & (one.tree.source < 0)).any()  # what combine gives is kept for a tile
    columns = stream.tile if raw else one.segment
    return Workspace(
        eps=empty(0 if channels == list(range(len(stream.channels))) else len(channels), d, strip),
        x=empty(*shape),
        f=Derivatives(
            empty(one.evaluations, strip), *(empty(*shape if used else (0, 0, 0)) for used in one.evaluate[1:])
        ),
        out=empty(one.widths.max(), strip),
        numbers=empty(*(pairs if columns > strip else (1, 1)), one.widths.max(), columns),
        kept=empty(*pairs, 2, one.tree.length),
        sums=np.zeros(shape_of(one)),
    )


def shape_of(one: Program) -> tuple[int, int, int, int, int]:
    """The shape of a program's power sums: [cells, estimators, samples, 2, POWERS]."""
    return one.mu.size, one.combine.size, one.samples.size, 2, reduce.POWERS
