"""F and its gradient: closed forms, an integral beside them, and draws where nothing integrates."""

import math

import numpy as np
import pytest

from tests.support.surfaces import surface

THETA = np.array([[[0.0, 1.0]], [[1.5, 0.2]], [[-2.0, 3.0]]])  # [p, 1, (mu, sigma)]


def test_squared_error() -> None:
    surface_of_it, x = surface("dataset_size=[7]")
    heights = surface_of_it.at(THETA)
    mu, sigma = THETA[:, 0].T
    assert heights.reason == ""
    assert heights.value == pytest.approx(7 * ((mu - x.mean()) ** 2 + x.var() + sigma**2), rel=1e-13)
    assert heights.gradient[:, 0, 0] == pytest.approx(14 * (mu - x.mean()), rel=1e-12)
    assert heights.gradient[:, 0, 1] == pytest.approx(14 * sigma, rel=1e-12)


@pytest.mark.parametrize("entropy", ["closed_form", "monte_carlo", "sticking_the_landing"])
def test_the_divergence_is_one_function_however_its_entropy_is_treated(entropy: str) -> None:
    surface_of_it, x = surface("objective=[gaussian_kl]", f"entropy=[{entropy}]")
    heights = surface_of_it.at(THETA)
    mu, sigma = THETA[:, 0].T
    expected = ((mu - x.mean()) ** 2 + sigma**2) / (2 * x.var()) - 0.5 + 0.5 * np.log(x.var()) - np.log(sigma)
    assert heights.value == pytest.approx(expected, rel=1e-12)
    assert heights.gradient[:, 0, 1] == pytest.approx(sigma / x.var() - 1 / sigma, rel=1e-11)


def test_components_that_share_theta_or_not() -> None:
    tied, x = surface("latent=[per_datum]", "dataset_size=[3]")
    apart, _ = surface("latent=[per_datum]", "dataset_size=[3]", "components=[untied]")
    at = np.array([[[0.5, 2.0], [1.0, 1.0], [-1.0, 0.3]]])
    expected = float((((at[0, :, 0] - x) ** 2) + at[0, :, 1] ** 2).sum())
    assert apart.at(at).value == pytest.approx([expected])
    assert apart.at(at).gradient[0, :, 0] == pytest.approx(2 * (at[0, :, 0] - x))
    same = np.broadcast_to(THETA, (3, 3, 2))
    assert tied.at(THETA).value == pytest.approx(apart.at(np.ascontiguousarray(same)).value)
    assert tied.at(THETA).gradient[:, 0] == pytest.approx(apart.at(np.ascontiguousarray(same)).gradient.sum(axis=1))


def test_a_discrete_family_is_integrated_between_its_breaks() -> None:
    surface_of_it, x = surface("family=[bernoulli]", "dataset_size=[4]")
    logit = np.array([[[-1.0]], [[0.3]]])
    p = 1 / (1 + np.exp(-logit[:, 0, 0]))
    expected = p * ((1 - x) ** 2).sum() + (1 - p) * (x**2).sum()
    assert surface_of_it.at(logit).value == pytest.approx(expected, rel=1e-12)


def test_no_number_where_a_replicate_was_given_up() -> None:
    surface_of_it, _ = surface()
    heights = surface_of_it.at(np.array([[[math.nan, math.nan]], [[0.0, 1.0]]]))
    assert np.isnan(heights.value[0])
    assert np.isfinite(heights.value[1])
    assert heights.reason == ""


def test_components_that_do_not_separate_are_averaged_over_draws_and_it_is_said() -> None:
    words = "plugins=[examples/black_box.py]", "objective=[black_box]", "estimator=[score_function]"
    surface_of_it, _ = surface(*words)
    d = surface_of_it.stream.dimension
    heights = surface_of_it.at(np.array([[[0.0, 1.0]]]))
    assert (heights.reason == "") == (d == 1)
    if d > 1:
        assert "do not separate" in heights.reason
        assert np.isnan(heights.gradient).all()
        assert np.isfinite(heights.value).all()


def test_a_theta_that_is_far_away_neither_hides_the_others_nor_vouches_for_them() -> None:
    surface_of_it, _ = surface("dataset_size=[7]")
    far = np.concatenate([THETA, [[[1e170, 1.0]], [[1e60, 1.0]]]])
    heights = surface_of_it.at(far)
    assert heights.reason == ""
    assert heights.value[:3] == pytest.approx(surface_of_it.at(THETA).value)
    assert heights.value[3] == math.inf
    wrong = heights.value.copy()
    wrong[1] *= 1 + 1e-6
    with np.errstate(invalid="ignore"):
        assert surface_of_it._agree(far, heights.value, heights.value)
        assert not surface_of_it._agree(far, wrong, heights.value)
