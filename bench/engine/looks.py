"""f and its derivatives where a subgrid's estimators look: at y, or at points of a rule of their own."""

from bench.engine.reduce import copy
from bench.kernels.calls import call
from bench.kernels.jit import subroutine


@subroutine
def add(source, target):
    """target[n] += source[n]."""
    for i in range(target.size):
        target[i] += source[i]


@subroutine
def add_batch(workspace, eps):
    """The row behind the components where f is evaluated <- the batch, which the last channel tells."""
    x, d = workspace.x, workspace.y.shape[0]
    if x.shape[1] > d:
        for e in range(x.shape[0]):
            copy(eps[eps.shape[0] - 1, 0], x[e, d])


@subroutine
def look_at_y(program, workspace, eps, p):
    """f at y, for weights."""
    y = workspace.y
    if program.moves[p]:
        for j in range(y.shape[0]):
            call(program.transport, (eps, j, program.theta[p, j * program.several_thetas], y[j]))
    add_batch(workspace, eps)
    fields(program, workspace, p, 0)
    if program.log_density:
        add_log_density(program, workspace, p)


@subroutine
def fields(program, workspace, p, e):
    """f.value, terms, slope and curvature at x[e], as far as they are needed."""
    y, f = workspace.x[e], workspace.f
    phi = program.phi[program.phi_range[p, 0] : program.phi_range[p, 1]]
    data = program.data[program.data_range[p, 0] : program.data_range[p, 1]]
    if program.evaluate[0]:
        call(program.evaluate[0], (y, data, phi, f.value[e]))
    if program.evaluate[1]:
        call(program.evaluate[1], (y, data, phi, f.terms[e]))
    if program.evaluate[2]:
        call(program.evaluate[2], (y, data, phi, f.slope[e]))
    if program.evaluate[3]:
        call(program.evaluate[3], (y, data, phi, f.curvature[e]))


@subroutine
def add_log_density(program, workspace, p):
    """f += log q(y; theta), theta held fixed: its value, terms and slopes."""
    y, f, log_q = workspace.y, workspace.f, workspace.log_q
    for j in range(y.shape[0]):
        theta = program.theta[p, j * program.several_thetas]
        if program.evaluate[0] or program.evaluate[1]:
            call(program.log_density, (y[j], theta, log_q))
        if program.evaluate[0]:
            add(log_q, f.value[0])
        if program.evaluate[1]:
            add(log_q, f.terms[0, j])
        if program.evaluate[2]:
            call(program.log_density_slope, (y[j], theta, log_q))
            add(log_q, f.slope[0, j])


@subroutine
def component_of(program, workspace, j, source, e):
    """What a rule of points reads of component j at its evaluation point e, out of f at x[source]."""
    f, looks = workspace.f, workspace.component
    if program.evaluate[1]:
        copy(f.terms[source, j], looks.value[j, e])
    elif program.evaluate[0]:
        copy(f.value[source], looks.value[j, e])
    if program.evaluate[2]:
        copy(f.slope[source, j], looks.slope[j, e])
    if program.evaluate[3]:
        copy(f.curvature[source, j], looks.curvature[j, e])


@subroutine
def look_at_points(program, workspace, eps, p):
    """f at the points of a rule: of all components at once where f is a sum over them, or where the rule moves them so.

    Else of one component after the other.
    """
    x, y, looks, moved = workspace.x, workspace.y, workspace.component, workspace.moved
    phi = program.estimator_phi[p, 0]
    d = y.shape[0]
    together = d == 1 or program.evaluate[1] != 0 or program.at_once
    add_batch(workspace, eps)
    if program.transport:
        for j in range(d):
            call(program.transport, (eps, j, program.theta[p, j * program.several_thetas], y[j]))
            copy(y[j], x[0, j])
    for j in range(d):
        theta = program.theta[p, j * program.several_thetas]
        call(program.place, (eps, j, theta, phi, moved))
        for e in range(moved.shape[0]):
            copy(moved[e], x[e if together else 0, j])
            if not together:
                fields(program, workspace, p, 0)
                component_of(program, workspace, j, 0, e)
        if not together:
            copy(y[j], x[0, j])
    if together:
        for e in range(moved.shape[0]):
            fields(program, workspace, p, e)
            for j in range(d):
                component_of(program, workspace, j, e, e)
    if program.log_density:
        for j in range(d):
            theta = program.theta[p, j * program.several_thetas]
            call(program.place, (eps, j, theta, phi, moved))
            for e in range(moved.shape[0]):
                call(program.log_density, (moved[e], theta, workspace.log_q))
                for i in range(d) if program.at_once else range(j, j + 1):
                    add(workspace.log_q, looks.value[i, e])
                if program.evaluate[2]:
                    call(program.log_density_slope, (moved[e], theta, workspace.log_q))
                    add(workspace.log_q, looks.slope[j, e])


@subroutine
def look_for_points(program, workspace, eps, p):
    """f where rules of points look, if there are any; at y it is laid out for them component by component."""
    if program.place:
        look_at_points(program, workspace, eps, p)
    else:
        look_at_y(program, workspace, eps, p)
        for j in range(workspace.y.shape[0] if program.points else 0):
            component_of(program, workspace, j, 0, 0)
