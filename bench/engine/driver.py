"""The engine's inner loop: strips of noise through every cell and estimator of a subgrid, without Python between.

`bench.plan.tiling` draws how tile, segment and strip nest. The loop itself only moves numbers: all arithmetic is in
kernels that it calls by address, so there is one machine code for each. If kernels were inlined, Numba would compile a
second copy, whose rounding may differ, and which of the two runs would depend on what was in the cache.
"""

from functools import partial

from bench.engine.looks import look
from bench.engine.reduce import copy, reduce_means
from bench.engine.weigh import combined_or_weighed, own_weights
from bench.kernels.calls import call
from bench.kernels.jit import kernel, subroutine


@subroutine
def select(noise, channels, eps):
    """eps[c, d, strip] <- the rows `channels` of noise[channels, d, strip]."""
    for c in range(eps.shape[0]):
        for j in range(eps.shape[1]):
            copy(noise[channels[c], j], eps[c, j])


@subroutine
def contribute(program, workspace, eps, p, m, start, strip_index, segment_index, contributions):
    """Put the contributions of member m in cell p for a strip in their place in the segment, [coupled, columns].

    Those of component `start` alone where components are reduced one by one, else those of all. With weights from all
    draws of an estimate, the first row is f, which they are made of, and the scores weigh 1. Combinations of a
    component's gradients follow them.
    """
    out, coupled, width, count = workspace.out, program.coupled, program.widths[m], program.component_rows
    in_place = contributions.shape[1] == out.shape[1]  # a segment is one strip
    target = (contributions if in_place else out)[:width]
    base = 1 if program.joint[m] else 0
    if base:
        copy(workspace.f.value[0], target[0])
    for j in range(start, start + 1 if program.separate[m] else workspace.y.shape[0]):
        begin = base + ((j - start) * count if program.untied else 0)
        first, rows = program.untied or j == 0, target[begin : begin + count]
        combined_or_weighed(program, workspace, eps, p, m, j, first, rows[: program.parameters])
        if program.add_up:
            call(program.add_up, (program.combinations, rows))
    if not in_place:
        columns, columns_of_segment = out.shape[1] // coupled, program.segment_size // coupled
        offset = segment_index * program.segment_size if contributions.shape[1] > program.segment_size else 0
        for i in range(width):
            for u in range(coupled):
                begin = offset + u * columns_of_segment + strip_index * columns
                copy(out[i, u * columns : (u + 1) * columns], contributions[i, begin : begin + columns])


@subroutine
def reduce(program, workspace, p, m, segment_index, contributions, row):
    """Turn the contributions of a complete segment into power sums, those of its first row into those of `row`.

    Sums that need the tile follow at its end.
    """
    tile_is_complete = segment_index == program.segments - 1
    if not program.joint[m]:
        for at_tile_end in range(2 if tile_is_complete else 1):
            reduce_means(program, workspace, p, m, segment_index, contributions, at_tile_end == 1, row)
    elif tile_is_complete:
        layout = (contributions[: program.widths[m]], program.coupled, program.segment_size, program.adds_score)
        kernels = (program.joint[m], program.accumulate)
        call(
            program.reduce_joint,
            (*layout, *kernels, program.samples, program.recorded[m], program.centre[p, m], workspace.power_sums[p, m]),
        )


@partial(kernel, _nrt=False)  # it allocates nothing, and counting references to every slice took half of its time
def send(noise, first, program, workspace):
    """Send noise[strips, channels, d, strip] through a subgrid; its first strip is number `first` of the block."""
    strips_of_segment = program.segment_size // noise.shape[3]
    buffered_cells, buffered_members = workspace.contributions.shape[:2]  # 1 where all reuse a buffer of one strip
    for s in range(noise.shape[0]):
        eps = noise[s]
        if workspace.eps.size:
            eps = workspace.eps
            select(noise[s], program.channels, eps)
        strip_index = (first + s) % strips_of_segment
        segment_index = (first + s) // strips_of_segment % program.segments
        for p in range(program.theta.shape[0]):
            look(program, workspace, eps, p)
            for m in range(program.combine.size):
                contributions = workspace.contributions[p % buffered_cells, m % buffered_members]
                own_weights(program, workspace, eps, p, m)
                # One component after the other, while it is still in the nearest cache, or all at once.
                for start in range(workspace.y.shape[0] if program.separate[m] else 1):
                    contribute(program, workspace, eps, p, m, start, strip_index, segment_index, contributions)
                    if strip_index == strips_of_segment - 1:
                        row = start * program.component_rows
                        reduce(program, workspace, p, m, segment_index, contributions[: program.widths[m]], row)
