"""The engine's inner loop: strips of noise through every cell and estimator of a subgrid, without Python between.

`bench.plan.tiling` draws how tile, segment and strip nest. The loop itself only moves numbers: all arithmetic is in
kernels that it calls by address, so there is one machine code for each. If kernels were inlined, Numba would compile a
second copy, whose rounding may differ, and which of the two runs would depend on what was in the cache.
"""

from functools import partial

from bench.engine.reduce import copy, reduce_means
from bench.kernels.calls import call
from bench.kernels.jit import kernel, subroutine


@subroutine
def select(noise, channels, eps):
    """eps[c, d, strip] <- the rows `channels` of noise[channels, d, strip]."""
    for c in range(eps.shape[0]):
        for j in range(eps.shape[1]):
            copy(noise[channels[c], j], eps[c, j])


@subroutine
def evaluate(program, workspace, eps, p):
    """f and its derivatives in cell p, at the estimators' evaluation points."""
    mu, sigma, phi, x, f = program.mu[p], program.sigma[p], program.phi[p], workspace.x, workspace.f
    data = program.data[program.data_range[p, 0] : program.data_range[p, 1]]
    if p == 0 or mu != program.mu[p - 1] or sigma != program.sigma[p - 1]:
        call(program.place, (eps, mu, sigma, program.estimator_phi, x))
    for e in range(program.evaluations):
        if program.evaluate[0]:
            call(program.evaluate[0], (x[e], data, phi, f.value[e]))
        if program.evaluate[1]:
            call(program.evaluate[1], (x[e], data, phi, f.terms[e]))
        if program.evaluate[2]:
            call(program.evaluate[2], (x[e], data, phi, f.gradient[e]))
        if program.evaluate[3]:
            call(program.evaluate[3], (x[e], data, phi, f.curvature[e]))


@subroutine
def contribute(program, workspace, eps, p, m, strip_index, segment_index, contributions):
    """Put the contributions of estimator m in cell p for a strip in their place in the segment, [coupled, columns]."""
    out, coupled, width = workspace.out, program.coupled, program.widths[m]
    in_place = contributions.shape[1] == out.shape[1]  # a segment is one strip
    target = (contributions if in_place else out)[:width]
    call(program.combine[m], (eps, program.mu[p], program.sigma[p], program.estimator_phi, workspace.f, target))
    if not in_place:
        columns, columns_of_segment = out.shape[1] // coupled, program.segment_size // coupled
        offset = segment_index * program.segment_size if contributions.shape[1] > program.segment_size else 0
        for i in range(width):
            for u in range(coupled):
                begin = offset + u * columns_of_segment + strip_index * columns
                copy(out[i, u * columns : (u + 1) * columns], contributions[i, begin : begin + columns])


@subroutine
def reduce(program, workspace, p, m, segment_index, contributions):
    """Turn the contributions of a complete segment into power sums; those that need the tile follow at its end."""
    tile_is_complete = segment_index == program.segments - 1
    if not program.estimate[m]:
        for at_tile_end in range(2 if tile_is_complete else 1):
            reduce_means(program, workspace, p, m, segment_index, contributions, at_tile_end == 1)
    elif tile_is_complete:
        layout = (contributions[: program.widths[m]], program.coupled, program.segment_size)
        kernels = (program.estimate[m], program.accumulate)
        call(
            program.reduce_joint,
            (*layout, *kernels, program.samples, program.recorded[m], program.centre[p], workspace.power_sums[p, m]),
        )


@partial(kernel, _nrt=False)  # it allocates nothing, and counting references to every slice took half of its time
def run(noise, first, program, workspace):
    """Send noise[strips, channels, d, strip] through a subgrid; its first strip is number `first` of the block."""
    strips_of_segment = program.segment_size // noise.shape[3]
    buffered_cells, buffered_estimators = workspace.contributions.shape[:2]  # 1 where all reuse a buffer of one strip
    for s in range(noise.shape[0]):
        eps = noise[s]
        if workspace.eps.size:
            eps = workspace.eps
            select(noise[s], program.channels, eps)
        strip_index = (first + s) % strips_of_segment
        segment_index = (first + s) // strips_of_segment % program.segments
        for p in range(program.mu.size):
            evaluate(program, workspace, eps, p)
            for m in range(program.combine.size):
                contributions = workspace.contributions[p % buffered_cells, m % buffered_estimators]
                contribute(program, workspace, eps, p, m, strip_index, segment_index, contributions)
                if strip_index == strips_of_segment - 1:
                    reduce(program, workspace, p, m, segment_index, contributions)
