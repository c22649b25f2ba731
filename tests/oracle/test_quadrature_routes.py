"""Exact moments beyond one component and one draw: sums, joint weights, points, coupled draws; and where none are."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bench.engine.case import case_of
from bench.oracle import quadrature
from bench.oracle.gradients import exact_gradient
from bench.plan.streams import streams
from bench.registry import Registry, load
from bench.spec import Cell, Components, Floats, Latent, Theta, Variant
from tests.support.cases import EVERYTHING, EXAMPLES, KINDS, unsettled
from tests.support.exact import SQUARED_ERROR, SUM, exact, known, variance
from tests.support.rules import RULES


@pytest.fixture(scope="module")
def total(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    path = tmp_path_factory.mktemp("objective") / "total.py"
    path.write_text(SUM)
    return load([*EXAMPLES, str(path)], kinds=KINDS)


@pytest.mark.parametrize("d", [1, 3, 10, 1000])
@pytest.mark.parametrize("sigma", [0.5, 2.0])
def test_a_sum_of_many_untied_components(total: Registry, d: int, sigma: float) -> None:
    """N(0.5, sigma^2 I_d), per coordinate d/d sigma_j: d^2 / (2 sigma^2) + 2 d + 8; f = c gives 2 c^2 / sigma^2."""
    for phi, expected in (
        ((1.0, 0.0, float(d)), d**2 / (2 * sigma**2) + 2 * d + 8),
        ((0.0, 100.0 / d, float(d)), 2 * 100.0**2 / sigma**2),
    ):
        where: dict[str, Any] = {"objective": Variant("total", phi), "components": "untied", "registry": total}
        moments = known("score_function", mu=0.5, sigma=sigma, **where)
        np.testing.assert_allclose(moments.variance.reshape(d, 2)[:, 1], expected, rtol=1e-9)
    if d > 1:  # the local score function of the constant f, shared out among its terms
        local = known("score_function_local", mu=0.5, sigma=sigma, **where)
        np.testing.assert_allclose(local.variance.reshape(d, 2)[:, 1], 2 * (100.0 / d) ** 2 / sigma**2, rtol=1e-9)


@pytest.mark.parametrize(("d", "expected"), [(1, (0.583260480, 2.916257763)), (3, (5.249249282, 12.249001450))])
def test_a_score_function_with_the_baseline_f_of_the_mean(d: int, expected: tuple[float, ...]) -> None:
    """Cubics at mu = 0.1, sigma = 0.001: the baseline takes away a factor of 1345.9."""
    cubic: dict[str, Any] = {"mu": 0.1, "sigma": 0.001, "objective": Variant("cubic", (float(d),))}
    centred = variance("centred", **cubic)
    np.testing.assert_allclose(centred, expected, rtol=1e-8)
    if d == 1:
        plain = variance("score_function", **cubic)
        assert plain[0] == pytest.approx(784.98646, rel=1e-7)
        assert plain[0] / centred[0] == pytest.approx(1345.9, rel=1e-4)


@pytest.mark.parametrize(
    ("sigma", "keep", "expected"),
    [
        (0.1, 0.1, (1603.07, 10.0503)),
        (0.1, 0.5, (179.008, 2.00559)),
        (1.0, 0.1, (25.9307, 12.3872)),
        (1.0, 0.5, (3.77008, 2.26525)),
    ],
)
def test_a_random_subset_of_the_data(sigma: float, keep: float, expected: tuple[float, ...]) -> None:
    """The coin's chance is a break of its uniform: exact, and at once."""
    x = EVERYTHING.get("data", "normal").load(100, mean=0.0, standard_deviation=1.0, seed=0)
    where: dict[str, Any] = {"latent": "per_datum", "mu": 1.0, "sigma": sigma}
    ratio = variance(Variant("minibatch", (keep,)), x, **where) / variance("pathwise", x, **where)
    np.testing.assert_allclose(ratio, expected, rtol=1e-5)


