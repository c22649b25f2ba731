"""The engine's inner loop: strips of noise through every point and estimator of a group, without Python between.

A tile is the run of draws that estimates are cut from; a strip is the part of a tile that fits the cache. Draws of a
tile are laid out [unit, units], so dependent draws of one unit share their column. Of n columns, the sums of f
columns are those of r, r + R, r + 2R, ..., with R = n // f, and what is left over is dropped. Sums over 10 K draws
are such sums of sums over K draws, so a whole axis of samples costs little more than one value.

The loop itself only moves numbers. All arithmetic is in kernels that it calls by address, so there is one machine code
for each: linked into the loop, Numba would optimise a second copy, and which of the two runs would depend on what was
in the cache. The last bits of every sum hang on it.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import types

from bench.jit import FLOATS_1, FLOATS_2, call, kernel, subroutine
from bench.spec import Evaluation

FOLD = types.void(FLOATS_2, types.int64, types.int64, FLOATS_2)  # row, n, factor, out
ACCUMULATE = types.void(FLOATS_2, types.int64, types.float64, FLOATS_1, FLOATS_2)  # row, n, scale, centre, sums
POWERS = 4  # power sums kept of each estimate: enough for its variance and kurtosis


class Program(NamedTuple):
    """A group as arrays. `points` p index (mu, sigma, data, theta); estimators m; samples k; folding nodes q."""

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
    estimate: Any  # [m] 0 where the estimate is a mean
    arithmetic: Any  # [2] addresses of fold and accumulate
    source: Any  # [q] the node that is summed; 0 is a column's sum over its unit
    factor: Any  # [q] how many of the source's columns make one
    size: Any  # [q] columns of the node in one tile
    node: Any  # [k] the node that holds the sums of K draws
    samples: Any  # [k]
    wanted: Any  # [m, k] whether it is recorded
    evaluations: int  # evaluation points a draw
    width: int  # the most numbers a draw that an estimator gives
    unit: int


@kernel
def fold(row, n, factor, out):
    """out[:, r] <- sum over j of row[:, r + j * (n // factor)], j < factor. Two rows of n columns in."""
    size = n // factor
    for p in range(2):
        total, numbers = out[p, :size], row[p]
        one = numbers[:size]
        for r in range(size):
            total[r] = one[r]
        j = 1
        while j + 2 < factor:  # three at a time: fewer passes over the total
            one, two = numbers[j * size : (j + 1) * size], numbers[(j + 1) * size : (j + 2) * size]
            three = numbers[(j + 2) * size : (j + 3) * size]
            for r in range(size):
                total[r] += one[r] + two[r] + three[r]
            j += 3
        while j < factor:
            one = numbers[j * size : (j + 1) * size]
            for r in range(size):
                total[r] += one[r]
            j += 1


@kernel
def accumulate(row, n, scale, centre, sums):
    """sums[p, :] += first four power sums of row[p, :n] * scale - centre[p], p = 0, 1."""
    for p in range(2):
        numbers, shift = row[p, :n], centre[p]
        s1 = s2 = s3 = s4 = 0.0
        for i in range(n):
            one = numbers[i] * scale - shift
            two = one * one
            s1 += one
            s2 += two
            s3 += two * one
            s4 += two * two
        sums[p, 0] += s1
        sums[p, 1] += s2
        sums[p, 2] += s3
        sums[p, 3] += s4


@subroutine
def copy(source, target):
    """target[n] <- source[n]. As a loop: assigning one slice to another takes Numba seconds to compile."""
    for i in range(target.size):
        target[i] = source[i]


@subroutine
def reduce_mean(numbers, unit, tree, arithmetic, samples, wanted, centre, nodes, sums):
    """Means of a tile's numbers[2, tile] over every number of samples, into sums[k, 2, POWERS]."""
    source, factor, size, node = tree
    if unit > 1:
        call(arithmetic[0], (numbers, numbers.shape[1], unit, nodes[0]))
    for q in range(1, source.size):
        row = numbers if source[q] == 0 and unit == 1 else nodes[source[q]]
        call(arithmetic[0], (row, size[source[q]], factor[q], nodes[q]))
    for k in range(samples.size):
        if wanted[k]:
            row = numbers if node[k] == 0 and unit == 1 else nodes[node[k]]
            call(arithmetic[1], (row, size[node[k]], 1.0 / samples[k], centre, sums[k]))


@subroutine
def reduce_joint(numbers, unit, estimate, arithmetic, samples, wanted, centre, sums):
    """Estimates that need all their draws, by the estimator's own kernel, into sums[k, 2, POWERS]."""
    columns = numbers.shape[1] // unit
    for k in range(samples.size):
        if wanted[k]:
            replicates = columns // (samples[k] // unit)
            used = replicates * (samples[k] // unit)
            own = np.empty((numbers.shape[0], replicates * samples[k]))
            for i in range(numbers.shape[0]):
                for u in range(unit):
                    copy(numbers[i, u * columns : u * columns + used], own[i, u * used : (u + 1) * used])
            out = np.empty((2, replicates))
            call(estimate, (own, samples[k], out))
            call(arithmetic[1], (out, replicates, 1.0, centre, sums[k]))


@kernel
def run(noise, first, program, numbers, sums):
    """Strips noise[channels, strips, d, strip], of which `first` came before in the block, through a group.

    numbers[points or 1, m, width, tile] is kept between calls; sums[p, m, k, 2, POWERS] is added to.
    """
    strips, d, strip = noise.shape[1], noise.shape[2], noise.shape[3]
    tile, unit = numbers.shape[3], program.unit
    per_tile = tile // strip
    size = strip // unit
    eps = np.empty((program.channels.size, d, strip))
    x = np.empty((program.evaluations, d, strip))
    parts = [(program.evaluations, d, strip) if address else (0, 0, 0) for address in program.evaluate]
    f = Evaluation(np.empty((program.evaluations, strip)), np.empty(parts[1]), np.empty(parts[2]), np.empty(parts[3]))
    out = np.empty((program.width, strip))
    tree = (program.source, program.factor, program.size, program.node)
    arithmetic = program.arithmetic
    samples, combine, estimate = program.samples, program.combine, program.estimate
    nodes = np.empty((program.source.size, 2, tile // unit))
    for s in range(strips):
        for c in range(program.channels.size):
            for j in range(d):
                copy(noise[program.channels[c], s, j], eps[c, j])
        part = (first + s) % per_tile
        for p in range(program.mu.size):
            mu, sigma, theta = program.mu[p], program.sigma[p], program.theta[p]
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
            for m in range(combine.size):
                whole = numbers[p, m] if per_tile > 1 else numbers[0, 0]
                target = out if per_tile > 1 else whole
                call(combine[m], (eps, mu, sigma, program.estimator_theta, f, target))
                if per_tile > 1:
                    for i in range(program.width):
                        for u in range(unit):
                            start = u * (tile // unit) + part * size
                            copy(out[i, u * size : (u + 1) * size], whole[i, start : start + size])
                if part == per_tile - 1:
                    wanted, centre = program.wanted[m], program.centre[p]
                    if estimate[m]:
                        reduce_joint(whole, unit, estimate[m], arithmetic, samples, wanted, centre, sums[p, m])
                    else:
                        reduce_mean(whole, unit, tree, arithmetic, samples, wanted, centre, nodes, sums[p, m])
