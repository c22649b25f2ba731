"""From the numbers of single draws to power sums of estimates.

Draws of a segment are laid out [coupled, columns], so draws that depend on each other share their column. Of n columns,
the sums of f columns are those of r, r + R, r + 2R, ..., with R = n // f, and what is left over is dropped. Sums over
10 K draws are such sums of sums over K draws, so a whole axis of samples costs little more than one value: see
`bench.engine.sum_tree`.
"""

import numpy as np
from numba import types

from bench.kernels.calls import FLOATS_1, FLOATS_2, FLOATS_3, call
from bench.kernels.jit import kernel, subroutine

POWERS = 4  # power sums kept of each estimate: enough for its variance and kurtosis


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

    First, segment by segment, those that a segment can give; `late`, of the whole tile, the rest.
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
                    size = tree.size[source] * (program.segments if late and not tree.late[source] else 1)
                    call(fold_at, (nodes[start : start + size], tree.factor[q], out))
        for k in range(samples.size):
            q = tree.node[k]
            if program.wanted[m, k] and q < 0 and not late:
                call(accumulate_at, (given, 1.0 / samples[k], centre[i], sums[k, i]))
            if program.wanted[m, k] and q >= 0 and tree.late[q] == late:
                start = tree.start[q] + part * tree.advance[q]
                call(accumulate_at, (nodes[start : start + tree.size[q]], 1.0 / samples[k], centre[i], sums[k, i]))


@kernel
def reduce_joint(numbers, coupled, segment, estimate, accumulate_at, samples, wanted, centre, sums):
    """Estimates that need all their draws, by the estimator's own kernel, into sums[k, 2, POWERS].

    numbers[width, tile], segment after segment, each [coupled, columns].
    """
    width, tile = numbers.shape
    for k in range(samples.size):
        if wanted[k]:
            replicates = tile // samples[k]
            used, size = replicates * samples[k] // coupled, segment // coupled
            own = np.empty((width, coupled * used))
            for i in range(width):
                for u in range(coupled):
                    for begin in range(0, used, size):
                        start = begin * coupled + u * size
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
