"""From f to the contributions of single draws: weights times the family's score and path, or a rule's own gradient."""

from numba import types

from bench.kernels.calls import call, floats
from bench.kernels.jit import kernel, subroutine
from bench.spec import Component

_1, _2, _3 = floats(1), floats(2), floats(3)
ADD_UP = types.void(_2, _2)
BY_PARAMETER = types.void(types.int64, _1, _2, _3, types.int64, _1, _1, types.boolean, _2, _2)
ADD_CONSTANT = types.void(_1, _2)


@subroutine
def own_weights(program, workspace, eps, p, m):
    """Their rows of the buffer <- the weights that an estimator computes itself."""
    terms = program.terms
    for t in range(terms.count[m]):
        if terms.weight[m, t]:
            out = workspace.rows[terms.row[m, t] : terms.row[m, t] + terms.rows[m, t]]
            y, theta, phi = workspace.y, program.theta[p], program.estimator_phi[p, m]
            call(terms.weight[m, t], (eps, y, theta, phi, workspace.f, out))


@subroutine
def combined(program, workspace, eps, p, m, j, first, out):
    """out[k] <- or += component j's gradient by a rule of points."""
    looks, theta, phi = workspace.component, program.theta[p, j * program.several_thetas], program.estimator_phi[p, m]
    f = Component(looks.value[j], looks.slope[j], looks.curvature[j])
    call(program.combine[m], (eps, j, theta, phi, f, first, out))
    if program.adds_score:
        call(program.score, (workspace.rows[0], eps, j, theta, workspace.y[j], False, out))


@kernel
def weigh_by_parameter(weigh, ones, rows, eps, j, theta, y, first, scratch, out):
    """out[k] <- or += component j's score or path, each parameter's times its own row of weights[k]."""
    call(weigh, (ones, eps, j, theta, y, True, scratch))
    for p in range(out.shape[0]):
        weight, plain, total = rows[p], scratch[p], out[p]
        if first:
            for i in range(total.size):
                total[i] = weight[i] * plain[i]
        else:
            for i in range(total.size):
                total[i] += weight[i] * plain[i]


@kernel
def add_constant(constant, out):
    """out[k] += constant[k], to every draw."""
    for p in range(out.shape[0]):
        for i in range(out.shape[1]):
            out[p, i] += constant[p]


@kernel
def add_up(weights, rows):
    """rows[k + c] <- sum over p of weights[c, p] * rows[p]: combinations of gradients by the k parameters."""
    k = weights.shape[1]
    for c in range(weights.shape[0]):
        for i in range(rows.shape[1]):
            rows[k + c, i] = weights[c, 0] * rows[0, i]
        for p in range(1, k):
            for i in range(rows.shape[1]):
                rows[k + c, i] += weights[c, p] * rows[p, i]


@subroutine
def weighed(program, workspace, eps, p, m, j, first, out):
    """out[k] <- or += component j's score and path, each times its weight, and the constant of a control variate."""
    terms, y, theta = program.terms, workspace.y[j], program.theta[p, j * program.several_thetas]
    for t in range(terms.count[m]):
        row = terms.row[m, t] + j * terms.step[m, t]
        if terms.per_parameter[m, t]:
            rows = workspace.rows[row : row + out.shape[0]]
            arguments = (workspace.rows[0], rows, eps, j, theta, y, first, workspace.scratch, out)
            call(program.weigh_by_parameter, (terms.kernel[m, t], *arguments))
        else:
            call(terms.kernel[m, t], (workspace.rows[row], eps, j, theta, y, first, out))
        first = False
    if program.constant[m]:
        call(program.moments, (theta, workspace.moments))
        call(program.constant[m], (workspace.moments, j, program.estimator_phi[p, m], workspace.constant))
        call(program.add_constant, (workspace.constant, out))


@subroutine
def combined_or_weighed(program, workspace, eps, p, m, j, first, out):
    """out[k] <- or += component j's gradient, whichever rule the member has."""
    if program.combine[m]:
        combined(program, workspace, eps, p, m, j, first, out)
    else:
        weighed(program, workspace, eps, p, m, j, first, out)