def leave_one_out(a: float, s: float, samples: int) -> tuple[float, float]:
    """Of f = (y - k)^2, a = mu - k: variances by mu and sigma, by Hoeffding's two projections on polynomials of eps."""
    x, w = np.polynomial.hermite_e.hermegauss(24)
    w = w / w.sum()
    f = (a + s * x) ** 2
    result = []
    for score in (x / s, (x * x - 1) / s):
        h = 0.5 * (f[:, None] - f[None, :]) * (score[:, None] - score[None, :])
        mean = w @ h @ w
        first = (h @ w - mean) ** 2 @ w
        second = w @ (h - mean) ** 2 @ w
        result.append((4 * (samples - 2) * first + 2 * second) / (samples * (samples - 1)))
    return result[0], result[1]


def brute_force(a: float, s: float, samples: int, nodes: int) -> tuple[float, float]:
    """The same by a tensor over all draws of an estimate, from the definition alone."""
    x, w = np.polynomial.hermite_e.hermegauss(nodes)
    w = w / w.sum()
    grids = np.array(np.meshgrid(*[x] * samples, indexing="ij")).reshape(samples, -1)
    weights = np.prod(np.meshgrid(*[w] * samples, indexing="ij"), axis=0).ravel()
    f = (a + s * grids) ** 2
    advantage = f - (f.sum(axis=0) - f) / (samples - 1)
    found = []
    for score in (grids / s, (grids**2 - 1) / s):
        estimate = (advantage * score).mean(axis=0)
        mean = weights @ estimate
        found.append(float(weights @ (estimate - mean) ** 2))
    return found[0], found[1]


@pytest.mark.parametrize("samples", [2, 3, 10])
@pytest.mark.parametrize(("a", "s"), [(1.0, 1.0), (-0.7, 0.4)])
def test_leave_one_out(samples: int, a: float, s: float) -> None:
    moments = known("score_function_loo", np.zeros(1), mu=a, sigma=s, samples=samples)
    of_estimates, kurtosis = moments.at(samples)
    np.testing.assert_allclose(of_estimates, leave_one_out(a, s, samples), rtol=1e-10)
    assert np.isfinite(kurtosis).all()
    if samples < 4:
        np.testing.assert_allclose(of_estimates, brute_force(a, s, samples, 6), rtol=1e-10)


def test_leave_one_out_of_ten_draws_by_sampling() -> None:
    """An independent check of K = 10: 400,000 estimates from the definition."""
    samples, a, s = 10, 1.0, 1.0
    eps = np.random.default_rng(8).standard_normal((samples, 400_000))
    f = (a + s * eps) ** 2
    estimate = ((f - (f.sum(axis=0) - f) / (samples - 1)) * eps / s).mean(axis=0)
    expected = known("score_function_loo", np.zeros(1), mu=a, sigma=s, samples=samples).at(samples)[0][0]
    error = np.sqrt(np.mean((estimate - estimate.mean()) ** 4) / eps.shape[1])
    assert abs(estimate.var() - expected) < 5 * error


def points_in_two(case_theta: Theta, components: Components) -> tuple[Floats, Floats]:
    """(mean, variance) of central differences of a quadratic that does not separate, by a tensor over three normals."""
    x, w = np.polynomial.hermite_e.hermegauss(7)
    w = w / w.sum()
    eps = np.array(np.meshgrid(x, x, x, indexing="ij")).reshape(3, -1)
    weights = np.prod(np.meshgrid(w, w, w, indexing="ij"), axis=0).ravel()
    a = np.array([[2.0, 0.5, 0.0], [0.5, 1.0, -0.3], [0.0, -0.3, 3.0]])
    c = np.array([[1.0], [0.0], [-1.0]])
    mu, sigma = (np.broadcast_to(value, 3)[:, np.newaxis] for value in case_theta)
    y = mu + sigma * eps
    rows = []
    for j in range(3):
        shifted = []
        for sign in (1, -1):
            at = y.copy()
            at[j] += sign * 0.125
            shifted.append((0.5 * np.einsum("im,ij,jm->m", at - c, a, at - c), (a @ (at - c))[j]))
        (up, slope_up), (down, slope_down) = shifted
        rows.append(np.array([(up - down) / 0.25, 0.5 * (slope_up + slope_down) * eps[j]]))
    gradient = np.concatenate(rows) if components == "untied" else np.sum(rows, axis=0)
    mean = gradient @ weights
    return mean, (gradient - mean[:, np.newaxis]) ** 2 @ weights


