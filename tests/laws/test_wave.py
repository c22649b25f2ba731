"""The wave has no symmetry and all derivatives; `test_forms` holds these to its value."""

import numpy as np

from bench.laws.wave import WAVE
from tests.support.through import derivative, draws, form, value


def test_nothing_of_it_vanishes() -> None:
    y = draws(1, 200)
    at, mirrored = value(form(WAVE), y, (1.0,)), value(form(WAVE), -y, (1.0,))
    assert np.all(abs(at - mirrored) > 0)
    assert np.std(derivative(form(WAVE), "curvature", y, (1.0,))) > 0.1


def test_terms_add_up() -> None:
    y = draws(3, 20)
    terms = derivative(form(WAVE), "terms", y, (3.0,))
    np.testing.assert_allclose(terms.sum(axis=0), value(form(WAVE), y, (3.0,)), rtol=1e-13)
