"""From f to the contributions of single draws: weights times the family's score and path, or a rule's own gradient."""

from bench.engine.looks import add
from bench.engine.reduce import copy
from bench.kernels.calls import call
from bench.kernels.jit import subroutine
from bench.spec import Component

VALUE, TERMS, SLOPE, OWN, NONE = 0, 1, 2, 3, -1  # what a weight is: a field of Derivatives, the rule's own, or nothing
PER_DRAW, PER_PARAMETER, PER_COMPONENT = 0, 1, 2  # how many rows an own weight has


@subroutine
def from_points(program, workspace, eps, p, m, target):
    """target[rows] <- what a rule of points makes of each component."""
    phi, k, looks, untied = program.estimator_phi[p, m], program.parameters, workspace.component, program.untied
    for j in range(workspace.x.shape[1]):
        out = target[j * k : (j + 1) * k] if untied else target[:k]
        theta, f = program.theta[p, j * program.own_theta], Component(looks.value[j], looks.slope[j], looks.curvature[j])
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
def weighed(program, workspace, eps, p, m, which, kernel, j, first, out):
    """out[k] <- or += weight * score or path of component j, by its kernel."""
    f, y, own, per = workspace.f, workspace.x[0, j], workspace.own[which], program.own_per[m, which]
    code, theta = program.weight[m, which], program.theta[p, j * program.own_theta]
    if code == VALUE:
        call(kernel, (f.value[0], eps, j, theta, y, first, out))
    elif code == TERMS:
        call(kernel, (f.terms[0, j], eps, j, theta, y, first, out))
    elif code == SLOPE:
        call(kernel, (f.slope[0, j], eps, j, theta, y, first, out))
    elif code == OWN and per == PER_PARAMETER:
        for i in range(program.parameters):
            call(kernel, (own[i], eps, j, theta, y, True, workspace.scratch))
            if first:
                copy(workspace.scratch[i], out[i])
            else:
                add(workspace.scratch[i], out[i])
    elif code == OWN:
        call(kernel, (own[j if per == PER_COMPONENT else 0], eps, j, theta, y, first, out))


@subroutine
def from_weights(program, workspace, eps, p, m, target):
    """target[rows] <- weight * score + weight * path, added up over components where they are tied.

    With weights from all draws of an estimate, target[0] is f, which they are made of, and the scores weigh 1.
    """
    k, untied, joint = program.parameters, program.untied, program.joint[m] != 0
    if joint:
        copy(workspace.f.value[0], target[0])
    for which in range(2):
        if program.weight[m, which] == OWN:
            own_weight(program, workspace, eps, p, m, which)
    for j in range(workspace.x.shape[1]):
        begin = (1 if joint else 0) + (j * k if untied else 0)
        out, first = target[begin : begin + k], untied or j == 0
        if joint:
            call(program.score, (workspace.ones, eps, j, program.theta[p, j * program.own_theta], workspace.x[0, j], first, out))
        else:
            weighed(program, workspace, eps, p, m, 0, program.score, j, first, out)
            first = first and program.weight[m, 0] == NONE
            weighed(program, workspace, eps, p, m, 1, program.path, j, first, out)
            if program.adds_score:
                call(program.score, (workspace.ones, eps, j, program.theta[p, j * program.own_theta], workspace.x[0, j], False, out))
