"""A subgrid of cells as the arrays and addresses that the inner loop reads."""

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeVar

import numpy as np

from bench.engine import reduce
from bench.engine.case import case_of, theta_of
from bench.engine.pilot import prepared
from bench.engine.sum_tree import Tree, tree_of
from bench.engine.terms import Layout, Terms, layout_of, own_rows, terms_of
from bench.engine.weigh import ADD_CONSTANT, ADD_UP, BY_PARAMETER, add_constant, add_up, weigh_by_parameter
from bench.errors import BadInput
from bench.kernels import calls
from bench.kernels.calls import address
from bench.plan.rules import fields_of, noise_of
from bench.plan.streams import Stream, Subgrid
from bench.spec import Derivatives, Floats, Points, Weights

Key = TypeVar("Key")
SIGNATURES = Derivatives(calls.VALUE, calls.DERIVATIVE, calls.DERIVATIVE, calls.DERIVATIVE)


class Program(NamedTuple):
    """A subgrid as arrays. Cells p index (theta, data, phi); members m; numbers of samples k; rows of a gradient r.

    Addresses of kernels are 0 where they are not needed.
    """

    channels: Any  # [c] rows of the noise buffer that the subgrid reads; last that of a random batch
    batches: int  # 1 where f is of a random batch, which is told in a row behind the components of y; else 0
    theta: Any  # [p, 1 or d, k or more] of the family, with its tables
    several_thetas: int  # 1 where each component has its own theta, 0 where one serves all
    parameters: int  # of the family
    combinations: Any  # [combinations, parameters] weights of gradients by the parameters
    add_up: int  # 0 where there are no combinations
    component_rows: int  # of a gradient: parameters and combinations
    untied: bool  # whether each component has a gradient of its own
    moves: Any  # [p] whether theta differs from that of the cell before: y is drawn anew
    data: Any  # all data end to end
    data_range: Any  # [p, 2] where the data of a cell start and end
    phi: Any  # of the objective, with its tables, end to end
    phi_range: Any  # [p, 2] where those of a cell start and end
    estimator_phi: Any  # [p, m, longest] parameters of the estimators and what they froze, padded with 0
    centre: Any  # [p, m, r] the exact mean of the contributions: power sums are taken about it
    transport: int  # 0 where only points of a rule's own are looked at, and f is a sum over them
    place: int  # 0 where the members look at y
    evaluate: Any  # [4] of value, terms, slope, curvature
    log_density: int  # where f holds log q
    log_density_slope: int
    score: int
    adds_score: bool  # whether 1 is added to the weight of the score: log q differentiated wholly
    points: bool  # whether a member is a rule of points
    at_once: bool  # whether it moves all components together
    combine: Any  # [m] of rules of points
    layout: Layout  # of the buffer of weights
    terms: Terms  # what is weighed for each member, and by what
    weigh_by_parameter: int  # 0 where no weight has a row for each parameter
    constant: Any  # [m] of a control variate
    moments: int  # of the family; 0 where no member has a constant
    add_constant: int
    joint: Any  # [m] of weights from all draws of an estimate
    separate: Any  # [m] whether components are reduced one by one: untied, and whole segments at once
    strided_sum: int
    accumulate: int
    reduce_joint: int
    widths: Any  # [m] rows of contributions at once: r, or a component's; one more with weights from all draws
    tree: Tree
    samples: Any  # [k]
    recorded: Any  # [m, k] whether any cell records it
    evaluations: int  # points per draw at which f is evaluated at once
    coupled: int  # draws that depend on each other
    segment_size: int  # draws per segment
    segments: int  # per tile


