"""Kernels applied to given noise: f where the estimator looks, what it needs of it, and its contributions."""

from dataclasses import replace

import numpy as np

from bench.oracle.apply import Case, combine, evaluate
from bench.spec import Floats, Variant
from tests.support.cases import DATA, EVERYTHING, MU, NORMAL_FAMILY, SIGMA
from tests.support.streams import CELL

EPS = np.array([[[-1.0, 0.25, 2.0], [0.5, -0.5, 1.0], [0.0, 3.0, -2.0]]])  # [channels, d, draws]
Y = MU + SIGMA * EPS[0]


def case(estimator: str) -> Case:
    """An estimator of squared_error with a latent for each of three data."""
    cell = replace(CELL, latent="per_datum", dimension=3)
    form = EVERYTHING.get("objective", "squared_error").forms["per_datum"]["direct"]
    rule, sampler = EVERYTHING.get("estimator", estimator), EVERYTHING.get("sampler", "iid")
    return Case(form, NORMAL_FAMILY, rule, Variant(estimator), sampler, cell, DATA)


def squares() -> Floats:
    """[d, draws] The terms of f."""
    return (Y - DATA[:, np.newaxis]) ** 2


def test_f_and_what_is_needed_of_it_are_evaluated_where_the_estimator_looks() -> None:
    f = evaluate(case("pathwise"), EPS)
    np.testing.assert_allclose(f.value[0], squares().sum(axis=0), rtol=1e-13)
    np.testing.assert_allclose(f.terms[0], squares(), rtol=1e-13)
    np.testing.assert_allclose(f.slope[0], 2 * (Y - DATA[:, np.newaxis]), rtol=1e-13)
    assert f.curvature.size == 0  # which pathwise does not ask for


def test_terms_are_evaluated_in_several_components_alone() -> None:
    """The oracle takes a separable f apart there; in one component f is its only term."""
    several = case("score_function")
    single = replace(several, cell=replace(several.cell, dimension=1, dataset_size=1), data=DATA[:1])
    assert evaluate(several, EPS).terms.shape == (1, 3, 3)
    assert evaluate(single, EPS[:, :1]).terms.size == 0


def test_an_estimator_that_looks_elsewhere_has_f_at_every_point() -> None:
    """mu + sigma w, mu - sigma w, mu + sigma m, mu + sigma eps."""
    rayleigh, maxwell, normal = (factor * EPS[0] for factor in (1.0, 2.0, 3.0))
    f = evaluate(case("measure_valued"), np.stack([rayleigh, maxwell, normal]))
    for value, noise in zip(f.value, (rayleigh, -rayleigh, maxwell, normal), strict=True):
        y = MU + SIGMA * noise
        np.testing.assert_allclose(value, ((y - DATA[:, np.newaxis]) ** 2).sum(axis=0), rtol=1e-13)


def test_contributions_are_those_of_the_formula() -> None:
    """sum_j f_j times the joint score, and the derivatives by mu and sigma of f(mu + sigma eps)."""
    f, score = squares().sum(axis=0), np.array([EPS[0].sum(axis=0), (EPS[0] ** 2 - 1).sum(axis=0)]) / SIGMA
    slope = 2 * (Y - DATA[:, np.newaxis])
    path = np.array([slope.sum(axis=0), (slope * EPS[0]).sum(axis=0)])
    for name, expected in (("score_function", f * score), ("pathwise", path)):
        contributions = combine(case(name), EPS, evaluate(case(name), EPS))
        np.testing.assert_allclose(contributions, expected, rtol=1e-13)


def test_the_parameters_of_the_estimator_are_an_array() -> None:
    assert replace(case("pathwise"), variant=Variant("pathwise", (1.0, 2.0))).phi.tolist() == [1.0, 2.0]
