"""The loop of a descent: steps of all replicates of a block, without Python between.

An estimate is made as in a sweep, by the same kernels, one call a replicate and step; its draws are averaged here.
"""

import math
from functools import partial

from bench.descent.optimisers import FIRST, SECOND, SMALL
from bench.engine.looks import add, fields, look
from bench.engine.reduce import copy
from bench.engine.weigh import combined_or_weighed, own_weights, weighed
from bench.kernels.calls import call
from bench.kernels.jit import kernel, subroutine


@subroutine
def selected(noise, program, eps):
    """eps[r, c, d, draws] <- the channels of noise[r, channels, d, draws] that the learner reads."""
    for r in range(eps.shape[0]):
        for c in range(eps.shape[1]):
            for j in range(eps.shape[2]):
                copy(noise[r, program.channels[c], j], eps[r, c, j])


@partial(kernel, _nrt=False)
def contribute(eps, program, workspace, left, out):
    """out[r, rows, draws] <- what each draw contributes, by theta; before them a row of weights made of all draws.

    Of each replicate that is not given up, one after the other, from its noise eps[r, c, d, draws].
    """
    k = program.parameters
    for r in range(left.size):
        if left[r] >= 0:
            continue
        look(program, workspace, eps[r], r)
        own_weights(program, workspace, eps[r], r, 0)
        for j in range(workspace.y.shape[0]):
            begin = 1 + (j * k if program.untied else 0)
            first = program.untied or j == 0
            combined_or_weighed(program, workspace, eps[r], r, 0, j, first, out[r, begin : begin + k])
        if program.joint[0]:
            call(program.joint[0], (workspace.f.value[0], out.shape[2], out[r, 0]))


@partial(kernel, _nrt=False)
def contribute_together(eps, program, workspace, left, out):
    """The same where f, or its fields, are all that weighs: f is looked at once for the draws of all replicates."""
    k, draws, f, terms = program.parameters, out.shape[2], workspace.f, program.terms
    x, d, several = workspace.x, workspace.y.shape[0], program.several_thetas
    for r in range(left.size):
        if left[r] < 0:
            for j in range(d):
                y = x[0, j, r * draws : (r + 1) * draws]
                call(program.transport, (eps[r], j, program.theta[r, j * several], y))
            if x.shape[1] > d:
                copy(eps[r, eps.shape[1] - 1, 0], x[0, d, r * draws : (r + 1) * draws])
    fields(program, workspace, 0, 0)
    for r in range(left.size):
        if left[r] >= 0:
            continue
        begin, end = r * draws, (r + 1) * draws
        for j in range(d):
            y, theta = x[0, j, begin:end], program.theta[r, j * several]
            if program.log_density:
                log_q = workspace.log_q[:draws]
                if program.evaluate[0] or program.evaluate[1]:
                    call(program.log_density, (y, theta, log_q))
                if program.evaluate[0]:
                    add(log_q, f.value[0, begin:end])
                if program.evaluate[1]:
                    add(log_q, f.terms[0, j, begin:end])
                if program.evaluate[2]:
                    call(program.log_density_slope, (y, theta, log_q))
                    add(log_q, f.slope[0, j, begin:end])
        for j in range(d):
            y, theta = x[0, j, begin:end], program.theta[r, j * several]
            row, first = 1 + (j * k if program.untied else 0), program.untied or j == 0
            for t in range(terms.count[0]):
                weight = workspace.rows[terms.row[0, t] + j * terms.step[0, t], begin:end]
                call(terms.kernel[0, t], (weight, eps[r], j, theta, y, first, out[r, row : row + k]))
                first = False
        if program.joint[0]:
            call(program.joint[0], (f.value[0, begin:end], draws, out[r, 0]))


@subroutine
def contributions_of(noise, steps, program, workspace, state, space):
    """contributions[r, rows, draws] <- those of all replicates, whichever way."""
    eps = noise
    if space.eps.size:
        eps = space.eps
        selected(noise, program, eps)
    if steps.together:
        contribute_together(eps, program, workspace, state.left, space.contributions)
    else:
        contribute(eps, program, workspace, state.left, space.contributions)


