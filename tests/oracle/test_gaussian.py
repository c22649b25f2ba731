"""A quadratic form of normal noise: its gradients are forms too, whose means are the exact gradient."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine.apply import constant
from bench.engine.case import Case
from bench.laws.cases import ENTROPIES
from bench.oracle import gaussian
from bench.oracle.gradients import exact_gradient
from bench.spec import Components, Entropy, Variant
from tests.support.rests import case_in, target_cell


def case(entropy: Entropy, components: Components) -> Case:
    cell = replace(target_cell(entropy, components), objective=Variant("gaussian_target", (6.0, 30.0)), dimension=6)
    theta = (0.4, 0.8) if components == "tied" else ((0.4, -1.0, 0.2, 0.9, 0.0, 2.0), 0.8)
    return case_in(replace(cell, theta=theta), "pathwise")


@pytest.mark.parametrize("entropy", ENTROPIES)
@pytest.mark.parametrize("components", ["tied", "untied"])
def test_the_mean_of_both_estimators_is_the_gradient(entropy: Entropy, components: Components) -> None:
    made = case(entropy, components)
    gradient = exact_gradient(made)
    assert gradient is not None
    np.testing.assert_allclose(gaussian.of_path(made)[0] + constant(made), gradient, rtol=1e-11, atol=1e-12)
    raw = gaussian.sums(made).products()
    np.testing.assert_allclose(raw[1] + constant(made), gradient, rtol=1e-11, atol=1e-12)
