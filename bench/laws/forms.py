"""Laws of a form of f: terms, slopes and curvatures are those of the value, and each draw's are its own.

Each takes a case: a form of f with its data and phi, in a family that draws the points where it is looked at.
"""

from dataclasses import replace

import numpy as np

from bench.engine import apply
from bench.engine.case import Case
from bench.engine.pilot import draws
from bench.laws.calculus import differences
from bench.laws.finding import Finding, against, largest, worst
from bench.laws.unbiased import rows_of
from bench.oracle import gradients
from bench.spec import Floats
from bench.statistics.moments import quiet

DRAWS = 48  # points at which f is looked at
STEP = 1e-3
ROUND_OFF = 4 * np.finfo(float).eps
EXACT = 1e-6  # relative, of a closed form beside an integral
MOST_COMPONENTS = 8  # that are moved one by one
MOST_KINKED = 0.25  # of the points may lie beside a kink


def looked_up(case: Case, name: str, y: Floats) -> Floats:
    """A field of f at y[d, draws]: [draws] of the value, else [d, draws]."""
    closed = replace(case, cell=replace(case.cell, entropy=None))
    field_of_f: Floats = getattr(apply.evaluated(closed, np.ascontiguousarray(y), [name]), name)[0]
    return field_of_f


def points(case: Case) -> Floats:
    """y[d, DRAWS] that the family draws."""
    return apply.transported(case, draws(case, DRAWS))


def is_finite_somewhere(case: Case) -> bool:
    """Whether f is finite at one of the points."""
    return bool(np.isfinite(looked_up(case, "value", points(case))).any())


def components(y: Floats) -> list[int]:
    """Components of y[d, draws] that are tried one by one: all, or some from the first to the last."""
    return sorted({*np.linspace(0, len(y) - 1, min(len(y), MOST_COMPONENTS)).astype(int).tolist()})


@quiet
def _derivative(case: Case, name: str, of: str, j: int, y: Floats) -> Finding | None:
    """Row j of a derivative against differences of what it is the derivative of, in most points: some may be kinks."""
    unit = np.zeros((len(y), 1))
    unit[j] = 1.0
    size = STEP * (1 + abs(y[j]))

    def moved(t: Floats) -> Floats:
        values = looked_up(case, of, y + t * unit)
        return values if of == "value" else values[j]

    computed = differences(moved, size, ROUND_OFF)
    ours = looked_up(case, name, y)[j]
    allowed = 8 * computed.error + 1e-9 * (abs(computed.value) + abs(ours))
    finite = np.isfinite(computed.value)
    wrong = finite & ~(abs(ours - computed.value) <= allowed)
    if wrong.sum() <= MOST_KINKED * finite.sum():
        return None
    place = f"{name} of component {j} against differences of {of}"
    return against(ours[wrong], computed.value[wrong], allowed[wrong], place)


def slope_of_value(case: Case) -> Finding | None:
    """df/dy_j against differences of the value."""
    y = points(case)
    return worst([_derivative(case, "slope", "value", j, y) for j in components(y)])


def curvature_of_slope(case: Case) -> Finding | None:
    """d2f/dy_j2 against differences of the slope, or twice of the value."""
    y = points(case)
    return worst([_derivative(case, "curvature", "slope", j, y) for j in components(y)])


@quiet
def terms_of_value(case: Case) -> Finding | None:
    """Terms f_j add up to f where that is finite, and where y_j alone moves, no term but f_j does."""
    y = points(case)
    y = np.ascontiguousarray(y[:, np.isfinite(looked_up(case, "value", y))])
    terms, value = looked_up(case, "terms", y), looked_up(case, "value", y)
    # a sum of many data cancels as much as its parts are large
    size = abs(terms).sum(axis=0) + abs(value)
    findings = [against(terms.sum(axis=0), value, 1e-10 * size, "sum of the terms, beside the value")]
    for j in components(y):
        moved = y.copy()
        moved[j] = y[j, ::-1]
        others = np.arange(len(y)) != j
        place = f"a term of another component than {j}, whose y moves"
        after = looked_up(case, "terms", moved)
        findings.append(against(after[others], terms[others], 1e-10 * largest(size), place))
    return worst(findings)


