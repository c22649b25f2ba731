"""Each estimator of the package, 0.1 % wrong in one of its kernels, breaks the law of its mean."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bench import registry
from bench.engine.case import Case
from bench.laws.cases import at_several_thetas
from bench.laws.integrals import fewest, moments, nodes
from bench.laws.unbiased import unbiased
from bench.spec import Estimator, Points, Weight, Weights

PACKAGE = registry.load()
WRONG = 1.001
MOST_CHANNELS = 3  # that enough nodes fill


def too_large(kernel: Any) -> Callable[..., None]:
    """What a kernel writes, 0.1 % too large; where it adds, so is what it adds."""

    def mutant(*arguments: Any) -> None:
        out = arguments[-1]
        before = np.zeros(out.shape) if arguments[-2] is True else out.copy()
        kernel(*arguments)
        out[:] = out * WRONG if arguments[-2] is not False else before + WRONG * (out - before)

    return mutant


def weight_of(field: str) -> Weight:
    """The weight that is a field of f, as a kernel of its own."""

    def kernel(noise: Any, y: Any, theta: Any, phi: Any, f: Any, out: Any) -> None:
        out[:] = getattr(f, field)[0]

    return Weight(kernel, (field,), "draw" if field == "value" else "component")


def mutants(rule: Any) -> dict[str, Any]:
    """The rule with each of its kernels too large in turn."""
    if isinstance(rule, Points):
        return {"combine": replace(rule, combine=too_large(rule.combine))}
    changed = {}
    for name in ("score", "path"):
        if weight := getattr(rule, name):
            own = weight if isinstance(weight, Weight) else weight_of(weight)
            if not rule.joint:
                changed[name] = replace(rule, **{name: replace(own, kernel=too_large(own.kernel))})
    for name in ("joint", "constant"):
        if kernel := getattr(rule, name):
            changed[name] = replace(rule, **{name: too_large(kernel)})
    return changed


def cases(estimator: Estimator) -> list[Case]:
    """On several objectives, of normal draws where it takes them."""
    several = [case for case in at_several_thetas(estimator, PACKAGE, (1, 2)) if not case.opened]
    return [case for case in several if len(case.channels) * case.cell.dimension <= 4 and case.family.name == "normal"]


@pytest.mark.parametrize("estimator", PACKAGE.plugins["estimator"].values(), ids=lambda estimator: estimator.name)
def test_a_mutant_of_each_kernel_is_caught(estimator: Estimator) -> None:
    """Of a rule that is biased, or has too many channels for many nodes, it is seen that its mean moves as much.

    What that mean is stands in `test_known_variances`.
    """
    several = cases(estimator)
    assert isinstance(several[0].rule, Points | Weights)
    left = {*mutants(several[0].rule)}
    for case in several:
        changed = {name: replace(case, rule=rule) for name, rule in mutants(case.rule).items() if name in left}
        left -= {name for name, mutant in changed.items() if moved(case, mutant)}
        if not left:
            break
    assert left == set()


def moved(case: Case, mutant: Case) -> bool:
    """Whether the mutant has another mean, where the case has the right one."""
    if case.biased or len(case.channels) > MOST_CHANNELS:
        samples = fewest(case)
        right, wrong = (moments(of, samples, nodes(of, samples))[0] for of in (case, mutant))
        return bool((abs(wrong - right) > 5e-4 * abs(right)).any())
    assert unbiased(case) is None
    return unbiased(mutant) is not None
