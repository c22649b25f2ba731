"""Moments by brute force are those of closed forms."""

from dataclasses import replace

import numpy as np

from bench.laws import integrals
from bench.laws.cases import title
from bench.spec import Estimator
from tests.support.cases import MU, SIGMA, cases

NAME = "squared_error-shared-normal-tied-pathwise-iid"
(PATHWISE,) = [case for case in cases(dimension=1) if title(case) == NAME]


def test_moments_of_the_pathwise_gradient() -> None:
    """dE f/dmu = 2 n (mu - xbar), of variance 4 n^2 sigma^2 / K and normal: fourth moment 3 variance^2."""
    n, mean = PATHWISE.data.size, PATHWISE.data.mean()
    for samples in (1, 2):
        first, second, fourth = (moment[0] for moment in integrals.moments(PATHWISE, samples, 24))
        np.testing.assert_allclose(first, 2 * n * (MU - mean), rtol=1e-12)
        np.testing.assert_allclose(second, 4 * n**2 * SIGMA**2 / samples, rtol=1e-12)
        np.testing.assert_allclose(fourth, 3 * second**2, rtol=1e-12)


def test_the_fewest_draws_are_those_that_an_estimator_takes() -> None:
    def skip(cell: object) -> str | None:
        return "too few" if cell.samples < 3 else None  # type: ignore[attr-defined]

    picky = replace(PATHWISE, estimator=Estimator("picky", PATHWISE.rule, skip=skip))
    assert integrals.fewest(PATHWISE) == 1
    assert integrals.fewest(picky) == 3


def test_nodes_grow_fewer_with_axes() -> None:
    assert integrals.nodes(PATHWISE, 1) == 64
    assert integrals.nodes(PATHWISE, 4) == 21
