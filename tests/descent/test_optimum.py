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


def test_a_family_whose_f_falls_for_ever_has_none() -> None:
    """F of a Bernoulli is linear in its probability, so the least is at an infinite logit."""
    where, _ = surface("family=[bernoulli]", "dataset_size=[4]")
    best = optimum(where, np.array([[0.0]]))
    assert best is None or abs(best.theta[0, 0]) > 10


def test_none_where_nothing_integrates() -> None:
    words = "plugins=[tests/plugins/mean_field.py]", "objective=[mean_field]", "estimator=[score_function]"
    where, _ = surface(*words)
    if where.stream.dimension > 1 and where.subgrid.form.terms is None:
        assert optimum(where, START) is None
