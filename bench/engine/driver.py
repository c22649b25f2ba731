"""The engine's inner loop: strips of noise through every point and estimator of a group, without Python between.

A tile is the run of draws that estimates are cut from, a panel the part of it whose numbers are folded while they are
still in the nearest cache, a strip the part of a panel that is computed at once (all of it in few dimensions). Draws of
a panel are laid out [unit, units], so dependent draws of one unit share their column. Of n columns, the sums of f
columns are those of r, r + R, r + 2R, ..., with R = n // f, and what is left over is dropped. Sums over 10 K draws
are such sums of sums over K draws, so a whole axis of samples costs little more than one value.

The loop itself only moves numbers. All arithmetic is in kernels that it calls by address, so there is one machine code
for each: linked into the loop, Numba would optimise a second copy, and which of the two runs would depend on what was
in the cache. The last bits of every sum hang on it.
"""

from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numba import types

from bench.kernels.jit import FLOATS_1, FLOATS_2, FLOATS_3, call, kernel, subroutine
from bench.spec import Evaluation

POWERS = 4  # power sums kept of each estimate: enough for its variance and kurtosis


class Tree(NamedTuple):
    """The sums over draws as a tree: node q holds the sums of factor[q] columns of its source."""

    source: Any  # [q] a node, or -1: the numbers that combine gave
    factor: Any  # [q]
    size: Any  # [q] columns of the node, of one panel (or of the tile where it is folded at its end)
    late: Any  # [q] whether it is folded at the end of the tile, not of the panel
    start: Any  # [q] where its columns stand among those kept
    advance: Any  # [q] how much further each panel's columns stand: size, or 0 where no later node reads them
    node: Any  # [k] the node that holds the sums of the k-th number of samples
    length: int  # columns kept of a tile


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


@kernel
def fold(numbers, factor, out):
    """out[r] <- sum of numbers[r + j * out.size] over j < factor, factor > 1: tens, the most common, in one pass."""
    n, x = out.size, numbers
    if factor == 10:
        for r in range(n):
            low = (x[r] + x[r + n]) + (x[r + 2 * n] + x[r + 3 * n]) + (x[r + 4 * n] + x[r + 5 * n])
            out[r] = low + ((x[r + 6 * n] + x[r + 7 * n]) + (x[r + 8 * n] + x[r + 9 * n]))
    else:
        for r in range(n):
            out[r] = x[r] + x[r + n]
        for j in range(2, factor):
            one = x[j * n : (j + 1) * n]
            for r in range(n):
                out[r] += one[r]


@kernel
def accumulate(numbers, scale, centre, sums):
    """sums[POWERS] += power sums of numbers * scale - centre."""
    s1 = s2 = s3 = s4 = 0.0
    for i in range(numbers.size):
        one = numbers[i] * scale - centre
        two = one * one
        s1 += one
        s2 += two
        s3 += two * one
        s4 += two * two
    sums[0] += s1
    sums[1] += s2
    sums[2] += s3
    sums[3] += s4


@subroutine
def copy(source, target):
    """target[n] <- source[n]. As a loop: assigning one slice to another takes Numba seconds to compile."""
    for i in range(target.size):
        target[i] = source[i]


@subroutine
def reduce_means(numbers, begin, end, kept, late, part, program, m, centre, sums):
    """Means of numbers[width, begin:end] over every number of samples, into sums[k, 2, POWERS].

    First, panel by panel, those that a panel can give; `late`, of the whole tile, the rest.
    """
    tree, samples, fold_at, accumulate_at = program.tree, program.samples, program.reduce[0], program.reduce[1]
    for i in range(2):
        given, nodes = numbers[i, begin:end], kept[i]
        for q in range(tree.source.size):
            if tree.late[q] == late:
                source, start = tree.source[q], tree.start[q] + part * tree.advance[q]
                out = nodes[start : start + tree.size[q]]
                if source < 0:
                    call(fold_at, (given, tree.factor[q], out))
                else:
                    start = tree.start[source] + part * tree.advance[source]
                    size = tree.size[source] * (program.panels if late and not tree.late[source] else 1)
                    call(fold_at, (nodes[start : start + size], tree.factor[q], out))
        for k in range(samples.size):
            q = tree.node[k]
            if program.wanted[m, k] and q < 0 and not late:
                call(accumulate_at, (given, 1.0 / samples[k], centre[i], sums[k, i]))
            if program.wanted[m, k] and q >= 0 and tree.late[q] == late:
                start = tree.start[q] + part * tree.advance[q]
                call(accumulate_at, (nodes[start : start + tree.size[q]], 1.0 / samples[k], centre[i], sums[k, i]))


