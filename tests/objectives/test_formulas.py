"""The formulas that readers see are what the kernels compute, as far as they can be read as mathematics."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.mathtext import MathTextParser

from bench import registry
from bench.markup.mathml import mathml
from bench.spec import Objective
from tests.support.formulas import reading

PLUGINS = registry.load(kinds=["objective", "estimator"]).plugins
OBJECTIVES = PLUGINS["objective"]
X = np.array([0.3, -0.7, 1.1])
NUMBERS = {
    "p": 3.0,
    "dimension": 2.0,
    "condition": 2.0,
    "batch_size": 2.0,
}  # of parameters that not all numbers are right for
UNREAD = {  # matrices, random batches, densities by name
    *("eight_schools", "eight_schools_noncentred", "gaussian_target", "logistic_regression", "quadratic_form"),
    *("logistic_regression_minibatch", "squared_error_minibatch", "wells"),
}


def letter(objective: Objective, name: str) -> str:
    """A parameter as the formula writes it."""
    return objective.symbols.get(name, name).strip("$")


def disagreement(objective: Objective) -> float:
    """The largest relative difference between formula and kernel, over some draws of one y for all data."""
    phi = tuple(NUMBERS.get(name, 0.83 + 0.1 * i) for i, name in enumerate(objective.axes))
    d, named = objective.dimension("shared", X.size, phi), dict(zip(objective.axes, phi, strict=True))
    y = np.random.Generator(np.random.SFC64(7)).normal(0.5, 1.0, (d, 9))
    of_data = {"x": X, "v": X.var()} if objective.uses_data else {}
    letters = of_data | {letter(objective, name): value for name, value in named.items()}
    read = reading(objective.formula)
    of_components = "y_j" in objective.formula
    told = [read({**letters, "y": column if of_components else column[0]}) for column in y.T]
    form, out = next(iter(objective.forms["shared"].values())), np.empty(y.shape[1])
    form.value(y, form.summarise(X), objective.tabulate(phi), out)  # last: of a random batch it would need more of y
    return float(np.max(np.abs(out - told) / (1 + np.abs(told))))


@pytest.mark.parametrize("kind", PLUGINS)
def test_every_one_has_a_formula_that_page_and_paper_can_typeset(kind: str) -> None:
    for name, plugin in PLUGINS[kind].items():
        assert plugin.formula, name
        assert mathml(plugin.formula).startswith("<math"), name
        MathTextParser("path").parse(f"${plugin.formula}$")  # matplotlib's subset of LaTeX


@pytest.mark.parametrize("name", sorted({*OBJECTIVES} - UNREAD))
def test_the_formula_is_what_the_kernel_computes(name: str) -> None:
    assert disagreement(OBJECTIVES[name]) < 1e-12


@pytest.mark.parametrize("name", sorted(UNREAD))
def test_what_is_not_read_is_known(name: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        disagreement(OBJECTIVES[name])


@pytest.mark.parametrize(
    ("name", "written", "slip"),
    [
        ("cosine", "k y_j", "1.001 k y_j"),
        ("cosine", r"\cos", r"\sin"),
        ("squared_error", "^2", "^2.001"),
        ("gaussian_posterior", r"\tau^2", r"\tau"),
        ("normal_target", r"-\sum", r"\sum"),
        ("step", ">", "+ 1 >"),
        ("call_option", r"e^{-r T}", r"e^{-r}"),
        ("polynomial", "y_j^2", "1.001 y_j^2"),
    ],
)
def test_a_slip_in_a_formula_is_seen(name: str, written: str, slip: str) -> None:
    plugin = OBJECTIVES[name]
    assert written in plugin.formula
    wrong = replace(plugin, formula=plugin.formula.replace(written, slip))
    assert disagreement(wrong) > 1e-5
