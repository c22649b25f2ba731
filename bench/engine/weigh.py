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
def own_weights(program, workspace, eps, p, m):
    """workspace.own_weights <- the weights that an estimator computes itself: of the score (0) and of the path (1)."""
    y, theta, phi = workspace.x[0], program.theta[p], program.estimator_phi[p, m]
    for which in range(2):
        if program.weight[m, which] == OWN:
            out = workspace.own_weights[which, : program.own_rows[m, which]]
            call(program.own_weight[m, which], (eps, y, theta, phi, workspace.f, out))


@subroutine
def combined(program, workspace, eps, p, m, j, first, out):
    """out[k] <- or += component j's gradient by a rule of points."""
    looks, theta, phi = workspace.component, program.theta[p, j * program.several_thetas], program.estimator_phi[p, m]
    f = Component(looks.value[j], looks.slope[j], looks.curvature[j])
    call(program.combine[m], (eps, j, theta, phi, f, first, out))
    if program.adds_score:
        call(program.score, (workspace.ones, eps, j, theta, workspace.y[j], False, out))


@subroutine
def weighed(program, workspace, eps, p, m, j, first, out):
    """out[k] <- or += component j's score and path, each times its weight."""
    f, y, theta = workspace.f, workspace.x[0, j], program.theta[p, j * program.several_thetas]
    for which in range(3):
        code = program.weight[m, which]
        if code == OWN and program.own_per[m, which] == PER_PARAMETER:
            for i in range(out.shape[0]):
                call(
                    program.weighs[which], (workspace.own_weights[which, i], eps, j, theta, y, True, workspace.scratch)
                )
                if first:
                    copy(workspace.scratch[i], out[i])
                else:
                    add(workspace.scratch[i], out[i])
            first = False
        elif code != NONE:
            # One call for all: each would be compiled into the loop again.
            row = workspace.ones
            if code == VALUE:
                row = f.value[0]
            elif code == TERMS:
                row = f.terms[0, j]
            elif code == SLOPE:
                row = f.slope[0, j]
            elif code == OWN:
                row = workspace.own_weights[which, j if program.own_per[m, which] == PER_COMPONENT else 0]
            call(program.weighs[which], (row, eps, j, theta, y, first, out))
            first = False
