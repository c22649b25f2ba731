"""Laws of kernels: compiled equals interpreted, inputs stay as they are, constants give zero, forms agree."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bench.oracle import apply
from bench.oracle.apply import Case
from bench.plan.streams import channels_of
from bench.spec import Derivatives, Floats
from tests.support.cases import DATA, EVERYTHING, MU, SIGMA, cases, title

DRAWS = 12
EPSILON = np.finfo(float).eps
EVERY = [*cases(dimension=1), *cases(dimension=3)]


def noise(case: Case) -> Floats:
    generator = np.random.Generator(np.random.SFC64(7))
    shape = (len(channels_of(case.estimator)), case.cell.dimension, case.sampler.coupled, DRAWS // case.sampler.coupled)
    eps = np.empty(shape)
    for channel, row in zip(channels_of(case.estimator), eps, strict=True):
        case.sampler.fill(generator, channel, row)
    return eps.reshape(*shape[:2], DRAWS)


def interpreted(case: Case) -> Case:
    """The same case with every kernel replaced by the Python it was written as."""

    def plain(kernel: Any) -> Any:
        return getattr(kernel, "py_func", kernel)

    estimator = replace(
        case.estimator,
        place=plain(case.estimator.place),
        combine=plain(case.estimator.combine),
        estimate=plain(case.estimator.estimate),
    )
    return replace(case, estimator=estimator, form=case.form._make(plain(kernel) for kernel in case.form))


def numbers(case: Case, eps: Floats) -> tuple[Derivatives, Floats, Floats | None]:
    """Everything a case computes from noise: f, its numbers a draw, and estimates of 4 draws where it makes them."""
    f = apply.evaluate(case, eps)
    each = apply.combine(case, eps, f)
    if case.estimator.estimate is None:
        return f, each, None
    out = np.empty((2, DRAWS // 4))
    case.estimator.estimate(each, 4, out)
    return f, each, out


def frozen(array: Floats) -> Floats:
    array = array.copy()
    array.flags.writeable = False
    return array


@pytest.mark.parametrize("case", EVERY, ids=title)
def test_compiled_equals_interpreted_and_reads_only(case: Case) -> None:
    eps = noise(case)
    before = eps.copy()
    compiled = numbers(case, eps)
    plain = replace(interpreted(case), data=frozen(case.data))
    reference = numbers(plain, frozen(eps))  # writing to an input would raise
    assert np.array_equal(eps, before)
    for one, other in zip([*compiled[0], *compiled[1:]], [*reference[0], *reference[1:]], strict=True):
        if one is not None and other is not None:
            size = float(np.max(abs(other), initial=0.0))
            np.testing.assert_allclose(one, other, rtol=0, atol=64 * EPSILON * size)


@pytest.mark.parametrize("case", EVERY, ids=title)
def test_a_constant_has_no_gradient(case: Case) -> None:
    """f = 1: zero for every draw where only derivatives or differences are read, zero in the mean otherwise."""
    eps = noise(case)
    shape = (case.estimator.evaluations, case.cell.dimension, DRAWS)
    f = Derivatives(np.ones((shape[0], DRAWS)), np.ones(shape), np.zeros(shape), np.zeros(shape))
    each = apply.combine(case, eps, f)
    if case.estimator.estimate is not None:
        out = np.empty((2, DRAWS // 4))
        case.estimator.estimate(each, 4, out)
        assert np.max(abs(out)) < 16 * EPSILON
    elif case.estimator.evaluations > 1 or not {"value", "terms"} & set(case.estimator.needs):
        assert np.all(each[:2] == 0)
    else:
        points, weights = channels_of(case.estimator)[0].rule(8)
        for p in (0, 1):  # the mean of a score is zero: integrate it in one component, the others at zero
            grid = np.zeros((1, case.cell.dimension, 8))
            grid[0, 0] = points
            ones = Derivatives(
                np.ones((1, 8)), np.ones((1, case.cell.dimension, 8)), np.empty((0,) * 3), np.empty((0,) * 3)
            )
            score = apply.combine(case, grid, ones)
            rest = apply.combine(case, np.zeros((1, case.cell.dimension, 8)), ones)
            share = 1 - 1 / case.cell.dimension  # of the other components, whose score at zero is not zero
            assert abs(score[p] @ weights - share * rest[p, 0]) < 1e-12


def test_direct_and_collapsed_forms_agree() -> None:
    y = np.random.Generator(np.random.SFC64(3)).standard_normal((1, 40)) * SIGMA + MU
    found = 0
    for objective in EVERYTHING.plugins["objective"].values():
        for forms in objective.forms.values():
            if {"direct", "collapsed"} <= set(forms):
                found += 1
                for field in ("value", "gradient", "curvature"):
                    shape = (40,) if field == "value" else (1, 40)
                    results = []
                    for form in (forms["direct"], forms["collapsed"]):
                        out = np.empty(shape)
                        getattr(form, field)(y, np.ascontiguousarray(form.summarise(DATA)), np.empty(0), out)
                        results.append(out)
                    np.testing.assert_allclose(*results, rtol=0, atol=64 * EPSILON * np.max(abs(results[0])))
    assert found


def test_derivatives_are_those_of_the_value() -> None:
    """Central differences of value and gradient, for every form in two components or one."""
    h = 1e-5
    for case in [*cases(dimension=1), *cases(dimension=2)]:
        phi, data = np.array(case.cell.objective.phi), np.ascontiguousarray(case.form.summarise(case.data))
        d = case.cell.dimension
        y = np.linspace(-1.5, 1.5, 9)[np.newaxis] + np.arange(d)[:, np.newaxis] * 0.1

        def value(at: Floats, form: Any = case.form, data: Floats = data, phi: Floats = phi) -> Floats:
            out = np.empty(at.shape[1])
            form.value(at, data, phi, out)
            return out

        gradient, curvature = np.empty(y.shape), np.empty(y.shape)
        case.form.gradient(y, data, phi, gradient)  # type: ignore[misc]
        case.form.curvature(y, data, phi, curvature)  # type: ignore[misc]
        for j in range(d):
            step = np.zeros((d, 1))
            step[j] = h
            up, middle, down = value(y + step), value(y), value(y - step)
            size = np.max(abs(middle)) + 1
            np.testing.assert_allclose((up - down) / (2 * h), gradient[j], atol=size * (h**2 * 10 + EPSILON / h))
            np.testing.assert_allclose((up - 2 * middle + down) / h**2, curvature[j], atol=size * 10 * EPSILON / h**2)
