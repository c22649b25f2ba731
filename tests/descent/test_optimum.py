"""The optimum: inside the domain, at its end, and where there is none."""

import numpy as np
import pytest

from bench.descent.optimum import optimum
from tests.support.surfaces import surface

START = np.array([[0.0, 1.0]])


def test_the_divergence_ends_at_the_data() -> None:
    where, x = surface("objective=[gaussian_kl]")
    best = optimum(where, START)
    assert best is not None
    assert best.theta[0] == pytest.approx([x.mean(), x.std()], rel=1e-13)
    assert best.value == pytest.approx(0.0, abs=1e-13)


def test_squared_error_drives_sigma_to_the_end_of_its_domain() -> None:
    where, x = surface("dataset_size=[9]")
    best = optimum(where, START)
    assert best is not None
    assert best.theta[0, 0] == pytest.approx(x.mean(), rel=1e-12)
    assert best.theta[0, 1] == 0.0
    assert best.value == pytest.approx(9 * x.var(), rel=1e-12)


def test_the_posterior() -> None:
    where, x = surface("objective=[gaussian_posterior]", "dataset_size=[9]")
    best = optimum(where, START)
    assert best is not None
    assert best.theta[0] == pytest.approx([x.sum() / 10, np.sqrt(1 / 10)], rel=1e-12)


def test_where_f_falls_for_ever_the_place_is_infinite() -> None:
    """F of a Bernoulli is linear in its probability, so the least is at an infinite logit."""
    where, x = surface("family=[bernoulli]", "dataset_size=[4]")
    best = optimum(where, np.array([[0.0]]))
    assert best is not None
    falls_upwards = ((1 - x) ** 2).sum() < (x**2).sum()
    assert best.theta[0, 0] == (np.inf if falls_upwards else -np.inf)
    assert best.value == pytest.approx(min(((1 - x) ** 2).sum(), (x**2).sum()), rel=1e-6)


def test_a_place_that_is_far_away_is_no_infinite_one() -> None:
    where, x = surface("objective=[gaussian_kl]")
    best = optimum(where, np.array([[1e3, 1.0]]))
    assert best is not None
    assert best.theta[0] == pytest.approx([x.mean(), x.std()], rel=1e-9)


def test_none_where_nothing_integrates() -> None:
    words = "plugins=[tests/plugins/mean_field.py]", "objective=[mean_field]", "estimator=[score_function]"
    where, _ = surface(*words)
    if where.stream.dimension > 1 and where.subgrid.form.terms is None:
        assert optimum(where, START) is None
