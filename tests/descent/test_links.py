"""Parameterisations: theta follows from the free numbers, and its derivative is right; what a family offers."""

import math

import numpy as np
import pytest

from bench.descent import links
from bench.registry import Registry
from bench.spec import Family, Floats, Parameter

ENDS = {0: (-math.inf, math.inf), 1: (0.5, math.inf), 2: (0.5, math.inf), 3: (-1.0, math.inf), 4: (-1.0, 3.0)}


def followed(rho: float, link: int) -> tuple[float, float]:
    low, high = ENDS[link]
    theta, rate = np.empty(1), np.empty(1)
    links.follow(np.array([rho]), np.array([link]), np.array([low]), np.array([high]), theta, rate)
    return float(theta[0]), float(rate[0])


@pytest.mark.parametrize("link", sorted(ENDS))
@pytest.mark.parametrize("theta", [0.6, 1.0, 2.5])
def test_theta_follows_from_the_free_numbers_and_leads_back(link: int, theta: float) -> None:
    low, high = ENDS[link]
    rho = float(links.free(np.array([theta]), np.array([link]), np.array([low]), np.array([high]))[0])
    back, rate = followed(rho, link)
    assert back == pytest.approx(theta, rel=1e-14)
    step = 1e-6
    slope = (followed(rho + step, link)[0] - followed(rho - step, link)[0]) / (2 * step)
    assert rate == pytest.approx(slope, rel=1e-7)


def test_a_square_that_would_be_negative_is_no_number() -> None:
    assert math.isnan(followed(-0.1, links.SQUARE)[0])


@pytest.mark.parametrize("rho", [-800.0, 800.0])
def test_far_numbers_do_not_overflow_where_theta_does_not(rho: float) -> None:
    assert followed(rho, links.SOFTPLUS)[0] == pytest.approx(-1.0 + max(rho, 0.0))
    assert followed(rho, links.LOGIT)[0] == pytest.approx(3.0 if rho > 0 else -1.0)


def test_what_a_family_offers(plugins: Registry) -> None:
    normal, gamma, bernoulli = (plugins.get("family", name) for name in ("normal", "gamma", "bernoulli"))
    assert set(links.offered(normal)) == {"sigma", "log_sigma", "sigma2", "softplus"}
    assert links.offered(normal)["sigma2"] == (links.NATURAL, links.SQUARE)
    assert set(links.offered(gamma)) == {"natural", "log", "square", "softplus"}
    assert set(links.offered(bernoulli)) == {"natural"}
    assert [links.default(family) for family in (normal, gamma, bernoulli)] == ["log_sigma", "log", "natural"]


def test_a_domain_with_two_ends_has_the_logit_alone(plugins: Registry) -> None:
    parameters = {"p": Parameter((0.5,), low=0.0, high=1.0)}
    bernoulli: Family = plugins.get("family", "bernoulli")
    names = links.offered(Family(**{**fields_of(bernoulli), "parameters": parameters}))
    assert names == {"p": (links.NATURAL,), "log_p": (links.LOGIT,), "softplus": (links.LOGIT,)}


def fields_of(family: Family) -> dict[str, object]:
    return {name: getattr(family, name) for name in Family.__dataclass_fields__}


def test_the_names_of_the_normal_are_those_that_its_gradients_are_reported_by(plugins: Registry) -> None:
    """A parameterisation and a derived parameter of one name are one function."""
    normal: Family = plugins.get("family", "normal")
    low, high = np.array([-math.inf, 0.0]), np.full(2, math.inf)
    for name, (_, by_name) in normal.derived.items():
        link = np.array(links.offered(normal)[name])
        for sigma in (0.1, 1.0, 7.0):
            rho: Floats = links.free(np.array([0.0, sigma]), link, low, high)
            rate = np.empty(2)
            links.follow(rho, link, low, high, np.empty(2), rate)
            assert rate[1] == pytest.approx(float(by_name(np.float64(sigma))), rel=1e-13)
