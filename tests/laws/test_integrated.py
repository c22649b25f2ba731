"""Laws of a family in expectation, on families of which the answer is known; `test_families` has all of them."""

from dataclasses import replace

import numpy as np

from bench.laws import integrated
from bench.laws.calculus import EPSILON
from tests.support.families import FAMILIES, THETAS

NORMAL, AT = FAMILIES["normal"], np.array(THETAS["normal"][0])


def test_means_are_those_of_the_normal() -> None:
    moments = integrated.mean(lambda noise, y: np.array([y, y**2]), NORMAL, AT)
    np.testing.assert_allclose(moments.value, [AT[0], AT[0] ** 2 + AT[1] ** 2], rtol=1e-12)


def test_an_entropy_that_is_a_millionth_off_is_found() -> None:
    assert integrated.entropy_of_density(NORMAL, AT, EPSILON) is None
    assert NORMAL.entropy is not None
    right = NORMAL.entropy(AT)
    finding = integrated.entropy_of_density(replace(NORMAL, entropy=lambda theta: right + 1e-6), AT, EPSILON)
    assert finding is not None
    assert abs(finding.expected - right) < 1e-9


def test_two_channels_are_apart_too() -> None:
    """A second channel that is not read changes nothing."""
    two = replace(NORMAL, channels=(NORMAL.channels[0], FAMILIES["bernoulli"].channels[0]))
    assert integrated.components_apart(two, AT, EPSILON) is None
    assert integrated.mean_of_score(two, AT, 1e-9) is None
