"""What a sweep's user plug-ins claim, tried before anything is sampled: the laws that cost little.

Where no number of the sweep could be trusted the plug-in is refused: noise that is not its rule's, draws or estimates
that hang on each other, terms that do not add up to f, a density that is not its score's. What contradicts an integral
fails the verdict: a closed form, a gradient that is right at the sweep's theta and wrong beside it. What the oracle can
do without it does without, and says so: weights that are not the U-statistic of their `degree`. They are tried at the
values that the plan has, for what is right at a default may be wrong there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Protocol, TypeVar

import numpy as np

from bench.engine.case import Case, case_of, theta_of
from bench.errors import BadInput
from bench.laws import unbiased
from bench.laws.cases import at_several_thetas, one_of_each, place
from bench.laws.datasets import of_dataset
from bench.laws.estimators import BIASED, MOST_AXES, by_itself, of_joint, of_own_noise
from bench.laws.families import of_family
from bench.laws.integrals import is_coarse
from bench.laws.marginal import of_a_stream
from bench.laws.objectives import BUDGET, closed_form, of_forms
from bench.laws.outcome import Outcome, tried
from bench.laws.samplers import of_sampler
from bench.plan.cells import Plan
from bench.registry import Registry
from bench.spec import Floats

WHOLE = {"family": "a family", "sampler": "a sampler", "data": "data"}  # on which every number of a sweep hangs
ALLOWED = {  # what is refused where it is broken, by law
    "terms add up to the value": "terms f_j(y_j) that add up to f",
    "slope of the value": "df/dy_j",
    "curvature of the slope": "d2f/dy_j2",
    "quadratic as declared": "(A, c, b) of f(y) = (y - c)'A(y - c) / 2 + b",
    "a draw is by itself": "numbers that hang on a draw alone, not on the draws beside it",
    "an estimate is by itself": "weights made of the draws of one estimate, nothing kept from another",
    "noise has its rule's law": "a rule that integrates against the law that fill draws from",
}


class Judged(Protocol):
    """A verdict of any kind of run: a dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def ok(self) -> bool:
        """Whether nothing disagrees."""

    @property
    def failures(self) -> tuple[str, ...]:
        """What does."""


AnyVerdict = TypeVar("AnyVerdict", bound=Judged)


@dataclass(frozen=True, slots=True)
class Claims:
    """`failures` contradict an integral and fail the verdict; `unused` are claims that the oracle does without."""

    failures: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    def joined(self, verdict: AnyVerdict) -> AnyVerdict:
        """The verdict with what failed before anything was sampled, which stands first."""
        return replace(verdict, ok=verdict.ok and not self.failures, failures=(*self.failures, *verdict.failures))

    def words(self) -> list[str]:
        """What the oracle does without, a line each."""
        return [f"claim not used by the oracle: {claim}" for claim in self.unused]


def examined(plan: Plan, registry: Registry) -> Claims:
    """Put the claims of the user's plug-ins in a plan to the test; BadInput where one is refused."""
    failures, unused = list[str](), list[str]()
    for (kind, name), file in registry.files.items():
        if not _runs(plan, kind, name):
            continue
        for outcome in _outcomes(plan, kind, registry.get(kind, name), registry):
            if outcome.finding is None or (kind == "estimator" and np.isnan(outcome.finding.measured)):
                continue  # an estimate that is not finite is told by its rows
            words = f"{kind} {name}: {outcome.law}: in {outcome.where}: {outcome.finding}"
            if kind in WHOLE or outcome.law in ALLOWED:
                allowed = ALLOWED.get(outcome.law) or f"{WHOLE[kind]} for which that holds"
                raise BadInput(f"{file}: {words}; allowed: {allowed}")
            (unused if outcome.law.startswith("U-statistic") else failures).append(words)
    return Claims(tuple(failures), tuple(unused))


def _runs(plan: Plan, kind: str, name: str) -> bool:
    """Whether a plug-in takes part in a plan."""
    names = {
        "estimator": {variant.name for variant in plan.estimators},
        "objective": {cell.objective.name for cell in plan.cells},
        "family": set(plan.families),
        "sampler": {cell.sampler for cell in plan.cells},
        "data": {plan.data_name} if plan.data else set(),
    }
    return name in names.get(kind, ())


def _outcomes(plan: Plan, kind: str, plugin: Any, registry: Registry) -> Iterator[Outcome]:
    """The cheap laws of a plug-in, at the values that the plan has for it."""
    if kind == "estimator":
        yield from _of_estimator(plan, plugin, registry)
    elif kind == "objective":
        yield from _of_objective(plan, plugin.name)
    elif kind == "family":
        yield from of_family(plugin, registry, _thetas(plan, plugin.name))
    elif kind == "sampler":
        shapes = {of_a_stream(stream) for stream in plan.streams if stream.sampler.name == plugin.name}
        yield from of_sampler(plugin, registry, sorted(shapes))
    else:
        yield from of_dataset(plugin, registry, plan.data_parameters, tuple(plan.data))


def _thetas(plan: Plan, family: str) -> list[Floats]:
    """Each theta[k] of the plan's components once."""
    return list(np.unique(np.concatenate([theta_of(c.theta) for c in plan.cells if c.family == family]), axis=0))


def _of_estimator(plan: Plan, plugin: Any, registry: Registry) -> Iterator[Outcome]:
    """Beside the sweep's theta, in its families, at each of the sweep's own parameters of the estimator."""
    within = Registry({**registry.plugins, "family": dict(plan.families)})
    cases = [case for case in at_several_thetas(plugin, within) if not is_coarse(case)]
    few = one_of_each([case for case in cases if len(case.channels) * case.cell.dimension < MOST_AXES])
    few = [replace(case, variant=v) for v in plan.estimators if v.name == plugin.name for case in few]
    yield tried("unbiased", [case for case in few if not case.biased], unbiased.unbiased, place, BIASED)
    yield by_itself(few)
    yield of_own_noise(few)
    yield from of_joint(plugin, within, sorted({cell.samples for cell in plan.cells}))


def _of_objective(plan: Plan, name: str) -> Iterator[Outcome]:
    """In every cell of the plan the closed form; what kernels give, where a form, a theta or a dataset comes first."""
    cases, firsts, seen = dict[Any, Case](), list[Case](), set[Any]()
    for stream in plan.streams:
        for subgrid in stream.subgrids:
            for cell in subgrid.cells if subgrid.objective.name == name else ():
                data = plan.data.get(cell.dataset_size or 0, np.empty(0))
                key = replace(cell, sampler="", entropy=None, components="tied")
                case = case_of(stream, subgrid, subgrid.members[0], key, data).alone
                cases.setdefault(key, replace(case, budget=min(BUDGET, stream.budget or BUDGET)))
                form = cell.objective, cell.latent
                places = {(*form, cell.family), (*form, cell.dataset_size), (cell.family, cell.theta)}
                if not places <= seen:
                    firsts.append(cases[key])
                    seen |= places
    yield from of_forms(firsts)
    yield closed_form(list(cases.values()))
