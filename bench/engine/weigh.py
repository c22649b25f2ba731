"""From f to the contributions of single draws: weights times the family's score and path, or a rule's own gradient."""

from bench.engine.looks import add
from bench.engine.reduce import copy
from bench.kernels.calls import call
from bench.kernels.jit import subroutine
from bench.spec import Component

# What a weight is: a field of Derivatives, the rule's own, 1, or nothing.
VALUE, TERMS, SLOPE, OWN, ONES, NONE = 0, 1, 2, 3, 4, -1
PER_DRAW, PER_PARAMETER, PER_COMPONENT = 0, 1, 2  # how many rows an own weight has


@subroutine
def from_points(program, workspace, eps, p, m, target):
    """target[rows] <- what a rule of points makes of each component."""
    phi, k, looks, untied = program.estimator_phi[p, m], program.parameters, workspace.component, program.untied
    for j in range(workspace.x.shape[1]):
        out = target[j * k : (j + 1) * k] if untied else target[:k]
        theta, f = (
            program.theta[p, j * program.own_theta],
            Component(looks.value[j], looks.slope[j], looks.curvature[j]),
        )
        call(program.combine[m], (eps, j, theta, phi, f, untied or j == 0, out))
        if program.adds_score:
            call(program.score, (workspace.ones, eps, j, theta, workspace.y[j], False, out))


@subroutine
def own_weight(program, workspace, eps, p, m, which):
    """workspace.own[which] <- a weight that the estimator computes itself: of the score (0) or of the path (1)."""
    rows = program.own_rows[m, which]
    out = workspace.own[which, :rows]
    y, theta, phi = workspace.x[0], program.theta[p], program.estimator_phi[p, m]
    call(program.own_weight[m, which], (eps, y, theta, phi, workspace.f, out))


@subroutine
def from_weights(program, workspace, eps, p, m, target):
    """target[rows] <- weight * score + weight * path, added up over components where they are tied.

    With weights from all draws of an estimate, target[0] is f, which they are made of, and the scores weigh 1.
    """
    f, k, untied, base = workspace.f, program.parameters, program.untied, 1 if program.joint[m] else 0
    if base:
        copy(f.value[0], target[0])
    for which in range(2):
        if program.weight[m, which] == OWN:
            own_weight(program, workspace, eps, p, m, which)
    for j in range(workspace.x.shape[1]):
        begin = base + (j * k if untied else 0)
        out, y, theta, first = (
            target[begin : begin + k],
            workspace.x[0, j],
            program.theta[p, j * program.own_theta],
            untied or j == 0,
        )
        for which in range(3):
            code = program.weight[m, which]
            if code == OWN and program.own_per[m, which] == PER_PARAMETER:
                by_parameter(
                    program.weighs[which], workspace.own[which], eps, j, theta, y, first, workspace.scratch, out
                )
                first = False
            elif code != NONE:
                own_row = j if code == OWN and program.own_per[m, which] == PER_COMPONENT else 0
                row = (
                    f.value[0]
                    if code == VALUE
                    else f.terms[0, j]
                    if code == TERMS
                    else f.slope[0, j]
                    if code == SLOPE
                    else workspace.own[which, own_row]
                    if code == OWN
                    else workspace.ones
                )
                call(program.weighs[which], (row, eps, j, theta, y, first, out))
                first = False


@subroutine
def by_parameter(weighs, own, eps, j, theta, y, first, scratch, out):
    """out[i] <- or += own[i] * the i-th score or path: a weight for each parameter."""
    for i in range(out.shape[0]):
        call(weighs, (own[i], eps, j, theta, y, True, scratch))
        if first:
            copy(scratch[i], out[i])
        else:
            add(scratch[i], out[i])
