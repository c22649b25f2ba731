"""Logistic regression of breast cancer: data, gradients and a variance that were computed twice."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine.apply import contributions
from bench.engine.case import Case
from bench.engine.pilot import draws
from bench.objectives.logistic_regression import PLUGIN, SCALE, exact, rows, slope_covariance, tabulate
from bench.oracle import quadrature
from bench.oracle.gradients import exact_gradient
from bench.spec import Entropy, Variant
from bench.statistics import logistic
from tests.support.rests import case_in, target_cell

START = np.tile([0.0, 1.0], (31, 1))
DIGITS = 1e-6


def case(estimator: str = "pathwise", entropy: Entropy = "closed_form", components: str = "untied") -> Case:
    cell = replace(target_cell(entropy, components), objective=Variant("logistic_regression"), dimension=31)
    return case_in(replace(cell, theta=(0.0, 1.0)), estimator)


def test_the_data_are_those_of_the_source() -> None:
    design = rows()
    labels = design[:, -1] < 0
    assert design.shape == (569, 31)
    assert labels.sum() == 357  # benign
    features = design[:, :-1] * np.where(labels, -1, 1)[:, np.newaxis]
    np.testing.assert_allclose(features.mean(axis=0), 0.0, atol=1e-13)
    np.testing.assert_allclose(features.std(axis=0), 1.0, rtol=1e-13)
    with pytest.raises(ValueError, match="read-only"):
        design[0, 0] = 0.0


def test_the_elbo_and_its_gradients() -> None:
    """Maximised: the signs of f are turned."""
    gradient = exact_gradient(case())
    assert gradient is not None
    by_mu, by_sigma = -gradient.reshape(31, 2).T
    assert np.linalg.norm(by_mu) == pytest.approx(806.900898, rel=1e-8)
    assert [*by_mu[:3], by_mu[-1]] == pytest.approx([-200.836138, -114.220487, -204.30442, 72.5], rel=1e-8)
    assert np.linalg.norm(by_sigma) == pytest.approx(195.046354, rel=1e-8)
    assert by_sigma[:3] == pytest.approx([-34.6724455, -41.559466, -34.2995757], rel=1e-8)
    entropy, prior = 31 * np.log(2 * np.pi * np.e) / 2, 31 * (1 + np.log(2 * np.pi)) / 2
    of_data = logistic.mean_softplus(rows() @ START[:, 0], np.sqrt(rows() ** 2 @ START[:, 1] ** 2)).sum()
    assert entropy - prior - of_data == pytest.approx(-1226.59248, rel=1e-8)


def test_the_variance_of_pathwise_by_mu() -> None:
    """Of the data alone, for prior and entropy stand in closed form there; here the prior is drawn too."""
    of_data = np.diag(rows().T @ logistic.covariance(np.zeros(569), rows()) @ rows())
    assert of_data.sum() == pytest.approx(275176.305, rel=DIGITS)
    assert of_data[:3] == pytest.approx([12505.1566, 5827.25333, 12877.6652], rel=DIGITS)
    moments = quadrature.exact(case())
    by_mu, by_sigma = moments.variance.reshape(31, 2).T
    by_sigma_of_f = exact(START, np.empty(0), ())[:, 1]
    np.testing.assert_allclose(by_mu, of_data + 1 + 2 * (by_sigma_of_f - 1), rtol=1e-10)
    assert np.isnan(by_sigma).all()
    assert "pathwise by mu alone" in moments.lacks(1)


def test_draws_have_that_variance() -> None:
    """Also where sticking the landing takes log q away, and where components are tied; a variance 3 % off is seen."""
    for entropy, components in (("closed_form", "tied"), ("sticking_the_landing", "untied")):
        made = case("pathwise", entropy, components)  # type: ignore[arg-type]
        out = contributions(made, draws(made, 20_000))[::2]
        expected, centred = quadrature.exact(made).variance[::2], out - out.mean(axis=1)[:, np.newaxis]
        measured = (centred**2).mean(axis=1)
        error = np.sqrt(((centred**4).mean(axis=1) - measured**2) / out.shape[1])
        assert (abs(measured - expected) < 5 * error).all()
        assert (abs(measured - 1.1 * expected) > 5 * error).any()


def test_where_there_is_no_exact_variance_the_row_says_why() -> None:
    assert "31 components that do not separate" in quadrature.exact(case("score_function")).reason
    tied = quadrature.exact(case("pathwise", "sticking_the_landing", "tied"))
    assert np.isnan(tied.variance).all()


def test_tables_are_scale_and_rows() -> None:
    assert tabulate(()).size == 1 + 569 * 31
    assert tabulate(())[0] == SCALE
    assert PLUGIN.dimension("shared", 0, ()) == 31
    covariance = slope_covariance(START, np.empty(0), ())
    np.testing.assert_allclose(covariance, covariance.T, rtol=1e-9, atol=1e-6)
