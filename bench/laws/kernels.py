"""Laws of the kernels of a case: compiled as written, inputs left alone, each draw by itself, the same twice."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from bench.engine import apply
from bench.engine.case import Case
from bench.engine.pilot import frozen, prepared
from bench.laws.finding import Finding, against, largest, worst
from bench.laws.parts import read_only
from bench.laws.unbiased import rows_of
from bench.oracle.cancellation import cancelled
from bench.plan.rules import needs_of
from bench.spec import Floats, Form, Points, Rule, Weight, Weights

EPSILON = np.finfo(float).eps
Law = Callable[[Case, Floats, int], Finding | None]


def plain(kernel: Any) -> Any:
    """The Python that a kernel was written as."""
    return getattr(kernel, "py_func", kernel)


def _plain_rule(rule: Rule) -> Rule:
    if isinstance(rule, Points):
        return replace(rule, place=plain(rule.place), combine=plain(rule.combine))

    def of_weight(weight: Any) -> Any:
        return replace(weight, kernel=plain(weight.kernel)) if isinstance(weight, Weight) else weight

    return Weights(of_weight(rule.score), of_weight(rule.path), plain(rule.joint), plain(rule.constant))


def interpreted(case: Case) -> Case:
    """The same case, with what it freezes, and every kernel replaced by the Python it was written as."""
    case, names = frozen(case), ("transport", "score", "path", "log_density", "slope", "moments")
    family = replace(case.family, **{name: plain(getattr(case.family, name)) for name in names})
    form = Form(*(plain(kernel) for kernel in case.form))
    return replace(case, rule=_plain_rule(case.rule), family=family, form=form)


def computed(case: Case, noise: Floats, samples: int) -> dict[str, Floats]:
    """All that a case computes from noise: y, f, its contributions, and estimates."""
    case = prepared(case)
    y = apply.transported(case, noise)
    f = apply.evaluated(case, y, needs_of(case.rule))
    numbers = {"y": y, **{f"f.{name}": array for name, array in f._asdict().items() if array.size}}
    contributions = apply.contributions(case, noise)
    return numbers | {"a draw": contributions, "an estimate": apply.averaged(case, contributions, samples)}


def compiled_as_written(case: Case, noise: Floats, samples: int) -> Finding | None:
    """Compiled kernels give what they give as Python, up to round-off."""
    compiled, written = computed(case, noise, samples), computed(interpreted(case), noise, samples)
    findings, taken_off = [], float(cancelled(case).max())
    for name, reference in written.items():
        allowed = 64 * EPSILON * (largest(reference) + taken_off)
        findings.append(against(compiled[name], reference, allowed, f"{name}, compiled as written"))
    return worst(findings)


def inputs_untouched(case: Case, noise: Floats, samples: int) -> Finding | None:
    """No kernel writes to what it reads: as Python on read-only arrays, and compiled on arrays that are compared."""
    try:
        computed(replace(interpreted(case), data=read_only(case.data)), read_only(noise), samples)
    except ValueError as error:
        if "read-only" not in str(error):
            raise
        return Finding("an input is written to", 1.0, 0.0, np.inf)
    before = noise.copy()
    computed(case, noise, samples)
    return against(noise, before, 0.0, "noise after the kernels")


def same_twice(case: Case, noise: Floats, samples: int) -> Finding | None:
    """The same draws give the same bits."""
    once, again = (computed(case, noise, samples) for _ in range(2))
    unequal = [name for name in once if not np.array_equal(once[name], again[name], equal_nan=True)]
    return worst([against(again[name], once[name], 0.0, f"{name}, a second time") for name in unequal])


def draws_alone(case: Case, noise: Floats, samples: int) -> Finding | None:
    """Some draws, in another order, give the same contributions: each is its own draw's alone."""
    case, order = prepared(case), np.random.Generator(np.random.SFC64(6)).permutation(noise.shape[2])
    order = order[: (len(order) + 1) // 2]
    straight = apply.contributions(case, noise)[:, order]
    permuted = apply.contributions(case, np.ascontiguousarray(noise[:, :, order]))
    allowed = 64 * EPSILON * largest(straight)
    names = rows_of(case) if len(straight) == case.rows else ["f", *rows_of(case)]
    return against(permuted, straight, allowed, "a draw beside other draws", names)


def tied_is_untied_added_up(case: Case, noise: Floats, samples: int) -> Finding | None:
    """Estimate by estimate, the gradient of tied components is the sum of those of untied ones, numbers frozen once."""
    case = prepared(case)
    tied = replace(case, cell=replace(case.cell, components="tied"))
    several = apply.untied(case)
    rows = apply.estimates(several, noise, samples)
    added = rows.reshape(case.cell.dimension, -1, rows.shape[1]).sum(axis=0)
    ours = apply.estimates(tied, noise, samples)
    return against(ours, added, 1e-12 * largest(rows), "tied components", rows_of(tied))
