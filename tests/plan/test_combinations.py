"""Combinations of gradients: in which families they are, and what is refused."""

import pytest

from bench.errors import BadInput
from bench.plan.combinations import combined
from tests.support.cases import EVERYTHING, NORMAL_FAMILY


def test_a_combination_is_in_the_families_that_have_as_many_parameters() -> None:
    registry = combined(EVERYTHING, {"total": (1.0, 2.0), "twice": (2.0,)}, ["normal", "gamma", "bernoulli"])
    combinations = {name: dict(family.combinations) for name, family in registry.plugins["family"].items()}
    assert combinations == {
        "normal": {"total": (1.0, 2.0)},
        "gamma": {"total": (1.0, 2.0)},
        "bernoulli": {"twice": (2.0,)},
    }
    assert registry.get("family", "normal").reported == [*NORMAL_FAMILY.reported, "total"]


def test_the_registry_itself_stays_as_it_was() -> None:
    combined(EVERYTHING, {"total": (1.0, 2.0)}, ["normal"])
    assert EVERYTHING.get("family", "normal") == NORMAL_FAMILY
    assert combined(EVERYTHING, {}, ["normal"]) == EVERYTHING


@pytest.mark.parametrize(
    ("name", "weights", "message"),
    [
        (
            "total",
            (1.0,),
            "derived.total=[1.0] is not allowed; allowed: a number for each parameter of a family: normal ",
        ),
        ("mu", (1.0, 2.0), "derived.mu=[1.0,2.0] is not allowed; allowed: a name other than mu, sigma, sigma2, "),
        (
            "sigma2",
            (1.0, 2.0),
            "derived.sigma2=[1.0,2.0] is not allowed; allowed: a name other than mu, sigma, sigma2, ",
        ),
    ],
)
def test_what_fits_no_family_or_has_a_name_of_one_is_refused(
    name: str, weights: tuple[float, ...], message: str
) -> None:
    with pytest.raises(BadInput) as caught:
        combined(EVERYTHING, {name: weights}, ["normal"])
    assert str(caught.value).startswith(message)
