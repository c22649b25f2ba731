"""Kernels applied to given noise: f where the estimator looks, what it needs of it, and its contributions."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine import apply
from bench.engine.apply import constant, contributions, evaluated, looks, transported
from bench.engine.case import Case, case_of, theta_of
from bench.laws.cases import DATA, ENTROPIES
from bench.spec import Cell, Entropy, Floats, Variant
from tests.support.cases import MU, SIGMA
from tests.support.rules import RULES
from tests.support.streams import CELL, PER_DATUM, stream_of

EPS = np.array([[[-1.0, 0.25, 2.0], [0.5, -0.5, 1.0], [0.0, 3.0, -2.0]]])  # [channels, d, draws]
Y = MU + SIGMA * EPS[0]
POSTERIOR = replace(PER_DATUM, objective=Variant("gaussian_posterior", (1.3, 0.9)))


def case(estimator: str, cell: Cell = PER_DATUM) -> Case:
    """An estimator of a sum over three data, with a latent for each."""
    stream = stream_of([cell], [estimator], RULES)
    (subgrid,) = stream.subgrids
    return case_of(stream, subgrid, subgrid.members[0], cell, DATA)


def target(estimator: str, entropy: Entropy, components: str = "tied") -> Case:
    return case(estimator, replace(POSTERIOR, entropy=entropy, components=components))  # type: ignore[arg-type]


def squares() -> Floats:
    """[d, draws] The terms of f."""
    return (Y - DATA[:, np.newaxis]) ** 2


def log_q() -> Floats:
    """[d, draws]."""
    return -(EPS[0] ** 2) / 2 - np.log(SIGMA) - np.log(2 * np.pi) / 2


def scores() -> Floats:
    """[k, d, draws]."""
    return np.array([EPS[0], EPS[0] ** 2 - 1]) / SIGMA


def test_theta_has_a_row_for_all_components_or_one_for_each() -> None:
    np.testing.assert_array_equal(theta_of((0.5, 2.0)), [[0.5, 2.0]])
    np.testing.assert_array_equal(theta_of((0.5, (1.0, 2.0))), [[0.5, 1.0], [0.5, 2.0]])


def test_draws_are_transported_component_by_component() -> None:
    np.testing.assert_allclose(transported(case("pathwise"), EPS), Y, rtol=1e-15)
    sigmas = (0.3, 1.0, 2.0)
    own = case("pathwise", replace(PER_DATUM, components="untied", theta=(MU, sigmas)))
    np.testing.assert_allclose(transported(own, EPS), MU + np.array(sigmas)[:, np.newaxis] * EPS[0], rtol=1e-15)


def test_f_and_what_is_needed_of_it_are_evaluated() -> None:
    f = evaluated(case("pathwise"), Y, ["value", "terms", "slope"])
    np.testing.assert_allclose(f.value[0], squares().sum(axis=0), rtol=1e-13)
    np.testing.assert_allclose(f.terms[0], squares(), rtol=1e-13)
    np.testing.assert_allclose(f.slope[0], 2 * (Y - DATA[:, np.newaxis]), rtol=1e-13)
    assert f.curvature.size == 0  # which nobody asked for


@pytest.mark.parametrize("entropy", ENTROPIES)
def test_an_open_entropy_adds_log_q_and_its_slope(entropy: Entropy) -> None:
    closed, f = (
        evaluated(target("pathwise", kind), Y, ["value", "terms", "slope"]) for kind in ("closed_form", entropy)
    )
    opened = entropy != "closed_form"
    np.testing.assert_allclose(f.terms - closed.terms, opened * log_q()[np.newaxis], atol=1e-13)
    np.testing.assert_allclose(f.value - closed.value, opened * log_q().sum(axis=0)[np.newaxis], atol=1e-13)
    np.testing.assert_allclose(f.slope - closed.slope, opened * -EPS / SIGMA, atol=1e-13)


def test_a_rule_looks_at_its_points_for_one_component_after_the_other() -> None:
    """Value is the term of a separable f, and all of f where it does not separate."""
    h = 0.125
    for j in range(3):
        found = looks(case("differences"), EPS, Y, j)
        for e, y in enumerate((Y[j] + h, Y[j] - h)):
            np.testing.assert_allclose(found.value[e], (y - DATA[j]) ** 2, rtol=1e-12)
            np.testing.assert_allclose(found.slope[e], 2 * (y - DATA[j]), rtol=1e-12)
        assert np.isnan(found.curvature).all()  # which it does not ask for
    mean_field = Variant("mean_field")
    whole = case("differences", replace(PER_DATUM, latent="shared", objective=mean_field, entropy="closed_form"))
    moved = Y.copy()
    moved[1] += h
    expected = evaluated(whole, moved, ["value"]).value[0]
    np.testing.assert_allclose(looks(whole, EPS, Y, 1).value[0], expected, rtol=1e-13)


def test_contributions_are_those_of_the_formula() -> None:
    """sum_j f_j times the joint score, and the derivatives by mu and sigma of f(mu + sigma eps)."""
    f, slope = squares().sum(axis=0), 2 * (Y - DATA[:, np.newaxis])
    path = np.array([slope.sum(axis=0), (slope * EPS[0]).sum(axis=0)])
    for name, expected in (("score_function", f * scores().sum(axis=1)), ("pathwise", path)):
        np.testing.assert_allclose(contributions(case(name), EPS), expected, rtol=1e-13)
    local = contributions(case("score_function_local"), EPS)
    np.testing.assert_allclose(local, (squares() * scores()).sum(axis=1), rtol=1e-13)


def test_untied_rows_are_component_by_component() -> None:
    """[d, k], and tied ones are their sum."""
    for name in ("pathwise", "score_function", "own_on_both", "points_at_y", "differences"):
        tied = case(name)
        rows = contributions(apply.untied(tied), EPS).reshape(3, 2, -1)
        np.testing.assert_allclose(rows.sum(axis=0), contributions(tied, EPS), rtol=1e-12)
    slope = 2 * (Y - DATA[:, np.newaxis])
    rows = contributions(apply.untied(case("pathwise")), EPS)
    np.testing.assert_allclose(rows[[0, 2, 4]], slope, rtol=1e-13)
    np.testing.assert_allclose(rows[[1, 3, 5]], slope * EPS[0], rtol=1e-13)


@pytest.mark.parametrize("name", ["pathwise", "score_function", "score_function_local", "differences"])
def test_monte_carlo_entropy_adds_a_score_to_sticking_the_landing(name: str) -> None:
    whole, stuck = (contributions(target(name, kind), EPS) for kind in ("monte_carlo", "sticking_the_landing"))
    np.testing.assert_allclose(whole - stuck, scores().sum(axis=1), atol=1e-12)


def test_a_closed_entropy_adds_a_constant_and_an_open_one_none() -> None:
    """-dH/dsigma = -1 / sigma of each component."""
    np.testing.assert_allclose(constant(target("pathwise", "closed_form")), [0, -3 / SIGMA], rtol=1e-15)
    np.testing.assert_allclose(constant(target("pathwise", "closed_form", "untied")), [0, -1 / SIGMA] * 3, rtol=1e-15)
    for entropy in ENTROPIES[1:]:
        assert not constant(target("pathwise", entropy)).any()
    assert not constant(case("pathwise")).any()


def test_estimates_are_means_of_strided_draws() -> None:
    """The draws r, r + R, r + 2 R, ... of each estimate r; those beyond the last whole estimate are left out."""
    eps = np.random.default_rng(1).normal(size=(1, 3, 7))
    draws = contributions(case("pathwise"), eps)
    np.testing.assert_allclose(apply.estimates(case("pathwise"), eps, 3), draws[:, :6].reshape(2, 3, 2).mean(axis=1))


@pytest.mark.parametrize("entropy", ENTROPIES)
def test_leave_one_out_weighs_by_the_advantage(entropy: Entropy) -> None:
    """(f_k - mean of the others) s_k; differentiating log q wholly adds s_k."""
    eps = np.random.default_rng(2).normal(size=(1, 3, 8))
    loo = target("score_function_loo", entropy)
    f, *s = contributions(loo, eps)
    f, s = f.reshape(4, 2), np.array(s).reshape(2, 4, 2)
    others = (f.sum(axis=0) - f) / 3
    expected = ((f - others + (entropy == "monte_carlo")) * s).mean(axis=1)
    np.testing.assert_allclose(apply.estimates(loo, eps, 4), expected, rtol=1e-11)


def test_what_an_estimator_froze_stands_behind_its_parameters() -> None:
    plain = replace(case("pathwise"), variant=Variant("pathwise", (1.0, 2.0)))
    assert plain.phi.tolist() == [1.0, 2.0]
    assert replace(plain, frozen=np.array([7.0])).phi.tolist() == [1.0, 2.0, 7.0]


def test_a_cell_of_one_y() -> None:
    one = case("pathwise", CELL)
    assert (one.rows, len(one.channels), one.theta.tolist()) == (2, 1, [[MU, SIGMA]])
