"""A subgrid of cells as the arrays and addresses that the inner loop reads, and the arrays that it works in."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from bench.engine import reduce
from bench.engine.noise import empty
from bench.engine.sum_tree import Tree, tree_of
from bench.errors import BadInput
from bench.kernels.calls import COMBINE, DERIVATIVE, ESTIMATE, PLACE, VALUE, address
from bench.plan.streams import Stream, Subgrid, channels_of
from bench.plan.tiling import segment_of, strip_of
from bench.spec import Derivatives, Floats

SIGNATURES = Derivatives(VALUE, DERIVATIVE, DERIVATIVE, DERIVATIVE)


class Program(NamedTuple):
    """A subgrid as arrays. Cells p index (mu, sigma, data, phi); estimators m; numbers of samples k.

    Addresses of kernels are place, evaluate, combine, estimate, strided_sum, accumulate and reduce_joint.
    """

    channels: Any  # [c] rows of the noise buffer that the subgrid reads
    mu: Any  # [p]
    sigma: Any  # [p]
    data: Any  # all data end to end
    data_range: Any  # [p, 2] where the data of a cell start and end
    phi: Any  # [p, parameters] of the objective
    estimator_phi: Any  # [parameters] of the estimators
    centre: Any  # [p, 2] the exact gradient: power sums are taken about it
    place: int
    evaluate: Any  # [4] value, terms, gradient, curvature; 0 where no estimator needs it
    combine: Any  # [m]
    estimate: Any  # [m] 0 where the estimate is a mean
    strided_sum: int
    accumulate: int
    reduce_joint: int  # 0 where every estimate is a mean
    widths: Any  # [m] rows that combine writes per draw
    tree: Tree
    samples: Any  # [k]
    recorded: Any  # [m, k] whether any cell records it
    evaluations: int  # points per draw at which f is evaluated
    coupled: int  # draws that depend on each other
    segment_size: int  # draws per segment
    segments: int  # per tile


class Workspace(NamedTuple):
    """Where the loop works, kept between its calls."""

    eps: Any  # [c, d, strip] the channels that the subgrid reads; empty where it reads the noise as it is
    x: Any  # [evaluations, d, strip]
    f: Derivatives
    out: Any  # [width, strip]
    contributions: Any  # [cells, m, width, segment or tile] until they are reduced; [1, 1, ...] where that is one strip
    node_sums: Any  # [cells, m, 2, length] the nodes of the tree
    power_sums: Any  # [cells, m, k, 2, POWERS] the result, added to


def link(stream: Stream, subgrid: Subgrid, data: Mapping[int, Floats]) -> Program:
    """A subgrid as the arrays that the driver reads; kernels are compiled here."""
    # All estimators of a subgrid share place, channels, evaluations and phi: the first, the leader, stands for them.
    cells, (variant, leader) = subgrid.cells, subgrid.estimators[0]
    estimators = [estimator for _, estimator in subgrid.estimators]
    channels, segment_size = [channel.name for channel in stream.channels], segment_of(stream.dimension)
    data = data if subgrid.objective.uses_data else {0: np.empty(0)}
    summaries = _summaries(subgrid, data)
    ends = dict(zip(summaries, np.cumsum([summary.size for summary in summaries.values()]).tolist(), strict=True))
    sizes = [cell.dataset_size or 0 for cell in cells]
    joint = any(estimator.estimate for estimator in estimators)
    return Program(
        channels=np.array([channels.index(channel.name) for channel in channels_of(leader)]),
        mu=np.array([cell.mu for cell in cells]),
        sigma=np.array([cell.sigma for cell in cells]),
        data=np.concatenate(list(summaries.values())),
        data_range=np.array([(ends[n] - summaries[n].size, ends[n]) for n in sizes]),
        phi=np.array([cell.objective.phi for cell in cells], dtype=float).reshape(len(cells), -1),
        estimator_phi=np.array(variant.phi, dtype=float),
        centre=_exact_gradients(subgrid, data),
        place=address(leader.place, PLACE),
        evaluate=_evaluate(subgrid),
        combine=np.array([address(estimator.combine, COMBINE) for estimator in estimators]),
        estimate=np.array([address(e.estimate, ESTIMATE) if e.estimate else 0 for e in estimators]),
        strided_sum=address(reduce.strided_sum, reduce.STRIDED_SUM),
        accumulate=address(reduce.accumulate, reduce.ACCUMULATE),
        reduce_joint=address(reduce.reduce_joint, reduce.JOINT) if joint else 0,
        widths=np.array([estimator.width for estimator in estimators]),
        tree=tree_of(subgrid.samples, stream.sampler.coupled, segment_size, stream.tile),
        samples=np.array(subgrid.samples),
        recorded=_recorded(subgrid),
        evaluations=leader.evaluations,
        coupled=stream.sampler.coupled,
        segment_size=segment_size,
        segments=stream.tile // segment_size,
    )


def _summaries(subgrid: Subgrid, data: Mapping[int, Floats]) -> dict[int, Floats]:
    """What the kernels read of the data of each size."""
    summaries = {n: np.ascontiguousarray(subgrid.form.summarise(x), dtype=float) for n, x in data.items()}
    if any(summary.ndim != 1 for summary in summaries.values()):
        raise BadInput(f"objective {subgrid.objective.name!r}: summarise gives more than one dimension; allowed: one")
    return summaries


def _exact_gradients(subgrid: Subgrid, data: Mapping[int, Floats]) -> Floats:
    """[cells, 2] by (mu, sigma)."""
    exact = subgrid.objective.exact
    gradients = [exact(c.mu, c.sigma, data[c.dataset_size or 0], c.objective.phi) for c in subgrid.cells]
    return np.array(gradients, dtype=float)


def _evaluate(subgrid: Subgrid) -> Any:
    """[4] The addresses of f and its derivatives; 0 for what no estimator needs."""
    needs = {need for _, estimator in subgrid.estimators for need in estimator.needs}
    return np.array(
        [
            address(getattr(subgrid.form, name), getattr(SIGNATURES, name)) if name in needs else 0
            for name in Derivatives._fields
        ]
    )


def _recorded(subgrid: Subgrid) -> Any:
    """[estimators, samples] Whether any cell records it."""
    pairs = {(variant, cell.samples) for cell, variant in subgrid.jobs}
    return np.array([[(variant, k) in pairs for k in subgrid.samples] for variant, _ in subgrid.estimators])


def replicates_of(stream: Stream, subgrid: Subgrid) -> Floats:
    """[samples] Estimates that one tile gives."""
    return np.array([stream.tile // k for k in subgrid.samples], dtype=float)


def workspace(stream: Stream, program: Program) -> Workspace:
    """What a program keeps between strips; its power sums are 0."""
    d, strip, channels = stream.dimension, strip_of(stream.dimension), program.channels.tolist()
    pairs, shape, width = (program.mu.size, program.combine.size), (program.evaluations, d, strip), program.widths.max()
    buffers_tile = program.estimate.any() or (program.tree.at_tile_end & (program.tree.source < 0)).any()
    draws = stream.tile if buffers_tile else program.segment_size
    derivatives = (empty(*shape if address else (0, 0, 0)) for address in program.evaluate[1:])
    return Workspace(
        eps=empty(0 if channels == list(range(len(stream.channels))) else len(channels), d, strip),
        x=empty(*shape),
        f=Derivatives(empty(program.evaluations, strip), *derivatives),
        out=empty(width, strip),
        contributions=empty(*(pairs if draws > strip else (1, 1)), width, draws),
        node_sums=empty(*pairs, 2, program.tree.length),
        power_sums=np.zeros(shape_of(program)),
    )


def shape_of(program: Program) -> tuple[int, int, int, int, int]:
    """The shape of a program's power sums: [cells, estimators, samples, 2, POWERS]."""
    return program.mu.size, program.combine.size, program.samples.size, 2, reduce.POWERS
