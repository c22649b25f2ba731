"""A group of cells as the arrays and addresses that the inner loop reads, and the arrays that it works in."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from bench.engine import reduce
from bench.engine.noise import empty
from bench.engine.sum_tree import Tree, tree_of
from bench.errors import BadInput
from bench.kernels import calls
from bench.plan.streams import Group, Stream, channels_of
from bench.plan.tiling import panel_of, strip_of
from bench.spec import Evaluation, Floats

REDUCE = ((reduce.fold, reduce.FOLD), (reduce.accumulate, reduce.ACCUMULATE))
SIGNATURES = (calls.VALUE, calls.DERIVATIVE, calls.DERIVATIVE, calls.DERIVATIVE)


class Program(NamedTuple):
    """A group as arrays. `points` p index (mu, sigma, data, theta); estimators m; samples k."""

    channels: Any  # [c] rows of the noise buffer that the group reads
    mu: Any  # [p]
    sigma: Any  # [p]
    data: Any  # all data end to end
    data_range: Any  # [p, 2] where the data of a point start and stop
    theta: Any  # [p, parameters] of the objective
    estimator_theta: Any  # [parameters] of the estimators
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
    unit: int
    panel: int
    panels: int  # of a tile


class Room(NamedTuple):
    """Where the loop works, kept between its calls."""

    eps: Any  # [c, d, strip] the channels that the group reads; empty where it reads the noise as it is
    x: Any  # [evaluations, d, strip]
    f: Evaluation
    out: Any  # [width, strip]
    numbers: Any  # [points or 1, m or 1, width, panel or tile] what combine gave, until it is reduced
    kept: Any  # [points, m, 2, length] the nodes of the tree
    sums: Any  # [points, m, k, 2, POWERS] the result, added to


def program(stream: Stream, group: Group, data: Mapping[int, Floats]) -> Program:
    """A group as the arrays that the driver reads; kernels are compiled here."""
    own = data if group.objective.uses_data else {0: np.empty(0)}
    kept = {n: np.ascontiguousarray(group.form.summarise(x), dtype=float) for n, x in own.items()}
    if any(part.ndim != 1 for part in kept.values()):
        raise BadInput(f"objective {group.objective.name!r}: summarise gives more than one dimension; allowed: one")
    stops = dict(zip(kept, np.cumsum([part.size for part in kept.values()]).tolist(), strict=True))
    sizes = [point.dataset_size or 0 for point in group.points]
    needs = {need for _, estimator in group.estimators for need in estimator.needs}
    kernels = [getattr(group.form, field) if field in needs else None for field in Evaluation._fields]
    (first, leader), names = group.estimators[0], [channel.name for channel in stream.channels]
    exact = group.objective.exact
    whole = any(estimator.estimate for _, estimator in group.estimators)
    joint = calls.address(reduce.reduce_joint, reduce.JOINT) if whole else 0
    return Program(
        channels=np.array([names.index(channel.name) for channel in channels_of(leader)]),
        mu=np.array([point.mu for point in group.points]),
        sigma=np.array([point.sigma for point in group.points]),
        data=np.concatenate(list(kept.values())),
        data_range=np.array([(stops[n] - kept[n].size, stops[n]) for n in sizes]),
        theta=np.array([point.objective.theta for point in group.points], dtype=float).reshape(len(sizes), -1),
        estimator_theta=np.array(first.theta, dtype=float),
        centre=np.array(
            [exact(p.mu, p.sigma, own[n], p.objective.theta) for p, n in zip(group.points, sizes, strict=True)],
            dtype=float,
        ),
        place=calls.address(leader.place, calls.PLACE),
        evaluate=np.array([calls.address(k, s) if k else 0 for k, s in zip(kernels, SIGNATURES, strict=True)]),
        combine=np.array([calls.address(e.combine, calls.COMBINE) for _, e in group.estimators]),
        estimate=np.array(
            [calls.address(e.estimate, calls.ESTIMATE) if e.estimate else 0 for _, e in group.estimators]
        ),
        reduce=np.array([calls.address(*one) for one in REDUCE] + [joint]),
        tree=tree_of(group.samples, stream.sampler.unit, panel_of(stream.dimension), stream.tile),
        samples=np.array(group.samples),
        wanted=np.array([[_wanted(group, v, k) for k in group.samples] for v, _ in group.estimators]),
        evaluations=leader.points,
        widths=np.array([estimator.width for _, estimator in group.estimators]),
        unit=stream.sampler.unit,
        panel=panel_of(stream.dimension),
        panels=stream.tile // panel_of(stream.dimension),
    )


def replicates_of(stream: Stream, group: Group) -> Floats:
    """Estimates that one tile gives, for each number of samples."""
    return np.array([stream.tile // k for k in group.samples], dtype=float)


def _wanted(group: Group, variant: Any, samples: int) -> bool:
    return any(job[1] == variant and job[0].samples == samples for job in group.jobs)


def room(stream: Stream, one: Program) -> Room:
    """What a program keeps between strips; its power sums are 0."""
    d, strip, channels = stream.dimension, strip_of(stream.dimension), one.channels.tolist()
    pairs, shape = (one.mu.size, one.combine.size), (one.evaluations, d, strip)
    raw = one.estimate.any() or (one.tree.late & (one.tree.source < 0)).any()  # what combine gives is kept for a tile
    columns = stream.tile if raw else one.panel
    return Room(
        eps=empty(0 if channels == list(range(len(stream.channels))) else len(channels), d, strip),
        x=empty(*shape),
        f=Evaluation(
            empty(one.evaluations, strip), *(empty(*shape if used else (0, 0, 0)) for used in one.evaluate[1:])
        ),
        out=empty(one.widths.max(), strip),
        numbers=empty(*(pairs if columns > strip else (1, 1)), one.widths.max(), columns),
        kept=empty(*pairs, 2, one.tree.length),
        sums=np.zeros(shape_of(one)),
    )


def shape_of(one: Program) -> tuple[int, int, int, int, int]:
    """The shape of a program's power sums: [points, estimators, samples, 2, POWERS]."""
    return one.mu.size, one.combine.size, one.samples.size, 2, reduce.POWERS
