"""The curvature of F by differences of its exact gradient, held against closed forms."""

from dataclasses import replace

import numpy as np
import pytest

from bench.descent.curvature import curvature
from bench.laws.cases import DATA
from tests.support.rests import rest_at, surface_in, target_cell
from tests.support.streams import CELL

ROUND_OFF = 1e-8  # of differences of a gradient that is exact to 1e-14, at steps that balance both errors
KL = replace(CELL, objective=replace(CELL.objective, name="gaussian_kl"), entropy="closed_form")
S = float(np.sqrt(DATA.var()))


@pytest.mark.parametrize(
    ("parameterisation", "by_spread"), [("sigma", 2 / S**2), ("log_sigma", 2.0), ("sigma2", 0.5 / S**4)]
)
def test_of_a_divergence_it_is_that_of_the_closed_form(parameterisation: str, by_spread: float) -> None:
    """KL: 1 / s2 by mu; by sigma 1 / s2 + 1 / sigma^2, times (d sigma / d rho)^2."""
    rest = rest_at(np.array([[DATA.mean(), S]]), parameterisation)
    bend = curvature(surface_in(KL), rest)
    np.testing.assert_allclose(bend, np.diag([1 / S**2, by_spread]), atol=ROUND_OFF * max(1 / S**2, by_spread))


def test_what_is_fixed_has_none() -> None:
    rest = rest_at(np.array([[DATA.mean(), 0.7]]), "log_sigma", ("sigma",))
    bend = curvature(surface_in(CELL), rest)
    np.testing.assert_allclose(bend, [[2.0 * DATA.size]], rtol=ROUND_OFF)


def test_components_that_separate_do_not_lean_on_each_other() -> None:
    rest = rest_at(np.tile([2.0, 1.0], (3, 1)), "log_sigma")
    bend = curvature(surface_in(target_cell()), rest)
    np.testing.assert_allclose(bend, np.diag([1.0, 2.0] * 3), atol=ROUND_OFF)


def test_a_place_where_f_goes_on_falling_is_no_rest() -> None:
    """Squared errors by log sigma: n sigma^2, whose step of Newton is 1 wherever sigma is."""
    for sigma in (0.5, 1e-3):
        rest = rest_at(np.array([[DATA.mean(), sigma]]), "log_sigma", ("mu",))
        assert curvature(surface_in(CELL), rest) == "F is flat where it is least: no gradient is zero there"


def test_a_place_at_the_end_of_the_domain_is_not_inside() -> None:
    for parameterisation in ("sigma", "log_sigma", "sigma2", "softplus"):
        with np.errstate(divide="ignore", invalid="ignore"):
            assert not rest_at(np.array([[1.0, 0.0]]), parameterisation).inside
            assert rest_at(np.array([[1.0, 0.1]]), parameterisation).inside
