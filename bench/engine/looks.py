"""f and its derivatives where a subgrid's estimators look: at y, or at points of a rule of their own."""

from bench.engine.reduce import copy
from bench.kernels.calls import call
from bench.kernels.jit import part, subroutine


@part
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
def add_log_density_at_points(program, workspace, eps, p):
    """What component_of has laid out of component j += log q of its points."""
    looks, moved, phi = workspace.component, workspace.moved, program.estimator_phi[p, 0]
    for j in range(workspace.y.shape[0]):
        theta = program.theta[p, j * program.several_thetas]
        call(program.place, (eps, j, theta, phi, moved))
        for e in range(moved.shape[0]):
            call(program.log_density, (moved[e], theta, workspace.log_q))
            for i in range(looks.value.shape[0]) if program.at_once else range(j, j + 1):
                add(workspace.log_q, looks.value[i, e])
            if program.evaluate[2]:
                call(program.log_density_slope, (moved[e], theta, workspace.log_q))
                add(workspace.log_q, looks.slope[j, e])


@subroutine
def look(program, workspace, eps, p):
    """f at y or, where a rule has points of its own, at these; for rules of points, component by component.

    It is asked for all components at once where f is a sum over them, or where the rule moves them so; else the points
    of one component after the other are put into y.
    """
    x, y, moved, places = workspace.x, workspace.y, workspace.moved, program.place != 0
    d, looks = y.shape[0], moved.shape[0] if places else 1
    together = not places or d == 1 or program.evaluate[1] != 0 or program.at_once
    for j in range(d if program.transport else 0):
        if program.moves[p]:
            call(program.transport, (eps, j, program.theta[p, j * program.several_thetas], y[j]))
        if places:
            copy(y[j], x[0, j])
    add_batch(workspace, eps)
    for start in range(1 if together else d):
        end = d if together else start + 1
        for j in range(start, end if places else start):
            theta, phi = program.theta[p, j * program.several_thetas], program.estimator_phi[p, 0]
            call(program.place, (eps, j, theta, phi, moved))
            for e in range(looks if together else 0):
                copy(moved[e], x[e, j])
        for e in range(looks):
            at = e if together else 0
            if not together:
                copy(moved[e], x[at, start])
            fields(program, workspace, p, at)
            if program.log_density and not places:
                add_log_density(program, workspace, p)
            for j in range(start, end if program.points else start):
                component_of(program, workspace, j, at, e)
        if not together:
            copy(y[start], x[0, start])
    if program.log_density and places:
        add_log_density_at_points(program, workspace, eps, p)
