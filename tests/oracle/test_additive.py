"""What adds up is seen from the kernels, and its moments are those of brute force."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine.case import Case
from bench.engine.pilot import prepared
from bench.oracle import additive, quadrature
from bench.wrap import estimator
from tests.support.known import MEAN_FIELD, QUADRATIC, case, squares, variance

CENTRES = (0.5, -1.0)
THETA = (0.3, 0.7)


def of(name: str, components: str = "untied", family: str = "normal") -> Case:
    theta = THETA if family == "normal" else (1.6, 0.8)
    phi = (0.1,) if name in ("finite_difference", "spsa") else ()
    return prepared(case(squares(*CENTRES), family, theta, name, components, 2, phi))  # type: ignore[arg-type]


def test_the_channels_of_independent_pairs_add_up() -> None:
    """Normal: Rayleigh, Maxwell, Rayleigh again and y itself; gamma: y, and another y with a waiting time."""
    assert additive.groups_of(of("measure_valued_uncoupled")) == [[0], [1], [2], [3]]
    assert additive.groups_of(of("measure_valued_uncoupled", family="gamma")) == [[0], [1, 2]]


@pytest.mark.parametrize("name", ["measure_valued", "spsa", "finite_difference", "pathwise"])
def test_what_shares_its_noise_does_not(name: str) -> None:
    assert additive.groups_of(of(name)) == []


@pytest.mark.parametrize("components", ["tied", "untied"])
@pytest.mark.parametrize("family", ["normal", "gamma"])
def test_components_add_what_their_groups_have(family: str, components: str) -> None:
    one = case(squares(0.5), family, THETA if family == "normal" else (1.6, 0.8), "measure_valued_uncoupled")
    two = quadrature.exact(of("measure_valued_uncoupled", components, family))
    apart = [variance(replace(one, objective=squares(c), form=squares(c).forms["shared"]["direct"])) for c in CENTRES]
    expected = np.sum(apart, axis=0) if components == "tied" else np.concatenate(apart)
    np.testing.assert_allclose(two.variance, expected, rtol=1e-8)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pathwise", True),
        ("pathwise_delta", True),
        ("score_function_local", True),
        ("finite_difference", True),
        ("score_function", False),
        ("score_function_delta", False),
        ("importance_mixture", False),
        ("spsa", False),
        ("mirrored", False),
    ],
)
def test_what_reads_a_component_alone(name: str, expected: bool) -> None:
    assert additive.reads_components(of(name)) == expected


def test_a_weight_of_a_component_that_reads_its_neighbour_is_seen() -> None:
    neighbour = estimator("neighbour", path_weight=lambda slope: np.roll(slope, 1, axis=0))
    alone = estimator("alone", path_weight=lambda slope: 2 * slope)
    for plugin, expected in ((neighbour, False), (alone, True)):
        assert additive.reads_components(replace(of("pathwise"), estimator=plugin, rule=plugin.rule)) == expected


@pytest.mark.parametrize("components", ["tied", "untied"])
def test_a_control_variate_that_is_a_sum_has_moments_by_cumulants(components: str) -> None:
    """The same f, which does not tell its terms, is integrated over all components together."""
    apart = of("score_function_delta", components)
    frozen = replace(apart, estimator=replace(apart.estimator, freeze=None))
    halved = replace(frozen, frozen=np.where(np.arange(apart.frozen.size) % 5 > 3, 0.5, apart.frozen))
    assert additive.takes_off_a_sum(halved)
    together = replace(halved, form=halved.form._replace(terms=None))
    ours, theirs = quadrature.exact(halved), quadrature.exact(together)
    np.testing.assert_allclose(ours.mean, theirs.mean, rtol=1e-10)
    np.testing.assert_allclose(ours.variance, theirs.variance, rtol=1e-9)
    np.testing.assert_allclose(ours.kurtosis, theirs.kurtosis, rtol=1e-8)


def test_a_weight_that_is_no_f_less_a_sum_is_seen() -> None:
    clipped = estimator("clipped", score_weight=lambda value, y: np.minimum(value, 1e3) - y.sum(axis=0))
    product = estimator("product", score_weight=lambda value, y: value - y.prod(axis=0))
    right = estimator("right", score_weight=lambda value, y: value - y.sum(axis=0))
    for plugin, expected in ((clipped, False), (product, False), (right, True)):
        assert additive.takes_off_a_sum(replace(of("score_function"), estimator=plugin, rule=plugin.rule)) == expected


def test_components_that_do_not_separate_have_no_parts() -> None:
    whole = case(QUADRATIC, "normal", MEAN_FIELD, "measure_valued_uncoupled", "untied", 3)
    assert additive.groups_of(whole) == []