@subroutine
def average(steps, program, state, contributions, r):
    """gradient[rows] <- the mean over draws, and the constant of a closed entropy, by the free numbers."""
    gradient, k, draws = state.gradient, program.parameters, contributions.shape[2]
    weights, added = contributions[r, 0], 1.0 if program.adds_score else 0.0
    for i in range(gradient.size):
        row, total = contributions[r, i + 1], 0.0
        if program.joint[0]:
            for s in range(draws):
                total += (weights[s] + added) * row[s]
        else:
            for s in range(draws):
                total += row[s]
        gradient[i] = total / draws
    for c in range(state.theta.shape[1]):
        if steps.entropy_gradient:
            call(steps.entropy_gradient, (state.theta[r, c], state.constant))
        for p in range(k):
            if steps.entropy_gradient:
                gradient[c * k + p] -= state.constant[p] * (1 if program.untied else steps.components)
            gradient[c * k + p] *= state.rate[r, c, p]


@subroutine
def settle(steps, program, state, r, step):
    """theta[r] and its tables <- what follows from the free numbers; left[r] <- step where it has left its domain."""
    for c in range(state.theta.shape[1]):
        theta = state.theta[r, c]
        call(steps.link, (state.free[r, c], steps.links, steps.low, steps.high, theta, state.rate[r, c]))
        for p in range(theta.size):
            if not (steps.low[p] < theta[p] < steps.high[p] and math.isfinite(theta[p])):
                state.left[r] = step
    if state.left[r] < 0:
        for c in range(state.theta.shape[1]):
            if steps.tabulate:
                call(steps.tabulate, (state.theta[r, c], program.theta[r, c]))
            else:
                copy(state.theta[r, c], program.theta[r, c])


@subroutine
def move(steps, state, r, t):
    """One step of the optimiser."""
    k, rate = state.theta.shape[2], steps.rates[t]
    for c in range(state.theta.shape[1]):
        for p in range(k):
            g = state.gradient[c * k + p]
            if steps.adam:
                m = FIRST * state.moments[0, r, c, p] + (1.0 - FIRST) * g
                v = SECOND * state.moments[1, r, c, p] + (1.0 - SECOND) * (g * g)
                state.moments[0, r, c, p], state.moments[1, r, c, p] = m, v
                g = (m / steps.corrections[t, 0]) / (math.sqrt(v / steps.corrections[t, 1]) + SMALL)
            state.free[r, c, p] -= rate * g


@partial(kernel, _nrt=False)
def arrive(steps, program, state):
    """theta and its tables <- what follows from the free numbers, for replicates that are not given up."""
    for r in range(state.left.size):
        if state.left[r] < 0:
            settle(steps, program, state, r, 0)


@partial(kernel, _nrt=False)
def advance(noise, first, steps, program, workspace, state, space, record):
    """Take a step for each of noise[steps, r, channels, d, draws]; record[slot, r, c, k] theta."""
    for s in range(noise.shape[0]):
        t = first + s
        slot = steps.slots[t + 1]
        contributions_of(noise[s], steps, program, workspace, state, space)
        for r in range(state.left.size):
            if state.left[r] < 0:
                average(steps, program, state, space.contributions, r)
                move(steps, state, r, t)
                settle(steps, program, state, r, t + 1)
            if slot >= 0:
                for c in range(state.theta.shape[1]):
                    for p in range(state.theta.shape[2]):
                        record[slot, r, c, p] = state.theta[r, c, p] if state.left[r] < 0 else math.nan


@partial(kernel, _nrt=False)
def repeat(noise, steps, program, workspace, state, space, out):
    """out[repeats, r, rows] <- estimates by the free numbers where each replicate is, from noise[repeats, ...]."""
    for s in range(noise.shape[0]):
        contributions_of(noise[s], steps, program, workspace, state, space)
        for r in range(state.left.size):
            if state.left[r] < 0:
                average(steps, program, state, space.contributions, r)
            for i in range(out.shape[2]):
                out[s, r, i] = state.gradient[i] if state.left[r] < 0 else math.nan


@partial(kernel, _nrt=False)
def integrate(eps, weights, program, member, workspace, out):
    """out[theta, 1 + d * k] <- the sums of weights[d or 1, m] times f, and times what a member makes of eps[c, d, m].

    Where f is a sum over components, each has its term and weights of its own.
    """
    terms, k, separate = workspace.f.terms, program.parameters, workspace.f.terms.size > 0
    for r in range(out.shape[0]):
        look(program, workspace, eps, r)
        out[r, 0] = 0.0
        for j in range(workspace.y.shape[0]):
            f, weight = terms[0, j] if separate else workspace.f.value[0], weights[j if separate else 0]
            weighed(program, workspace, eps, r, member, j, True, workspace.scratch)
            for p in range(k):
                total = 0.0
                for i in range(weight.size):
                    total += weight[i] * workspace.scratch[p, i]
                out[r, 1 + j * k + p] = total
            if separate or j == 0:
                for i in range(weight.size):
                    out[r, 0] += weight[i] * f[i]
