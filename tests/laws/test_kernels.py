"""Laws of kernels: compiled equals interpreted, inputs stay as they are, draws are apart, tied is untied added up."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine.case import Case
from bench.kernels.jit import kernel
from bench.laws import kernels
from bench.laws.cases import title
from bench.laws.unbiased import rows_of
from bench.laws.variance import drawn
from bench.spec import Floats, Weight, Weights
from tests.support.cases import APART, EVERYTHING, MUTANTS, cases, covering, exact_gradient, of_own_dimension

SAMPLES = 4
EVERY = [*covering([*cases(dimension=1), *cases(dimension=3)]), *of_own_dimension()]
LAWS = (kernels.compiled_as_written, kernels.inputs_untouched, kernels.same_twice, kernels.draws_alone)


def noise(case: Case) -> Floats:
    """[channels, d, 12]."""
    return drawn(case, SAMPLES, 3, seed=7)


def broken(case: Case) -> set[str]:
    """The names of the laws that are."""
    return {law.__name__ for law in LAWS if law(case, noise(case), SAMPLES) is not None}


@pytest.mark.parametrize("case", EVERY, ids=title)
def test_laws_hold(case: Case) -> None:
    assert broken(case) == set()


@pytest.mark.parametrize("case", covering(cases(dimension=2), APART), ids=title)
def test_tied_components_are_untied_ones_added_up(case: Case) -> None:
    """Estimate by estimate, exact gradients too."""
    assert kernels.tied_is_untied_added_up(case, noise(case), SAMPLES) is None
    tied, several = (replace(case, cell=replace(case.cell, components=kind)) for kind in ("tied", "untied"))
    exact = exact_gradient(several).reshape(2, -1)
    np.testing.assert_allclose(exact_gradient(tied), exact.sum(axis=0), rtol=1e-9, atol=1e-9 * np.max(abs(exact)))


COUNT = [0.0]


@kernel
def mean_of_draws(noise, y, theta, phi, f, out):
    """The mean of f over the draws that happen to stand side by side."""
    out[0] = f.value[0].mean()


def own(weigh: object) -> Case:
    """The score function in a normal cell, weighed by a kernel."""
    name = "squared_error-shared-normal-tied-score_function-iid"
    (case,) = [case for case in cases(dimension=1) if title(case) == name]
    return replace(case, rule=Weights(score=Weight(weigh, ("value",))))  # type: ignore[arg-type]


def writing(noise: Floats, y: Floats, theta: Floats, phi: Floats, f: object, out: Floats) -> None:
    """Plain Python that writes to its input."""
    noise[0, 0, 0] = 0.0
    out[0] = 1.0


def counting(noise: Floats, y: Floats, theta: Floats, phi: Floats, f: object, out: Floats) -> None:
    """Plain Python that remembers."""
    COUNT[0] += 1.0
    out[0] = COUNT[0]


def test_control_weights_that_mix_write_or_remember_are_caught() -> None:
    assert broken(own(mean_of_draws)) == {"draws_alone"}
    assert "inputs_untouched" in broken(own(writing))
    assert broken(own(counting)) >= {"same_twice", "draws_alone"}


def test_every_plugin_takes_part() -> None:
    for kind, names in {
        "objective": {case.cell.objective.name for case in EVERY},
        "family": {case.family.name for case in EVERY},
        "estimator": {case.estimator.name for case in EVERY} | set(MUTANTS),
        "sampler": {case.sampler.name for case in EVERY},
    }.items():
        assert names == set(EVERYTHING.plugins[kind]), kind
    assert all(len(rows_of(case)) == case.rows for case in EVERY)
