"""The engine's inner loop: strips of noise through every point and estimator of a subgrid, without Python between.

`bench.plan.tiling` draws how tile, segment and strip nest. The loop itself only moves numbers: all arithmetic is in
kernels that it calls by address, so there is one machine code for each. Linked into the loop, Numba would optimise a
second copy, and which of the two runs would depend on what was in the cache. The last bits of every sum hang on it.
"""

from functools import partial

from bench.engine.reduce import copy, reduce_means
from bench.kernels.calls import call
from bench.kernels.jit import kernel


@partial(kernel, _nrt=False)  # it allocates nothing, and counting references to every slice took half of its time
def run(noise, first, program, room):
    """Strips noise[strips, channels, d, strip], of which `first` came before in the block, through a subgrid."""
    d, strip = noise.shape[2], noise.shape[3]
    numbers, segment, segments, coupled = room.numbers, program.segment, program.segments, program.coupled
    any_late = False
    for late in program.tree.late:
        any_late |= late
    strips, size = segment // strip, strip // coupled
    whole, direct = numbers.shape[3] > segment, numbers.shape[3] == strip
    x, f, out, every = room.x, room.f, room.out, room.eps.size == 0
    for s in range(first, first + noise.shape[0]):
        if every:
            eps = noise[s - first]
        else:
            eps = room.eps
            for c in range(eps.shape[0]):
                for j in range(d):
                    copy(noise[s - first, program.channels[c], j], eps[c, j])
        inside, part = s % strips, s // strips % segments
        offset = part * segment if whole else 0
        for p in range(program.mu.size):
            mu, sigma, phi, centre = program.mu[p], program.sigma[p], program.phi[p], program.centre[p]
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
            for m in range(program.combine.size):
                mine = numbers[0, 0] if direct else numbers[p, m]
                target = (mine if direct else out)[: program.widths[m]]
                call(program.combine[m], (eps, mu, sigma, program.estimator_phi, f, target))
                if not direct:
                    for i in range(program.widths[m]):
                        for u in range(coupled):
                            begin = offset + u * (segment // coupled) + inside * size
                            copy(out[i, u * size : (u + 1) * size], mine[i, begin : begin + size])
                if inside == strips - 1:
                    kept, sums, last = room.kept[p, m], room.sums[p, m], part == segments - 1
                    if not program.estimate[m]:
                        for late in range(2 if last and any_late else 1):
                            begin, end = (0, mine.shape[1]) if late else (offset, offset + segment)
                            reduce_means(mine, begin, end, kept, late == 1, part * (1 - late), program, m, centre, sums)
                    elif last:
                        given = mine[: program.widths[m]], coupled, segment, program.estimate[m], program.reduce[1]
                        call(program.reduce[2], (*given, program.samples, program.wanted[m], centre, sums))
