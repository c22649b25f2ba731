"""Laws of a family at every y, on families of which the answer is known; `test_families` has all of them."""

from dataclasses import replace

import numpy as np
import pytest

from bench.laws import pointwise
from bench.laws.calculus import EPSILON
from bench.spec import Floats
from tests.support.families import FAMILIES, THETAS

NORMAL, AT = FAMILIES["normal"], np.array(THETAS["normal"][0])


@pytest.mark.parametrize("factor", [1.0, 1.001])
def test_the_density_of_the_transport_sees_a_stretch(factor: float) -> None:
    def transport(noise: Floats, j: int, theta: Floats, y: Floats) -> None:
        y[:] = theta[0] + factor * theta[1] * noise[0, j]

    finding = pointwise.density_of_transport(replace(NORMAL, transport=transport), AT, EPSILON)
    assert (finding is None) == (factor == 1.0)


def test_a_discrete_density_is_the_chance_of_its_noise() -> None:
    family, theta = FAMILIES["bernoulli"], np.array([0.4])
    assert pointwise.density_of_transport(family, theta, EPSILON) is None

    def log_density(y: Floats, theta: Floats, out: Floats) -> None:
        family.log_density(y, theta, out)
        out += 0.001

    assert pointwise.density_of_transport(replace(family, log_density=log_density), theta, EPSILON) is not None


def test_derived_parameters_are_known_by_their_names() -> None:
    assert pointwise.derived_parameters(NORMAL, AT, EPSILON) is None
    for derived in ({"sigma2": ("sigma", lambda sigma: sigma)}, {"log_mu": ("mu", lambda mu: 2 * mu)}):
        wrong = replace(NORMAL, derived=derived)  # type: ignore[arg-type]
        assert pointwise.derived_parameters(wrong, AT, EPSILON) is not None
    unknown = replace(NORMAL, derived={"precision": ("sigma", lambda sigma: sigma)})
    assert pointwise.derived_parameters(unknown, AT, EPSILON) is None
