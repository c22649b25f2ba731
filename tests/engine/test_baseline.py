"""The constant of the least variance: by closed form, tied and untied, of f that separates and that does not."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine.baseline import optimal_baseline
from bench.oracle import quadrature
from bench.spec import Floats
from tests.support.known import MEAN_FIELD, QUADRATIC, case, squares

OPTIMAL = "score_function_optimal_baseline"
CENTRES = (0.5, -1.0, 2.0)


def baseline(*arguments: object, **named: object) -> Floats:
    found = optimal_baseline(case(*arguments, **named))  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize("components", ["tied", "untied"])
def test_squares_of_normals(components: str) -> None:
    """E f s^2 / E s^2 = E f + k12 / k02: (y - c)^2 adds 2 s^2 for mu, 4 s^2 for sigma; tied ones add the mean of it."""
    mu, sigma = 0.3, 0.7
    found = baseline(squares(*CENTRES), "normal", (mu, sigma), OPTIMAL, components, 3)
    mean = sum((mu - c) ** 2 + sigma**2 for c in CENTRES)
    np.testing.assert_allclose(found, [[mean + 2 * sigma**2, mean + 4 * sigma**2]] * 3, rtol=1e-12)


def test_a_bernoulli() -> None:
    """(1 - m) f(1) + m f(0)."""
    m = 1 / (1 + np.exp(-0.4))
    found = baseline(squares(0.45), "bernoulli", (0.4,), OPTIMAL)
    np.testing.assert_allclose(found, [[(1 - m) * 0.55**2 + m * 0.45**2]], rtol=1e-12)


def test_what_does_not_separate_is_integrated_over_all_components() -> None:
    """Whatever is taken off besides costs E s^2 times its square."""
    of = case(QUADRATIC, "normal", MEAN_FIELD, OPTIMAL, "untied", 3)
    best = quadrature.exact(of).variance
    frozen = optimal_baseline(of)
    assert frozen is not None
    moved = replace(of, frozen=frozen.ravel() + 0.5, estimator=replace(of.estimator, freeze=None))
    sigma = np.array(MEAN_FIELD[1])
    square = np.stack([1 / sigma**2, 2 / sigma**2], axis=1).ravel()
    np.testing.assert_allclose(quadrature.exact(moved).variance - best, 0.25 * square, rtol=1e-7)


def test_log_q_that_is_differentiated_wholly_has_its_score_taken_off_too() -> None:
    of = case(squares(0.5), "normal", (0.3, 0.7), OPTIMAL)
    whole, held = (
        optimal_baseline(replace(of, cell=replace(of.cell, entropy=entropy)))
        for entropy in ("monte_carlo", "sticking_the_landing")
    )
    assert whole is not None
    assert held is not None
    np.testing.assert_allclose(whole - held, 1.0, rtol=1e-12)


def test_many_components_that_do_not_separate_have_none() -> None:
    of = case(QUADRATIC, "normal", (0.3, 0.7), OPTIMAL, "untied", 3)
    assert optimal_baseline(replace(of, cell=replace(of.cell, dimension=5))) is None