@kernel
def reduce_joint(numbers, unit, panel, estimate, accumulate_at, samples, wanted, centre, sums):
    """Estimates that need all their draws, by the estimator's own kernel, into sums[k, 2, POWERS].

    numbers[width, tile], panel after panel, each [unit, units].
    """
    width, tile = numbers.shape
    for k in range(samples.size):
        if wanted[k]:
            replicates = tile // samples[k]
            used, size = replicates * samples[k] // unit, panel // unit
            own = np.empty((width, unit * used))
            for i in range(width):
                for u in range(unit):
                    for begin in range(0, used, size):
                        start = begin * unit + u * size
                        end = min(begin + size, used)
                        copy(numbers[i, start : start + size], own[i, u * used + begin : u * used + end])
            out = np.empty((2, replicates))
            call(estimate, (own, samples[k], out))
            for i in range(2):
                call(accumulate_at, (out[i], 1.0, centre[i], sums[k, i]))


_int, _ints, _flags = types.int64, types.Array(types.int64, 1, "C"), types.Array(types.boolean, 1, "C")
FOLD = types.void(FLOATS_1, _int, FLOATS_1)
ACCUMULATE = types.void(FLOATS_1, types.float64, types.float64, FLOATS_1)
JOINT = types.void(FLOATS_2, _int, _int, _int, _int, _ints, _flags, FLOATS_1, FLOATS_3)


@partial(kernel, _nrt=False)  # it allocates nothing, and counting references to every slice took half of its time
def run(noise, first, program, room):
    """Strips noise[strips, channels, d, strip], of which `first` came before in the block, through a group."""
    d, strip = noise.shape[2], noise.shape[3]
    numbers, panel, panels, unit = room.numbers, program.panel, program.panels, program.unit
    any_late = False
    for late in program.tree.late:
        any_late |= late
    strips, size = panel // strip, strip // unit
    whole, direct = numbers.shape[3] > panel, numbers.shape[3] == strip
    x, f, out, every = room.x, room.f, room.out, room.eps.size == 0
    for s in range(first, first + noise.shape[0]):
        if every:
            eps = noise[s - first]
        else:
            eps = room.eps
            for c in range(eps.shape[0]):
                for j in range(d):
                    copy(noise[s - first, program.channels[c], j], eps[c, j])
        inside, part = s % strips, s // strips % panels
        offset = part * panel if whole else 0
        for p in range(program.mu.size):
            mu, sigma, theta, centre = program.mu[p], program.sigma[p], program.theta[p], program.centre[p]
            data = program.data[program.data_range[p, 0] : program.data_range[p, 1]]
            if p == 0 or mu != program.mu[p - 1] or sigma != program.sigma[p - 1]:
                call(program.place, (eps, mu, sigma, program.estimator_theta, x))
            for e in range(program.evaluations):
                if program.evaluate[0]:
                    call(program.evaluate[0], (x[e], data, theta, f.value[e]))
                if program.evaluate[1]:
                    call(program.evaluate[1], (x[e], data, theta, f.terms[e]))
                if program.evaluate[2]:
                    call(program.evaluate[2], (x[e], data, theta, f.gradient[e]))
                if program.evaluate[3]:
                    call(program.evaluate[3], (x[e], data, theta, f.curvature[e]))
            for m in range(program.combine.size):
                mine = numbers[0, 0] if direct else numbers[p, m]
                target = (mine if direct else out)[: program.widths[m]]
                call(program.combine[m], (eps, mu, sigma, program.estimator_theta, f, target))
                if not direct:
                    for i in range(program.widths[m]):
                        for u in range(unit):
                            begin = offset + u * (panel // unit) + inside * size
                            copy(out[i, u * size : (u + 1) * size], mine[i, begin : begin + size])
                if inside == strips - 1:
                    kept, sums, last = room.kept[p, m], room.sums[p, m], part == panels - 1
                    if not program.estimate[m]:
                        for late in range(2 if last and any_late else 1):
                            begin, end = (0, mine.shape[1]) if late else (offset, offset + panel)
                            reduce_means(mine, begin, end, kept, late == 1, part * (1 - late), program, m, centre, sums)
                    elif last:
                        given = mine[: program.widths[m]], unit, panel, program.estimate[m], program.reduce[1]
                        call(program.reduce[2], (*given, program.samples, program.wanted[m], centre, sums))
