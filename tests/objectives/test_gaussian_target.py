"""A correlated normal target, and a quadratic form: the table of a mean-field normal is reproduced, entropy by entropy.

By nodes, which the kernels are applied to, and by the closed moments of forms, which serve more components.
"""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from bench.engine.case import Case
from bench.errors import BadInput
from bench.objectives import gaussian_target, quadratic_form
from bench.oracle import quadrature
from bench.oracle.declared import declared
from bench.oracle.exact import Exact
from bench.oracle.gradients import exact_gradient
from bench.spec import Entropy, Objective, Variant
from tests.support.rests import case_in, target_cell

MU, SIGMA = (0.5, -1.0, 2.0), (0.3, 1.0, 2.0)
A = np.array([[2.0, 0.5, 0.0], [0.5, 1.0, -0.3], [0.0, -0.3, 3.0]])
C = np.array([1.0, 0.0, -1.0])
DIGITS = 1e-6  # relative, of a table of nine digits

KNOWN: dict[tuple[str, Entropy], tuple[tuple[float, ...], tuple[float, ...]]] = {
    ("pathwise", "closed_form"): ((0.61, 1.3825, 36.09), (3.22, 7.005, 158.58)),
    ("pathwise", "monte_carlo"): ((0.61, 1.3825, 36.09), (3.22, 7.005, 158.58)),
    ("pathwise", "sticking_the_landing"): ((7.72111111, 0.3825, 30.34), (17.4422222, 5.005, 147.08)),
    ("score_function", "closed_form"): ((10171.9167, 958.6113, 517.42095), (20537.4933, 2043.4476, 2142.0219)),
    ("score_function", "sticking_the_landing"): (
        (7961.33028, 750.235102, 433.723956),
        (15339.5078, 1529.7352, 1859.68202),
    ),
    ("score_function", "monte_carlo"): (
        (8359.64162, 787.723122, 448.595961),
        (16099.686, 1604.71124, 1900.42603),
    ),
}


def known(plugin: Objective) -> Objective:
    """An objective with the A and the c of the table, and without a constant."""
    lookups = np.concatenate([[3.0, 10.0, 0.0], C, A.ravel()])
    return replace(plugin, exact={}, tabulate=lambda phi: lookups, quadratic=lambda x, phi: (A, C, 0.0))


def case(estimator: str, entropy: Entropy = "closed_form", components: str = "untied", d: int = 3) -> Case:
    """An estimator of the package's own target."""
    cell = replace(
        target_cell(entropy, components), objective=Variant("gaussian_target", (float(d), 10.0)), dimension=d
    )
    return case_in(replace(cell, theta=(0.3, 0.7)), estimator)


def of_table(estimator: str, entropy: Entropy) -> Case:
    """An estimator where the table is."""
    made = case(estimator, entropy)
    return replace(made, objective=known(gaussian_target.PLUGIN), cell=replace(made.cell, theta=(MU, SIGMA)))


@cache
def by_nodes(estimator: str, entropy: Entropy) -> Exact:
    return quadrature.exact(of_table(estimator, entropy))


@pytest.mark.parametrize(("estimator", "entropy"), KNOWN)
def test_the_variances_of_the_table_by_nodes_and_by_forms(estimator: str, entropy: Entropy) -> None:
    expected = np.array(KNOWN[estimator, entropy]).T.ravel()
    nodes, forms = by_nodes(estimator, entropy), declared(of_table(estimator, entropy), "")
    np.testing.assert_allclose(nodes.variance, expected, rtol=DIGITS)
    np.testing.assert_allclose(forms.variance, nodes.variance, rtol=1e-10)
    np.testing.assert_allclose(forms.kurtosis, nodes.kurtosis, rtol=1e-9)
    assert abs(expected * 1.001 / nodes.variance - 1).min() > DIGITS


@pytest.mark.parametrize("entropy", ["closed_form", "monte_carlo", "sticking_the_landing"])
def test_the_gradients_of_the_table(entropy: Entropy) -> None:
    gradient = exact_gradient(of_table("pathwise", entropy))
    assert gradient is not None
    expected = [[-1.5, -2.73333333], [-2.15, 0.0], [9.3, 5.5]]
    np.testing.assert_allclose(gradient.reshape(3, 2), expected, rtol=1e-8, atol=1e-12)


def test_the_gradients_of_the_form_itself() -> None:
    of_f = replace(of_table("pathwise", "closed_form"), objective=known(quadratic_form.PLUGIN))
    gradient = exact_gradient(replace(of_f, cell=replace(of_f.cell, entropy=None)))
    assert gradient is not None
    np.testing.assert_allclose(gradient.reshape(3, 2), [[-1.5, 0.6], [-2.15, 1.0], [9.3, 6.0]], rtol=1e-10)


def test_at_the_mean_field_optimum_sticking_the_landing_keeps_a_variance() -> None:
    made = of_table("pathwise", "sticking_the_landing")
    at_optimum = replace(made, cell=replace(made.cell, theta=(tuple(C), tuple(np.diag(A) ** -0.5))))
    for exact in (quadrature.exact(at_optimum), declared(at_optimum, "")):
        expected = np.repeat([0.25, 0.155, 0.09], 2)
        np.testing.assert_allclose(exact.variance, expected, rtol=1e-10)


@pytest.mark.parametrize("plugin", [quadratic_form, gaussian_target])
def test_what_is_out_of_range_is_refused(plugin: object) -> None:
    name, dimension = plugin.PLUGIN.name, plugin.dimension  # type: ignore[attr-defined]
    for d in (0.0, 2.5, 1001.0):
        with pytest.raises(BadInput, match=rf"^objective.{name}.dimension=\S+ is not allowed; allowed: whole numbers"):
            dimension("shared", 0, (d, 10.0))
    for condition in (0.5, -1.0, 1e13):
        with pytest.raises(BadInput, match=rf"^objective.{name}.condition=\S+ is not allowed; allowed: numbers from 1"):
            dimension("shared", 0, (3.0, condition))
