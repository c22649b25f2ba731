"""All laws of an objective: what its forms give, its closed form, its kernels."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bench.engine.case import Case
from bench.laws import forms, kernels
from bench.laws.cases import of_objective as cases_of
from bench.laws.cases import place
from bench.laws.estimators import at_draws
from bench.laws.finding import Finding
from bench.laws.outcome import Outcome, tried
from bench.oracle.gradients import integrated_gradient
from bench.registry import Registry
from bench.spec import Objective

BUDGET = 2_000_000  # normals for each integral


def of_objective(objective: Objective, registry: Registry) -> Iterator[Outcome]:
    """On every form, in every family, at its first and last phi."""
    cases = [replace(case, budget=BUDGET) for case in cases_of(objective, registry)]
    yield from of_forms(cases)
    yield closed_form(cases)
    for law, broken in {
        "same values twice": kernels.same_twice,
        "compiled as written": kernels.compiled_as_written,
        "inputs untouched": kernels.inputs_untouched,
    }.items():
        yield tried(law, cases, at_draws(broken), place)


def of_forms(cases: Sequence[Case]) -> Iterator[Outcome]:
    """What the forms of f give, without an integral."""

    finite = [case for case in cases if forms.is_finite_somewhere(case)]
    nowhere = "" if finite or not cases else "f is finite at none of the points that are looked at"

    def offering(*fields: str) -> list[Case]:
        return [case for case in finite if all(getattr(case.form, name) is not None for name in fields)]

    collapsing = [case for case in cases if len(case.objective.forms[case.cell.latent]) > 1]
    forming = [case for case in cases if case.objective.quadratic is not None]
    random = [case for case in cases if case.objective.batches is not None]
    smooth = [case for case in offering("slope") if case.family.path is not None]
    laws: dict[str, tuple[list[Case], Callable[[Case], Finding | None], str]] = {
        "slope of the value": (smooth, forms.slope_of_value, nowhere or "it offers no slope"),
        "curvature of the slope": (
            offering("slope", "curvature"),
            forms.curvature_of_slope,
            nowhere or "it offers no slope and curvature",
        ),
        "terms add up to the value": (offering("terms"), forms.terms_of_value, nowhere or "it offers no terms"),
        "collapsed as direct": (collapsing, forms.forms_agree, "it has one form"),
        "quadratic as declared": (forming, forms.quadratic_as_declared, "it declares none"),
        "batches have the mean of all data": (random, forms.mean_over_batches, "it has no batches"),
        "the batch alone is read": (random, forms.batch_alone_is_read, "it has no batches"),
        "a draw is by itself": (list(cases), forms.draws_alone, ""),
    }
    for law, (several, broken, reason) in laws.items():
        yield tried(law, several, broken, place, reason)


def closed_form(cases: Sequence[Case]) -> Outcome:
    """`exact` beside the integral, where there are both."""
    claimed = [case for case in cases if case.family.name in case.objective.exact]
    integrated = {id(case): gradient for case in claimed if (gradient := integrated_gradient(case)) is not None}
    both = [case for case in claimed if id(case) in integrated]
    reason = "nothing integrates f" if claimed else "it offers none"
    return tried(
        "closed form as integrated", both, lambda case: forms.closed_form(case, integrated[id(case)]), place, reason
    )
