"""Moments that an objective declares: closed forms say what nodes say, and more components than nodes fill."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine.apply import constant
from bench.engine.case import Case
from bench.engine.pilot import prepared
from bench.oracle import quadrature
from bench.oracle.declared import declared
from bench.oracle.gradients import exact_gradient
from bench.spec import Entropy, Variant
from tests.support.rests import case_in, target_cell


def case(estimator: str, entropy: Entropy = "closed_form", components: str = "untied", d: int = 3) -> Case:
    """An estimator of the package's own target."""
    cell = replace(
        target_cell(entropy, components), objective=Variant("gaussian_target", (float(d), 10.0)), dimension=d
    )
    return case_in(replace(cell, theta=(0.3, 0.7)), estimator)


@pytest.mark.parametrize("components", ["tied", "untied"])
@pytest.mark.parametrize("estimator", ["pathwise", "score_function", "score_function_loo", "centred"])
def test_forms_say_what_nodes_say(estimator: str, components: str) -> None:
    """Also where components are tied, and of a kurtosis."""
    for entropy in ("closed_form", "monte_carlo"):
        two = case(estimator, entropy, components, d=2)  # type: ignore[arg-type]
        nodes, forms = quadrature.exact(two), declared(prepared(two), "")
        for field in ("mean", "variance", "kurtosis", "projection"):
            shift = constant(two) if field == "mean" else 0.0
            np.testing.assert_allclose(getattr(forms, field) + shift, getattr(nodes, field), rtol=1e-8, err_msg=field)


def test_in_many_components_there_is_an_exact_variance() -> None:
    exact = quadrature.exact(case("score_function", d=8))
    assert not exact.reason
    assert (exact.variance > 0).all()
    gradient = exact_gradient(case("score_function", d=8))
    assert gradient is not None
    np.testing.assert_allclose(exact.mean, gradient, rtol=1e-10)
    assert "components, allowed 100" in quadrature.exact(case("pathwise", d=101)).reason
    assert "do not separate" in quadrature.exact(case("second_order", d=8)).reason
