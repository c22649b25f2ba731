"""Law: an estimator looks at f and its derivatives as often as its rule says, counted while the engine runs it."""

import functools
from dataclasses import dataclass, replace
from typing import Any

from bench.engine import blocks
from bench.engine.case import SOME_BATCH, Case
from bench.engine.noise import buffer
from bench.engine.pilot import draws
from bench.engine.program import link
from bench.engine.workspace import workspace
from bench.laws.finding import Finding, against, worst
from bench.plan.rules import evaluations_of, needs_of, noise_of
from bench.plan.streams import Member, Stream, Subgrid
from bench.plan.tiling import cut
from bench.spec import Derivatives, Floats, Form
from bench.wrap.lifted import objective_kernel


@dataclass(slots=True)
class Counter:
    """A kernel of f that counts its draws."""

    kernel: Any = None
    draws: int = 0

    def __call__(self, y: Floats, data: Floats, phi: Floats, out: Floats) -> None:
        """What the kernel does."""
        self.draws += y.shape[1]
        self.kernel(y, data, phi, out)


@functools.cache
def _counting(field: str) -> tuple[Counter, Any]:
    """A counter for a field of f, and the kernel that calls it: compiled once, whatever it counts."""
    counter = Counter()
    return counter, objective_kernel(counter)


def counted(case: Case) -> float:
    """Looks at f and its derivatives a draw, in one strip of the engine's."""
    fields = [name for name in Derivatives._fields if getattr(case.form, name) is not None]
    for name in fields:
        _counting(name)[0].kernel = getattr(case.form, name)
    form: Form = case.form._replace(**{name: _counting(name)[1] for name in fields})
    d, samples, member = case.cell.dimension, case.estimator.degree, Member(case.variant, case.estimator, case.rule)
    subgrid = Subgrid(case.objective, form, case.family, (member,), (case.cell,), (samples,), frozenset())
    channels = noise_of(case.rule, case.family, case.objective)
    stream = Stream(case.sampler, d, 1, cut(d, samples, 1, len(channels), None), channels, (subgrid,))
    program = link(stream, subgrid, {case.data.size: case.data})
    space, noise = workspace(stream, program), buffer(stream, 1)[:1]
    noise[0, : len(case.channels)] = draws(case, noise.shape[3])
    noise[0, len(case.channels) :] = SOME_BATCH
    for name in fields:
        _counting(name)[0].draws = 0
    blocks.run_strips(noise, 0, [program], [space])
    return sum(_counting(name)[0].draws for name in fields) / int(noise.shape[3])


def evaluations(case: Case) -> Finding | None:
    """As many as the tables say: of f as it is, and of the same f that tells no terms, where the rule does without."""
    forms = [case.form]
    if case.form.terms and "terms" not in needs_of(case.rule):
        forms.append(case.form._replace(terms=None))
    findings = []
    for form in forms:
        told = evaluations_of(case.rule, case.cell.dimension, form)
        looks = counted(replace(case, form=form))
        findings.append(against(looks, told, 0.0, f"looks at f a draw, {'with' if form.terms else 'without'} terms"))
    return worst(findings)
