"""Wells in Bangladesh: the data of the source, and estimators that are integrated in full near the posterior."""

from dataclasses import replace

import numpy as np
import pytest

from bench.objectives.wells import exact, rows, tabulate
from bench.oracle import quadrature
from bench.oracle.gradients import exact_gradient
from bench.spec import Variant
from tests.support.rests import case_in, target_cell

# Gelman & Hill (2007), section 5.4: switch ~ dist / 100 + arsenic + educ / 4, the likelihood's maximum
MAXIMUM = np.array([-0.21, -0.90, 0.47, 0.17])


def test_the_data_are_those_of_the_source() -> None:
    design = rows()
    switched = design[:, 0] < 0
    assert design.shape == (3020, 4)
    assert switched.sum() == 1737  # 57 % of them
    columns = abs(design)
    assert columns[:, 1].mean() == pytest.approx(0.4833, abs=1e-4)
    assert (columns[:, 2].min(), columns[:, 2].max()) == (0.51, 9.65)
    assert columns[:, 3].max() == 17 / 4
    with pytest.raises(ValueError, match="read-only"):
        design[0, 0] = 0.0


def test_the_gradient_vanishes_where_the_regression_is_published() -> None:
    """Without the prior Newton's step from there is shorter than the two digits of the book tell."""
    theta = np.column_stack([MAXIMUM, np.full(4, 1e-6)])
    slope = exact(theta, np.empty(0), ())[:, 0] - MAXIMUM / 2.5**2
    chance = 1 / (1 + np.exp(-rows() @ MAXIMUM))
    hessian = (rows().T * (chance * (1 - chance))) @ rows()
    assert (abs(np.linalg.solve(hessian, slope)) < 0.005).all()


def test_every_moment_is_integrated_near_the_posterior() -> None:
    cell = replace(target_cell(), objective=Variant("wells"), dimension=4, theta=(tuple(MAXIMUM), 0.02))
    made = case_in(cell, "pathwise")
    moments = quadrature.exact(made)
    assert not moments.reason
    assert (moments.variance > 0).all()
    gradient = exact_gradient(made)
    assert gradient is not None
    np.testing.assert_allclose(moments.mean, gradient, rtol=1e-9, atol=1e-9)
    assert tabulate(())[0] == 2.5
