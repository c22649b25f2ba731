"""The arrays that the inner loop works in, kept between its calls."""

from typing import Any, NamedTuple

import numpy as np

from bench.engine.noise import empty
from bench.engine.program import Program, needs_tile, shape_of
from bench.plan.streams import Stream
from bench.spec import Component, Derivatives, Floats


class Workspace(NamedTuple):
    """Where the loop works."""

    eps: Any  # [c, d, strip] the channels that the subgrid reads; empty where it reads the noise as it is
    x: Any  # [evaluations, d or d + 1, strip] where f is evaluated, behind the components the batch that it is of
    y: Any  # [d, strip] the draws themselves: in x, unless a rule looks elsewhere
    moved: Any  # [evaluations, strip] the points of a rule for one component
    rows: Any  # [rows, strip] ones, f, and weights that an estimator computes itself: `bench.engine.terms`
    f: Derivatives  # its part of them
    component: Component  # [d, evaluations, strip] f as rules of points read it
    log_q: Any  # [strip]
    scratch: Any  # [k, strip]
    moments: Any  # [2, 1 + k] of a component
    constant: Any  # [k] of its control variate
    out: Any  # [width, strip]
    contributions: Any  # [cells, m, width, segment or tile] until they are reduced; [1, 1, ...] where that is one strip
    node_sums: Any  # [cells, m, rows, length] the nodes of the tree
    power_sums: Any  # [cells, m, k, rows, POWERS] the result, added to


def workspace(stream: Stream, program: Program) -> Workspace:
    """What a program keeps between strips; its power sums are 0."""
    d, strip, channels = stream.dimension, stream.cut.strip, program.channels.tolist()
    pairs, shape = (len(program.theta), program.combine.size), (program.evaluations, d + program.batches, strip)
    width, shape_of_sums = program.widths.max(), shape_of(program)
    kept_per_tile = program.joint.any() or needs_tile(program.tree)
    draws = stream.cut.tile if kept_per_tile else program.segment_size
    x, rows = empty(*shape), empty(program.layout.end, strip)
    rows[0] = 1.0
    return Workspace(
        eps=empty(0 if channels == list(range(len(stream.channels))) else len(channels), d, strip),
        x=x,
        y=empty(d, strip) if program.place else x[0, :d],
        moved=empty(*(program.evaluations, strip) if program.place else (0, 0)),
        rows=rows,
        f=_fields_of_f(program, rows, d),
        component=Component(*(_unread(program, d, strip) for _ in Component._fields)),
        log_q=empty(strip if program.log_density else 0),
        scratch=empty(program.parameters, strip),
        moments=empty(2, 1 + program.parameters),
        constant=empty(program.parameters),
        out=empty(width, strip),
        contributions=empty(*(pairs if draws > strip else (1, 1)), width, draws),
        node_sums=empty(*pairs, shape_of_sums[3], program.tree.length),
        power_sums=np.zeros(shape_of_sums),
    )


def _fields_of_f(program: Program, rows: Floats, d: int) -> Derivatives:
    """The rows of f: value[evaluations, strip] and the others[evaluations, d, strip], empty where not evaluated."""
    value, terms, slope, curvature, end = program.layout[1:6]
    others = rows[terms:slope], rows[slope:curvature], rows[curvature:end]
    shapes = [(program.evaluations if field.size else 0, d, rows.shape[1]) for field in others]
    return Derivatives(rows[value:terms], *(field.reshape(shape) for field, shape in zip(others, shapes, strict=True)))


def _unread(program: Program, d: int, strip: int) -> Floats:
    """[d, evaluations, strip] of NaN, where a member is a rule of points: what nobody fills reads as NaN."""
    array = empty(*(d, program.evaluations, strip) if program.points else (0, 0, 0))
    array[:] = np.nan
    return array
