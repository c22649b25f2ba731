"""From the contributions of single draws to power sums of estimates: sums over K draws first, then their powers.

Draws of a segment are laid out [coupled, columns], so draws that depend on each other share their column.
Summing n columns x, `factor` at a time, output r (r < R = n // factor) is x[r] + x[r + R] + x[r + 2 R] + ...; the last
n - factor R are dropped. Sums over 10 K draws are made by summing sums over K draws, ten at a time, so a whole axis of
samples costs little more than one value: see `bench.engine.sum_tree`.
"""

import numpy as np
from numba import types

from bench.kernels.calls import call, floats
from bench.kernels.jit import kernel, part, subroutine

POWERS = 4  # powers 1 to 4 of (estimate - exact gradient), summed over estimates: enough for variance and kurtosis

_int, _ints, _flags = types.int64, types.Array(types.int64, 1, "C"), types.Array(types.boolean, 1, "C")
STRIDED_SUM = types.void(floats(1), _int, floats(1))
ACCUMULATE = types.void(floats(1), types.float64, types.float64, floats(1))
JOINT = types.void(floats(2), _int, _int, types.boolean, _int, _int, _ints, _flags, floats(1), floats(3))


@kernel
def strided_sum(columns, factor, out):
    """out[r] <- sum of columns[r + j * out.size] over j < factor, factor > 1."""
    n, x = out.size, columns
    if factor == 10:  # the most common, in one pass
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
def accumulate(columns, scale, centre, power_sums):
    """power_sums[POWERS] += the powers 1 to 4 of columns * scale - centre, summed over columns."""
    s1 = s2 = s3 = s4 = 0.0
    for i in range(columns.size):
        deviation = columns[i] * scale - centre
        square = deviation * deviation
        s1 += deviation
        s2 += square
        s3 += square * deviation
        s4 += square * square
    power_sums[0] += s1
    power_sums[1] += s2
    power_sums[2] += s3
    power_sums[3] += s4


@part
def copy(source, target):
    """target[n] <- source[n]. As a loop: assigning one slice to another takes Numba seconds to compile."""
    for i in range(target.size):
        target[i] = source[i]


@subroutine
def weighted_mean(weights, shift, score, samples, out):
    """out[r] <- the mean over the draws r, r + R, r + 2 R, ... of (weight + shift) * score."""
    replicates = out.size
    out[:] = 0.0
    for k in range(samples):
        for r in range(replicates):
            i = k * replicates + r
            out[r] += (weights[i] + shift) * score[i]
    for r in range(replicates):
        out[r] /= samples


@subroutine
def reduce_means(program, workspace, p, m, segment_index, contributions, at_tile_end, row):
    """Add means of contributions[n, segment or tile] over K draws to power sums `row`... of cell p, member m.

    After each segment for those K whose sums never cross a segment; `at_tile_end` for the others, over the whole tile.
    """
    tree, samples, centre, power_sums = program.tree, program.samples, program.centre[p, m], workspace.power_sums[p, m]
    buffers_tile = contributions.shape[1] > program.segment_size
    begin = segment_index * program.segment_size if buffers_tile and not at_tile_end else 0
    end = contributions.shape[1] if at_tile_end else begin + program.segment_size
    shift = 0 if at_tile_end else segment_index
    for i in range(row, row + contributions.shape[0]):
        draws, node_sums = contributions[i - row, begin:end], workspace.node_sums[p, m, i]
        for q in range(tree.source.size):
            if tree.at_tile_end[q] == at_tile_end:
                source, start = tree.source[q], tree.start[q] + shift * tree.segment_offset[q]
                out = node_sums[start : start + tree.size[q]]
                if source < 0:
                    call(program.strided_sum, (draws, tree.factor[q], out))
                else:
                    start = tree.start[source] + shift * tree.segment_offset[source]
                    size = tree.size[source] * (program.segments if at_tile_end and not tree.at_tile_end[source] else 1)
                    call(program.strided_sum, (node_sums[start : start + size], tree.factor[q], out))
        for k in range(samples.size):
            q = tree.node[k]
            if program.recorded[m, k] and (tree.at_tile_end[q] if q >= 0 else False) == at_tile_end:
                columns = draws
                if q >= 0:
                    start = tree.start[q] + shift * tree.segment_offset[q]
                    columns = node_sums[start : start + tree.size[q]]
                call(program.accumulate, (columns, 1.0 / samples[k], centre[i], power_sums[k, i]))


@subroutine
def gather(row, coupled, segment_size, columns, out):
    """out[coupled * columns] <- row[tile], segment after segment of [coupled, columns], as one [coupled, columns]."""
    columns_of_segment = segment_size // coupled
    for u in range(coupled):
        for begin in range(0, columns, columns_of_segment):
            start = begin * coupled + u * columns_of_segment
            end = min(begin + columns_of_segment, columns)
            copy(row[start : start + end - begin], out[u * columns + begin : u * columns + end])


@kernel
def reduce_joint(
    contributions, coupled, segment_size, adds_score, weigh, accumulate_at, samples, recorded, centre, power_sums
):
    """Add estimates sum_k w_k s_k / K, the weights made by `weigh` of all their draws, to power_sums[k, rows, POWERS].

    contributions[1 + rows, tile] hold f and the scores; where `adds_score`, 1 is added to the weights.
    """
    tile = contributions.shape[1]
    for k in range(samples.size):
        if recorded[k]:
            replicates = tile // samples[k]
            draws = replicates * samples[k]
            value, weights, score, out = np.empty(draws), np.empty(draws), np.empty(draws), np.empty(replicates)
            gather(contributions[0], coupled, segment_size, draws // coupled, value)
            call(weigh, (value, samples[k], weights))
            for i in range(contributions.shape[0] - 1):
                gather(contributions[1 + i], coupled, segment_size, draws // coupled, score)
                weighted_mean(weights, 1.0 if adds_score else 0.0, score, samples[k], out)
                call(accumulate_at, (out, 1.0, centre[i], power_sums[k, i]))
