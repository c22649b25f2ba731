"""What the laws are about: every plug-in of the package and of tests/plugins, in every cell where it applies.

The files in tests/plugins are examples to learn from; those in its folder mutants are wrong on purpose.
"""

import functools
import heapq
import itertools
from collections.abc import Collection
from dataclasses import replace

from bench import registry
from bench.engine.case import Case
from bench.laws.cases import PHI, combinations, in_turns, independent, is_sum_without_data
from bench.laws.integrals import is_coarse
from bench.oracle.gradients import exact_gradient as gradient_of
from bench.spec import Cell, Floats, Theta
from tests.support.command import TOP

PLUGINS = TOP / "tests" / "plugins"
EXAMPLES = sorted(map(str, PLUGINS.glob("*.py")))
MUTANTS = {path.stem: str(path) for path in sorted(PLUGINS.glob("mutants/*.py"))}
KINDS = ("objective", "estimator", "family", "sampler", "data")
EVERYTHING = registry.load([*EXAMPLES, *MUTANTS.values()], kinds=KINDS)
NORMAL_FAMILY = EVERYTHING.get("family", "normal")
Part = tuple[str, object]  # the kind and the name
Pair = tuple[Part, Part]
APART = ("estimator", "objective")  # for laws of rules that hold whatever f is, or of f whoever looks at it
ALWAYS = ("cosine", "cubic")
SIGMA, MU = 0.7, 0.3
THETA: dict[str, Theta] = {"normal": (MU, SIGMA), "gamma": (1.6, 0.8), "bernoulli": (0.4,)}


def unsettled() -> registry.Registry:
    """The examples, and `unknown`: a target in five components that is no sum, so nothing integrates it."""
    loaded = registry.load(EXAMPLES, kinds=KINDS)
    mean_field = loaded.get("objective", "mean_field")
    loaded.add(replace(mean_field, name="unknown", exact={}, dimension=lambda latent, n, phi: 5), "", "here")
    return loaded


def exact_gradient(case: Case) -> Floats:
    """[rows] The exact gradient of a case, by the objective's closed form or integrated."""
    gradient = gradient_of(case)
    assert gradient is not None
    return gradient


def cases(dimension: int = 1, mutants: bool = False) -> list[Case]:
    """Every combination that no plug-in declines; of the right estimators, or of the mutants.

    Of objectives that are sums without data two are in all of them, and the others take turns; not with the mutants,
    whose slips show in an f of which nothing vanishes.
    """
    alike = [case for case in _combinations(dimension) if (case.estimator.name in MUTANTS) == mutants]
    several = [case for case in alike if not _is_slow(case)]
    if mutants:
        return [case for case in several if case.objective.name in ALWAYS or not is_sum_without_data(case)]
    return several


def of_own_dimension() -> list[Case]:
    """One case for each objective that has none in one, two or three components: a posterior has what it has."""
    few = {case.cell.objective.name for d in (1, 2, 3) for case in cases(d)}
    several = [plugin for name, plugin in EVERYTHING.plugins["objective"].items() if name not in few]
    sizes = sorted({p.dimension("shared", 0, tuple(float(v[0]) for v in p.axes.values())) for p in several})
    found = {case.cell.objective.name: case for d in sizes for case in cases(d)}
    return [found[plugin.name] for plugin in several]


def single_channel(several: list[Case]) -> list[Case]:
    """Those with one noise channel: tensor rules over several components stay small."""
    return [case for case in several if len(case.channels) < 2]


def fine(several: list[Case]) -> list[Case]:
    """Those that a tensor rule integrates finely, with all draws of their fewest an estimate."""
    return [case for case in several if not is_coarse(case)]


def integrable() -> list[Case]:
    """All of one component and of two that are integrated finely by brute force, with independent columns of draws."""
    return [*fine(independent(cases(dimension=1))), *fine(single_channel(independent(cases(dimension=2))))]


def covering(several: list[Case], apart: Collection[str] = ()) -> list[Case]:
    """A few of them, in which every two of what a case is made of stand together that do so in any.

    The product of a registry grows with all kinds of plug-ins, these with the two largest alone: next comes the case
    that brings the most pairs. Two kinds that are `apart` need not stand together. `make slow` tries all.
    """
    pairs = [together(case, apart) for case in several]
    seen, chosen = set[Pair](), list[int]()
    waiting = [(-len(new), at) for at, new in enumerate(pairs)]
    heapq.heapify(waiting)
    while waiting:
        at = heapq.heappop(waiting)[1]
        new = len(pairs[at] - seen)
        if new and waiting and -new > waiting[0][0]:
            heapq.heappush(waiting, (-new, at))
        elif new:
            seen |= pairs[at]
            chosen.append(at)
    return [several[at] for at in sorted(chosen)]


def together(case: Case, apart: Collection[str] = ()) -> frozenset[Pair]:
    """Every two of what a case is made of, but for two kinds that are apart."""
    pairs = itertools.combinations(made_of(case), 2)
    return frozenset((one, other) for one, other in pairs if not {one[0], other[0]} <= {*apart})


def made_of(case: Case) -> tuple[Part, ...]:
    """What a case is made of, each with its kind."""
    cell = case.cell
    return (
        ("estimator", case.estimator.name),
        ("family", case.family.name),
        ("objective", (cell.objective.name, cell.latent)),
        ("sampler", case.sampler.name),
        ("entropy", cell.entropy),
        ("components", cell.components),
        ("dimension", cell.dimension),
    )


@functools.cache
def _combinations(dimension: int) -> tuple[Case, ...]:
    targets = set[str]()
    at = {name: [theta] for name, theta in THETA.items()}
    every = combinations(EVERYTHING, dimension, at, lambda cell: _told_by_another(cell, targets), PHI)
    return tuple(in_turns(every, ALWAYS))


def _is_slow(case: Case) -> bool:
    """Whether moments take seconds: of a quantile function and an exponential that are reflected together."""
    return case.sampler.name == "antithetic" and case.family.name == "gamma" and len(case.channels) > 1


def _told_by_another(cell: Cell, targets: set[str]) -> bool:
    """Whether other cells tell the same: samplers on targets; entropies on targets after the first, y not normal.

    And two components of a quadratic form, of which three are tried. Samplers whose draws are all coupled differ in
    their strata alone, so after the first they see one objective.
    """
    if cell.sampler in ("latin_hypercube", "sobol") and cell.objective.name != "cubic":
        return True
    if cell.entropy is None:
        return False
    if cell.dimension == 2 and EVERYTHING.get("objective", cell.objective.name).quadratic is not None:
        return True
    targets.add(cell.objective.name)
    later = cell.objective.name != min(targets) or (cell.latent != "shared" and cell.dimension == 1)
    return cell.sampler != "iid" or (later and cell.family != "normal" and cell.entropy != "closed_form")