def draws_alone(case: Case) -> Finding | None:
    """A draw's value, terms and derivatives are its own: other draws beside it, or another order, change nothing."""
    y = points(case)
    order = np.random.Generator(np.random.SFC64(10)).permutation(DRAWS)[: DRAWS // 2]
    findings = []
    for name in ("value", "terms", "slope", "curvature"):
        if getattr(case.form, name) is not None:
            among, alone = looked_up(case, name, y)[..., order], looked_up(case, name, y[:, order])
            allowed = 1e-10 * largest(among)
            findings.append(against(alone, among, allowed, f"{name} of a draw, other draws beside it"))
    return worst(findings)


def forms_agree(case: Case) -> Finding | None:
    """The collapsed form gives what the direct one gives."""
    y, findings = points(case), []
    forms = case.objective.forms[case.cell.latent]
    direct, collapsed = (replace(case, form=forms[name]) for name in ("direct", "collapsed"))
    for name in ("value", "terms", "slope", "curvature"):
        if getattr(direct.form, name) is not None and getattr(collapsed.form, name) is not None:
            expected = looked_up(direct, name, y)
            allowed = 1e-10 * largest(expected)
            findings.append(against(looked_up(collapsed, name, y), expected, allowed, f"{name}, collapsed"))
    return worst(findings)


def mean_over_batches(case: Case) -> Finding | None:
    """The mean over batches of f and its derivatives is what they are of all data."""
    y, findings = points(case), []
    for name in ("value", "slope", "curvature"):
        if getattr(case.form, name) is not None:
            of_batches = np.array([looked_up(of_one, name, y) for of_one in case.batches])
            of_all = looked_up(case.full, name, y)
            size = abs(of_batches).mean(axis=0) + abs(of_all)
            findings.append(against(of_batches.mean(axis=0), of_all, 1e-10 * size, f"mean over batches of the {name}"))
    return worst(findings)


def batch_alone_is_read(case: Case) -> Finding | None:
    """Of the number that tells the batch nothing is read but the batch."""
    y, findings, width = points(case), [], 1 / len(case.batches)
    for of_one in (case.batches[0], case.batches[-1]):
        assert of_one.batch is not None
        for place in (-0.49, 0.49):
            elsewhere = replace(of_one, batch=of_one.batch + place * width)
            there, here = (looked_up(batch, "value", y) for batch in (elsewhere, of_one))
            findings.append(against(there, here, 1e-10 * largest(here), "value, elsewhere in the batch's part"))
    return worst(findings)


def quadratic_as_declared(case: Case) -> Finding | None:
    """The value is the form (y - c)'A(y - c) / 2 + b that `quadratic` declares."""
    assert case.objective.quadratic is not None
    y, (matrix, centre, constant) = points(case), case.objective.quadratic(case.data, case.cell.objective.phi)
    z = y - np.asarray(centre)[:, np.newaxis]
    expected = np.einsum("id,ij,jd->d", z, matrix, z) / 2 + constant
    allowed = 1e-10 * largest(np.einsum("id,ij,jd->d", abs(z), abs(matrix), abs(z)))
    return against(looked_up(case, "value", y), expected, allowed, "value, beside the declared form")


def closed_form(case: Case, integrated: Floats) -> Finding | None:
    """`exact` gives the gradient that the integral of f times the score gives."""
    claimed = gradients.exact_gradient(case)
    assert claimed is not None
    allowed = EXACT * (abs(integrated) + largest(integrated)) + 1e-9
    return against(claimed, integrated, allowed, f"closed form exact[{case.family.name}]", rows_of(case))