def link(stream: Stream, subgrid: Subgrid, data: Mapping[int, Floats]) -> Program:
    """A subgrid as the arrays that the driver reads; kernels are compiled here."""
    # All members of a subgrid share channels and evaluation points: the first, the leader, stands for them.
    cells, members, family, leader = subgrid.cells, subgrid.members, subgrid.family, subgrid.members[0].rule
    channels, entropy = [channel.name for channel in stream.channels], cells[0].entropy
    data = used(subgrid, data)
    summaries = summaries_of(subgrid, data)
    lookups = {cell.objective.phi: np.asarray(subgrid.objective.tabulate(cell.objective.phi), float) for cell in cells}
    ranges, phi_ranges = _ranges(summaries), _ranges(lookups)
    place, evaluate, opened = _place(leader), _evaluate(subgrid, stream.dimension), entropy not in (None, "closed_form")
    evaluations = leader.evaluations if isinstance(leader, Points) else 1
    layout = layout_of(evaluate, evaluations, stream.dimension, own_rows(members, family, stream.dimension))
    weights = [member.rule if isinstance(member.rule, Weights) else None for member in members]
    joint, constants = ([rule and getattr(rule, name) for rule in weights] for name in ("joint", "constant"))
    at_once = isinstance(leader, Points) and leader.at_once
    at_points_alone = place and (stream.dimension == 1 or evaluate[1] or at_once) and entropy != "monte_carlo"
    centre = np.zeros((len(cells), len(members), subgrid.rows)) if subgrid.centre is None else subgrid.centre
    tree = tree_of(subgrid.samples, stream.coupled, stream.cut.segment, stream.cut.tile)
    separate = subgrid.rows > family.rows and stream.cut.strip == stream.cut.segment and not needs_tile(tree)
    apart = [separate and kernel is None for kernel in joint]
    return Program(
        channels=np.array([channels.index(c.name) for c in noise_of(leader, family, subgrid.objective)]),
        batches=int(subgrid.objective.batches is not None),
        theta=(theta := _tables(subgrid)),
        several_thetas=int(theta.shape[1] > 1),
        parameters=len(family.parameters),
        combinations=np.array(list(family.combinations.values())).reshape(-1, len(family.parameters)),
        add_up=address(add_up, ADD_UP) if family.combinations else 0,
        component_rows=family.rows,
        untied=subgrid.rows > family.rows,
        moves=np.array([p == 0 or cell.theta != cells[p - 1].theta for p, cell in enumerate(cells)]),
        data=np.concatenate(list(summaries.values())),
        data_range=np.array([ranges[cell.dataset_size or 0] for cell in cells]),
        phi=np.concatenate(list(lookups.values())),
        phi_range=np.array([phi_ranges[cell.objective.phi] for cell in cells]),
        estimator_phi=_estimator_phi(stream, subgrid, data),
        centre=np.ascontiguousarray(centre),
        transport=0 if at_points_alone else address(family.transport, calls.TRANSPORT),
        place=place,
        evaluate=evaluate,
        log_density=address(family.log_density, calls.DENSITY) if opened else 0,
        log_density_slope=address(family.slope, calls.DENSITY) if opened and evaluate[2] else 0,
        score=address(family.score, calls.WEIGH),
        adds_score=entropy == "monte_carlo",
        points=any(isinstance(member.rule, Points) for member in members),
        at_once=at_once,
        combine=np.array(
            [address(m.rule.combine, calls.COMBINE) if isinstance(m.rule, Points) else 0 for m in members]
        ),
        layout=layout,
        terms=(terms := terms_of(members, family, stream.dimension, entropy == "monte_carlo", layout)),
        weigh_by_parameter=address(weigh_by_parameter, BY_PARAMETER) if terms.per_parameter.any() else 0,
        constant=np.array([address(kernel, calls.CONSTANT) if kernel else 0 for kernel in constants]),
        moments=address(family.moments, calls.MOMENTS) if any(constants) else 0,
        add_constant=address(add_constant, ADD_CONSTANT) if any(constants) else 0,
        joint=np.array([address(kernel, calls.JOINT_WEIGHT) if kernel else 0 for kernel in joint]),
        separate=np.array(apart),
        strided_sum=address(reduce.strided_sum, reduce.STRIDED_SUM),
        accumulate=address(reduce.accumulate, reduce.ACCUMULATE),
        reduce_joint=address(reduce.reduce_joint, reduce.JOINT) if any(joint) else 0,
        widths=np.where(apart, family.rows, [subgrid.rows + (kernel is not None) for kernel in joint]),
        tree=tree,
        samples=np.array(subgrid.samples),
        recorded=_recorded(subgrid),
        evaluations=evaluations,
        coupled=stream.coupled,
        segment_size=stream.cut.segment,
        segments=stream.cut.tile // stream.cut.segment,
    )


