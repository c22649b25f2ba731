"""A peer that computes something else is refused: slips of published code are, and right peers are not."""

from collections.abc import Callable

import numpy as np
import pytest

from bench.errors import Disagrees
from bench.peers.check import FEWEST, estimates_of, require
from bench.peers.problem import Problem, Truth, cell_plan, problem, truth
from bench.peers.with_numpy import PEERS, value
from bench.registry import Registry
from bench.spec import Floats

CHECKS, SAMPLES, COUNT = 1000, 10, 40_000
Weights = Callable[[Floats], Floats]  # of f[batch, K]


def without_own(f: Floats) -> Floats:
    """The mean of f over the other draws of an estimate."""
    return (f.sum(axis=1, keepdims=True) - f) / (f.shape[1] - 1)


def estimates(work: Problem, weights: Weights) -> Floats:
    """[COUNT, 2] Score-function estimates whose weights are made of f."""
    eps = np.random.Generator(np.random.PCG64(1)).standard_normal(work.shape(COUNT))
    weight = weights(value(work, work.mu + work.sigma * eps))
    scores = eps / work.sigma, (eps**2 - 1) / work.sigma
    return np.stack([(weight * score).mean(axis=1) for score in scores], axis=-1)


@pytest.fixture(scope="module")
def asked(known: Registry) -> tuple[Problem, Truth]:
    """The score function of squared_error."""
    plan = cell_plan("squared_error", "score_function", SAMPLES, known)
    return problem(plan, known), truth(plan)


def mean_alone(exact: Truth) -> Truth:
    """What is known where a baseline changes the variance."""
    unknown = np.full_like(exact.variance, np.nan)
    return Truth(exact.gradient, unknown, unknown)


SLIPS: dict[str, Weights] = {
    "the baseline instead of the advantage": without_own,
    "a baseline of all draws, the own one too: shrunk by (n - 1) / n": lambda f: f - f.mean(axis=1, keepdims=True),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_slips_of_leave_one_out_are_refused(slip: str, asked: tuple[Problem, Truth]) -> None:
    work, exact = asked
    with pytest.raises(Disagrees, match=r"^mine, squared_error score_function samples=10 d/d\w+: gradient = "):
        require("mine", work, estimates(work, SLIPS[slip]), mean_alone(exact), CHECKS)


def test_control_leave_one_out_as_it_should_be_is_not(asked: tuple[Problem, Truth]) -> None:
    work, exact = asked
    require("mine", work, estimates(work, lambda f: f - without_own(f)), mean_alone(exact), CHECKS)
    require("mine", work, estimates(work, lambda f: f), exact, CHECKS)


def test_an_unbiased_peer_of_another_variance_is_refused(asked: tuple[Problem, Truth]) -> None:
    """It is right, and other work than is asked for."""
    work, exact = asked
    with pytest.raises(Disagrees, match="variance = "):
        require("mine", work, estimates(work, lambda f: f - without_own(f)), exact, CHECKS)


def test_a_gradient_by_sigma_that_is_missing_is_refused(asked: tuple[Problem, Truth]) -> None:
    work, exact = asked
    with pytest.raises(Disagrees, match="d/dsigma: gradient = 0, the oracle's 200; "):
        require("mine", work, estimates(work, lambda f: f) * [1.0, 0.0], exact, CHECKS)


def test_what_is_not_finite_is_refused(asked: tuple[Problem, Truth]) -> None:
    work, exact = asked
    with pytest.raises(Disagrees, match="a gradient is not finite"):
        require("mine", work, np.full((FEWEST, 2), np.nan), exact, CHECKS)


def test_right_peers_pass_with_their_own_noise(asked: tuple[Problem, Truth]) -> None:
    work, exact = asked
    drawn = estimates_of(PEERS[0].prepare(work, 512, 0).both, work)
    assert len(drawn) >= 2**20 / SAMPLES
    require("numpy", work, drawn, exact, CHECKS)
