"""How estimates spread at rest, and how they hang on where they are taken: held against closed forms."""

from dataclasses import replace

import numpy as np
import pytest

from bench.descent.steps import adds_up, products, spread
from bench.engine.pilot import frozen
from bench.laws.cases import DATA
from bench.spec import Floats
from tests.support.rests import case_in, rest_at, target_cell
from tests.support.streams import CELL

N, XBAR, S2 = DATA.size, DATA.mean(), DATA.var()
EXACT = 1e-9  # what the oracle's moments agree to, and sums of them


@pytest.mark.parametrize("samples", [1, 10])
def test_spread_is_that_of_the_closed_forms_over_the_samples(samples: int) -> None:
    """At mu = xbar: pathwise 4 n^2 v and 2 n^2 by sigma^2, score function n^2 (s2^2 / v + 6 s2 + 15 v)."""
    sigma = 0.7
    v, rest = sigma**2, rest_at(np.array([[XBAR, 0.7]]), "sigma2")
    noise = spread(case_in(CELL, "pathwise"), rest, samples, together=True)
    np.testing.assert_allclose(noise, np.diag([4 * N**2 * v, 2 * N**2]) / samples, rtol=EXACT, atol=EXACT)
    by_score = spread(case_in(CELL, "score_function"), rest, samples, together=False)
    assert isinstance(by_score, np.ndarray)
    assert by_score[0, 0] == pytest.approx(N**2 * (S2**2 / v + 6 * S2 + 15 * v) / samples, rel=EXACT)


def test_covariances_follow_from_the_variances_of_sums() -> None:
    """g_mu = e + s z, g_sigma = z (e + s z) - 1/s: their covariance is e s, in each component alone."""
    theta = np.array([[2.5, 0.8], [1.0, 1.5], [2.0, 1.0]])
    noise = spread(case_in(target_cell(), "pathwise"), rest_at(theta), 4, together=True)
    e, s = theta[:, 0] - 2, theta[:, 1]
    expected = np.zeros((6, 6))
    for j in range(3):
        block = [[s[j] ** 2, e[j] * s[j]], [e[j] * s[j], e[j] ** 2 + 2 * s[j] ** 2]]
        expected[2 * j : 2 * j + 2, 2 * j : 2 * j + 2] = np.array(block) / 4
    np.testing.assert_allclose(noise, expected, rtol=EXACT, atol=EXACT)


REACH = np.array([[3.0], [-0.5]])


@pytest.mark.parametrize(("estimator", "linear"), [("pathwise", True), ("score_function", False)])
def test_a_step_is_seen_to_be_linear(estimator: str, linear: bool) -> None:
    rest = rest_at(np.array([[XBAR, 0.7]]), "log_sigma", ("sigma",))
    case = frozen(case_in(replace(CELL, theta=(0.0, 0.7)), estimator))
    assert adds_up(case, rest, 2, np.array([[2.0 * N]]), REACH) is linear
    assert not adds_up(case, rest, 2, np.array([[2.0 * N * 1.001]]), REACH)  # another curvature is none of it


def test_a_step_that_moves_the_spread_is_not_linear() -> None:
    rest = rest_at(np.array([[XBAR, 0.7]]), "log_sigma")
    case = frozen(case_in(CELL, "pathwise"))
    assert not adds_up(case, rest, 1, np.diag([2.0 * N, 4 * N * 0.49]), np.array([[0.1, 0.2]]))


def by_hand(samples: int) -> Floats:
    """E A (x) A of A = [[1, 2 z], [z, 2 z^2]], averaged over samples."""
    moments = {0: 1.0, 1: 0.0, 2: 1.0, 3: 0.0, 4: 3.0}
    size, power = np.array([[1.0, 2.0], [1.0, 2.0]]), np.array([[0, 1], [1, 2]])
    full = np.array(
        [
            [size[a, b] * size[c, e] * moments[int(power[a, b] + power[c, e])] for b in range(2) for e in range(2)]
            for a in range(2)
            for c in range(2)
        ]
    )
    mean = np.kron(np.diag([1.0, 2.0]), np.diag([1.0, 2.0]))
    return mean + (full - mean) / samples


@pytest.mark.parametrize("samples", [1, 5])
def test_steps_that_stick_the_landing_vanish_as_by_hand(samples: int) -> None:
    rest = rest_at(np.tile([2.0, 1.0], (3, 1)), "log_sigma")
    case = case_in(target_cell("sticking_the_landing"), "pathwise")
    blocks = products(case, rest, samples, np.diag([1.0, 2.0] * 3))
    assert isinstance(blocks, np.ndarray)
    for block in blocks:
        np.testing.assert_allclose(block, by_hand(samples), atol=EXACT)


def test_tied_components_spread_together() -> None:
    rest = rest_at(np.array([[2.0, 1.0]]), "log_sigma")
    case = case_in(target_cell("sticking_the_landing", "tied"), "pathwise")
    (block,) = products(case, rest, 1, np.diag([3.0, 6.0]))
    mean = np.kron(np.diag([1.0, 2.0]), np.diag([1.0, 2.0]))
    np.testing.assert_allclose(block, 9 * mean + 3 * (by_hand(1) - mean), atol=EXACT)


def test_what_is_not_integrated_says_so() -> None:
    rest = rest_at(np.tile([2.0, 1.0], (3, 1)), "log_sigma")
    case = case_in(target_cell("sticking_the_landing"), "score_function")
    assert "several components" in str(products(case, rest, 1, np.diag([1.0, 2.0] * 3)))