def _ranges(parts: Mapping[Key, Floats]) -> dict[Key, tuple[int, int]]:
    """Where each of some parts starts and ends, when they stand end to end."""
    ends = np.cumsum([array.size for array in parts.values()]).tolist()
    return {key: (end - array.size, end) for (key, array), end in zip(parts.items(), ends, strict=True)}


def needs_tile(tree: Tree) -> bool:
    """Whether a sum takes the contributions of a whole tile, not of a segment."""
    return bool((tree.at_tile_end & (tree.source < 0)).any())


def _place(rule: Points | Weights) -> int:
    return address(rule.place, calls.PLACE) if isinstance(rule, Points) and rule.place else 0


def _tables(subgrid: Subgrid) -> Floats:
    """[cells, 1 or d, k or more] Theta as the kernels read it."""
    thetas = [theta_of(cell.theta) for cell in subgrid.cells]
    rows = max(map(len, thetas))
    tables: dict[bytes, Floats] = {}
    for theta in (row for rows_of_cell in thetas for row in rows_of_cell):
        if theta.tobytes() not in tables:
            tables[theta.tobytes()] = subgrid.family.tabulate(theta)
    return np.array([[tables[row.tobytes()] for row in np.broadcast_to(t, (rows, t.shape[1]))] for t in thetas])


def _estimator_phi(stream: Stream, subgrid: Subgrid, data: Mapping[int, Floats]) -> Floats:
    """[cells, members, longest] with 0 where a row is shorter."""
    cases = [
        [prepared(case_of(stream, subgrid, member, cell, data[cell.dataset_size or 0])) for member in subgrid.members]
        for cell in subgrid.cells
    ]
    phis = [[case.phi for case in row] for row in cases]
    padded = np.zeros((len(phis), len(phis[0]), max(phi.size for row in phis for phi in row)))
    for p, row in enumerate(phis):
        for m, phi in enumerate(row):
            padded[p, m, : phi.size] = phi
    return padded


def used(subgrid: Subgrid, data: Mapping[int, Floats]) -> Mapping[int, Floats]:
    """The data by their size; where f uses none, none of size 0."""
    return data if subgrid.objective.uses_data else {0: np.empty(0)}


def summaries_of(subgrid: Subgrid, data: Mapping[int, Floats]) -> dict[int, Floats]:
    """What the kernels read of the data of each size."""
    data = used(subgrid, data)
    summaries = {n: np.ascontiguousarray(subgrid.form.summarise(x), dtype=float) for n, x in data.items()}
    if any(summary.ndim != 1 for summary in summaries.values()):
        raise BadInput(f"objective {subgrid.objective.name!r}: summarise gives more than one dimension; allowed: one")
    return summaries


def needs_of_subgrid(subgrid: Subgrid, d: int) -> set[str]:
    """The fields of f that are evaluated for any of its members."""
    return {name for member in subgrid.members for name in fields_of(member.rule, d, subgrid.form)}


def _evaluate(subgrid: Subgrid, d: int) -> Any:
    """[4] The addresses of f and its derivatives; 0 for what no estimator needs."""
    needs = needs_of_subgrid(subgrid, d)
    return np.array(
        [
            address(getattr(subgrid.form, name), getattr(SIGNATURES, name)) if name in needs else 0
            for name in Derivatives._fields
        ]
    )


def _recorded(subgrid: Subgrid) -> Any:
    """[members, samples] Whether any cell records it."""
    pairs = {(variant, cell.samples) for cell, variant in subgrid.jobs}
    return np.array([[(member.variant, k) in pairs for k in subgrid.samples] for member in subgrid.members])


def replicates_of(stream: Stream, subgrid: Subgrid) -> Floats:
    """[samples] Estimates that one tile gives."""
    return np.array([stream.cut.tile // k for k in subgrid.samples], dtype=float)


def shape_of(program: Program) -> tuple[int, int, int, int, int]:
    """The shape of a program's power sums: [cells, members, samples, rows, POWERS]."""
    return len(program.theta), program.combine.size, program.samples.size, program.centre.shape[2], reduce.POWERS