@pytest.mark.parametrize("components", ["tied", "untied"])
def test_points_component_by_component_where_f_does_not_separate(components: Components) -> None:
    theta: Theta = (0.5, 0.7) if components == "tied" else ((0.5, -1.0, 2.0), (0.3, 1.0, 2.0))
    mean, spread = points_in_two(theta, components)
    moments = known(
        Variant("differences", (0.125,)),
        mu=theta[0],
        sigma=theta[1],
        objective=Variant("mean_field"),
        components=components,
        entropy="closed_form",
    )
    entropy = np.zeros(mean.shape)
    entropy[1::2] = -1 / np.broadcast_to(theta[1], 3) if components == "untied" else -3 / theta[1]  # type: ignore[operator]
    np.testing.assert_allclose(moments.mean, mean + entropy, rtol=1e-10)
    np.testing.assert_allclose(moments.variance, spread, rtol=1e-9)


@pytest.mark.parametrize("latent", ["shared", "per_datum"])
def test_of_draws_that_are_all_coupled_the_mean_is_known_and_the_variance_of_a_sum(latent: Latent) -> None:
    """A single draw is coupled to nothing. Latin hypercubes know no variance of products over components."""
    for name in ("pathwise", "score_function"):
        where: dict[str, Any] = {"data": np.array([-3.0, 1.0]), "latent": latent, "mu": 1.0}
        moments, plain = (exact(name, sampler=sampler, **where) for sampler in ("latin_hypercube", "iid"))
        np.testing.assert_array_equal(moments.mean, plain.mean)
        np.testing.assert_array_equal(moments.at(1), plain.at(1))
        is_sum = latent == "shared" or name == "pathwise"
        assert np.isfinite(moments.at(4)).all() == is_sum
        assert (moments.lacks(4) == "") == is_sum


def test_what_is_known_in_many_components_is_known_at_once() -> None:
    """Products of sums and sums, for a thousand components; no tensor."""
    x = np.linspace(-1, 1, 1000)
    for name in ("pathwise", "score_function", "score_function_local"):
        assert np.isfinite(variance(name, x, "per_datum")).all()


def test_where_there_is_no_exact_route_it_says_why() -> None:
    x = np.zeros(5)
    wide: dict[str, Any] = {"objective": Variant("unknown"), "entropy": "closed_form", "registry": unsettled()}
    apart, together = (
        f"5 components that {how}, allowed 4" for how in ("do not separate", "the estimator takes together")
    )
    for moments, five in (
        (exact("score_function_loo", **wide), apart),
        (exact("pathwise", **wide), apart),
        (exact("score_function", x, "per_datum", sampler="antithetic"), together),
        (exact("own_on_both", x, "per_datum"), together),
    ):
        assert moments.reason == five
        assert np.isnan(moments.mean).all()
        assert np.isnan(moments.at(4)).all()
        assert moments.lacks(4) == five


def test_the_gradient_alone_may_be_known_where_the_variance_is_not() -> None:
    """An integral of f times each component's own score."""
    (stream,) = streams(
        [
            (
                Cell(SQUARED_ERROR, "per_datum", "normal", (0.3, 0.7), "tied", None, "antithetic", 5, 2, 5),
                Variant("score_function"),
            )
        ],
        RULES,
    )
    (subgrid,) = stream.subgrids
    case = case_of(stream, subgrid, subgrid.members[0], subgrid.cells[0], np.arange(5.0))
    assert np.isnan(quadrature.exact(case).variance).all()
    bare = replace(case, objective=replace(case.objective, exact={}))
    np.testing.assert_allclose(exact_gradient(bare), [2 * 5 * (0.3 - 2.0), 2 * 5 * 0.7], rtol=1e-10)  # type: ignore[arg-type]
