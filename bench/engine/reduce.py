"""From the contributions of single draws to power sums of estimates.

Draws of a segment are laid out [coupled, columns], so draws that depend on each other share their column. Of n columns,
the sums of f columns are those of r, r + R, r + 2R, ..., with R = n // f, and what is left over is dropped. Sums over
10 K draws are such sums of sums over K draws, so a whole axis of samples costs little more than one value: see
`bench.engine.sum_tree`.
"""

import numpy as np
from numba import types

from bench.kernels.calls import call, floats
from bench.kernels.jit import kernel, subroutine

POWERS = 4  # power sums kept of each estimate: enough for its variance and kurtosis

_int, _ints, _flags = types.int64, types.Array(types.int64, 1, "C"), types.Array(types.boolean, 1, "C")
STRIDED_SUM = types.void(floats(1), _int, floats(1))
ACCUMULATE = types.void(floats(1), types.float64, types.float64, floats(1))
JOINT = types.void(floats(2), _int, _int, _int, _int, _ints, _flags, floats(1), floats(3))


@kernel
def strided_sum(columns, factor, out):
    """out[r] <- sum of columns[r + j * out.size] over j < factor, factor > 1: tens, the most common, in one pass."""
    n, x = out.size, columns
    if factor == 10:
        for r in range(n):
            low = (x[r] + x[r + n]) + (x[r + 2 * n] + x[r + 3 * n]) + (x[r + 4 * n] + x[r + 5 * n])
            out[r] = low + ((x[r + 6 * n] + x[r + 7 * n]) + (x[r + 8 * n] + x[r + 9 * n]))
    else:
        for r in range(n):
            out[r] = x[r] + x[r + n]
        for j in range(2, factor):
            stride = x[j * n : (j + 1) * n]
            for r in range(n):
                out[r] += stride[r]


@kernel
def accumulate(columns, scale, centre, sums):
    """sums[POWERS] += power sums of columns * scale - centre."""
    s1 = s2 = s3 = s4 = 0.0
    for i in range(columns.size):
        deviation = columns[i] * scale - centre
        square = deviation * deviation
        s1 += deviation
        s2 += square
        s3 += square * deviation
        s4 += square * square
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
def reduce_means(program, workspace, p, m, segment, contributions, at_tile_end):
    """Means of contributions[width, segment or tile], for each K, into the sums of cell p, estimator m.

    First, segment by segment, those that one segment can give; `at_tile_end`, of the whole tile, the rest.
    """
    tree, samples, centre, sums = program.tree, program.samples, program.centre[p], workspace.sums[p, m]
    kept_per_tile = contributions.shape[1] > program.segment
    begin = segment * program.segment if kept_per_tile and not at_tile_end else 0
    end = contributions.shape[1] if at_tile_end else begin + program.segment
    shift = 0 if at_tile_end else segment
    for i in range(2):
        draws, sums_kept = contributions[i, begin:end], workspace.sums_kept[p, m, i]
        for q in range(tree.source.size):
            if tree.at_tile_end[q] == at_tile_end:
                source, start = tree.source[q], tree.start[q] + shift * tree.advance[q]
                out = sums_kept[start : start + tree.size[q]]
                if source < 0:
                    call(program.strided_sum, (draws, tree.factor[q], out))
                else:
                    start = tree.start[source] + shift * tree.advance[source]
                    size = tree.size[source] * (program.segments if at_tile_end and not tree.at_tile_end[source] else 1)
                    call(program.strided_sum, (sums_kept[start : start + size], tree.factor[q], out))
        for k in range(samples.size):
            q = tree.node[k]
            if program.wanted[m, k] and (tree.at_tile_end[q] if q >= 0 else False) == at_tile_end:
                columns = draws
                if q >= 0:
                    start = tree.start[q] + shift * tree.advance[q]
                    columns = sums_kept[start : start + tree.size[q]]
                call(program.accumulate, (columns, 1.0 / samples[k], centre[i], sums[k, i]))


@kernel
def reduce_joint(contributions, coupled, segment, estimate, accumulate_at, samples, wanted, centre, sums):
    """Estimates that need all their draws, by the estimator's own kernel, into sums[k, 2, POWERS].

    contributions[width, tile], segment after segment, each [coupled, columns].
    """
    width, tile = contributions.shape
    for k in range(samples.size):
        if wanted[k]:
            replicates = tile // samples[k]
            columns, columns_of_segment = replicates * samples[k] // coupled, segment // coupled
            draws = np.empty((width, coupled * columns))
            for i in range(width):
                for u in range(coupled):
                    for begin in range(0, columns, columns_of_segment):
                        start = begin * coupled + u * columns_of_segment
                        end = min(begin + columns_of_segment, columns)
                        source = contributions[i, start : start + columns_of_segment]
                        copy(source, draws[i, u * columns + begin : u * columns + end])
            out = np.empty((2, replicates))
            call(estimate, (draws, samples[k], out))
            for i in range(2):
                call(accumulate_at, (out[i], 1.0, centre[i], sums[k, i]))
