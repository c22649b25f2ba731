"""The normal target in d components: its divergence in closed form, and where its estimators have no variance."""

from dataclasses import replace

import numpy as np
import pytest

from bench.errors import BadInput
from bench.laws.cases import ENTROPIES
from bench.objectives.normal_target import dimension
from bench.oracle import quadrature
from bench.oracle.gradients import exact_gradient
from bench.spec import Entropy
from tests.support.rests import case_in, surface_in, target_cell


@pytest.mark.parametrize("entropy", ENTROPIES)
def test_its_gradient_is_that_of_the_divergence(entropy: Entropy) -> None:
    """KL(N(mu, sigma^2) || N(2, 1)) = -log sigma + (sigma^2 + (mu - 2)^2 - 1) / 2, of each component."""
    cell = replace(target_cell(entropy), theta=((0.5, 2.0, 3.0), (1.0, 0.3, 2.0)))
    gradient = exact_gradient(case_in(cell, "pathwise"))
    assert gradient is not None
    np.testing.assert_allclose(gradient.reshape(3, 2), [[-1.5, 0.0], [0.0, 0.3 - 1 / 0.3], [1.0, 1.5]], atol=1e-13)
    values = surface_in(target_cell()).at(np.array([[[0.5, 1.0], [2.0, 0.3], [3.0, 2.0]]])).value
    assert values[0] == pytest.approx(1.5**2 / 2 + (-np.log(0.3) + 0.045 - 0.5) + (-np.log(2) + 2.5 - 0.5), rel=1e-12)


@pytest.mark.parametrize("estimator", ["pathwise", "score_function"])
def test_sticking_the_landing_has_no_variance_at_the_target(estimator: str) -> None:
    cell = replace(target_cell("sticking_the_landing"), theta=(2.0, 1.0))
    np.testing.assert_allclose(quadrature.exact(case_in(cell, estimator)).variance, 0.0, atol=1e-24)


def test_it_has_whole_components() -> None:
    assert dimension("shared", 0, (2.0, 10.0)) == 10
    for d in (2.5, 0.0, -1.0):
        with pytest.raises(BadInput, match=r"^objective.normal_target.dimension=\S+ is not allowed; allowed: whole"):
            dimension("shared", 0, (2.0, d))
