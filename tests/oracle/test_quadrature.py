"""The oracle against numbers known beforehand, and where it must say that it does not know."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bench.engine.case import case_of
from bench.oracle import quadrature
from bench.oracle.exact import Exact
from bench.oracle.gradients import exact_gradient
from bench.plan.streams import form_of, streams
from bench.registry import Registry, load
from bench.spec import Cell, Components, Entropy, Floats, Latent, Theta, Variant
from tests.support.cases import EVERYTHING, EXAMPLES, KINDS, unsettled
from tests.support.rules import RULES

NO_DATA = np.empty(0)
SQUARED_ERROR = Variant("squared_error")


def exact(
    estimator: str | Variant,
    data: Floats = NO_DATA,
    latent: Latent = "shared",
    sampler: str = "iid",
    mu: float | tuple[float, ...] = 0.0,
    sigma: float | tuple[float, ...] = 1.0,
    objective: Variant = SQUARED_ERROR,
    components: Components = "tied",
    entropy: Entropy | None = None,
    samples: int = 2,
    registry: Registry = RULES,
) -> Exact:
    f = registry.get("objective", objective.name)
    d, theta = f.dimension(latent, data.size, objective.phi), (mu, sigma)
    where: tuple[Theta, Components, Entropy | None] = theta, components, entropy
    cell = Cell(objective, latent, "normal", *where, sampler, data.size or None, samples, d)
    (stream,) = streams([(cell, estimator if isinstance(estimator, Variant) else Variant(estimator))], registry)
    (subgrid,) = stream.subgrids
    assert subgrid.form == form_of(cell, registry)
    return quadrature.exact(case_of(stream, subgrid, subgrid.members[0], cell, data))


def known(*arguments: Any, **keywords: Any) -> Exact:
    moments = exact(*arguments, **keywords)
    assert not moments.reason
    return moments


def variance(*arguments: Any, **keywords: Any) -> Floats:
    return known(*arguments, **keywords).variance


@pytest.mark.parametrize(("n", "mu_ratio"), [(1, 3.75), (3, 8.75), (10, 42.0), (100, 2652.0)])
def test_a_latent_for_each_datum(n: int, mu_ratio: float) -> None:
    """x_i = 0, sigma = 1: (n + 2)(n + 4) / 4 with the joint score, 3.75 with the local one."""
    x = np.zeros(n)
    pathwise = variance("pathwise", x, "per_datum")
    np.testing.assert_allclose(variance("score_function", x, "per_datum")[0] / pathwise[0], mu_ratio, rtol=1e-10)
    np.testing.assert_allclose(variance("score_function_local", x, "per_datum")[0] / pathwise[0], 3.75, rtol=1e-10)


@pytest.mark.parametrize(("k", "score_function", "pathwise"), [(-3.0, (495, 1546), (4, 72)), (0.0, (30, 136), (4, 12))])
def test_one_quadratic(k: float, score_function: tuple[float, ...], pathwise: tuple[float, ...]) -> None:
    """f = (y - k)^2 at mu = sigma = 1, one draw."""
    x = np.array([k])
    np.testing.assert_allclose(variance("score_function", x, mu=1.0), score_function, rtol=1e-10)
    np.testing.assert_allclose(variance("pathwise", x, mu=1.0), pathwise, rtol=1e-10)


@pytest.mark.parametrize(("mu", "sigma", "k"), [(1.0, 1.0, -3.0), (0.3, 0.2, 1.7), (-2.0, 5.0, 0.0)])
def test_any_quadratic(mu: float, sigma: float, k: float) -> None:
    """With a = mu - k; the second order's d/dsigma is a constant."""
    a, s, x = mu - k, sigma, np.array([k])
    closed = {
        "score_function": (a**4 / s**2 + 14 * a**2 + 15 * s**2, 2 * a**4 / s**2 + 60 * a**2 + 74 * s**2),
        "pathwise": (4 * s**2, 4 * a**2 + 8 * s**2),
        "second_order": (4 * s**2, 0.0),
    }
    for name, expected in closed.items():
        np.testing.assert_allclose(variance(name, x, mu=mu, sigma=sigma), expected, rtol=1e-10)


def test_cosine_where_the_score_function_wins() -> None:
    cosine = Variant("cosine", (5.0, 1.0))
    np.testing.assert_allclose(variance("score_function", mu=1.0, objective=cosine), (0.5, 1.0), rtol=1e-3)
    np.testing.assert_allclose(variance("pathwise", mu=1.0, objective=cosine), (12.5, 12.5), rtol=1e-3)


def test_ratios_at_a_0_s2_v() -> None:
    """5.5 for mu and 12 for sigma^2, for every n; 3.75 and 9.25 as sigma grows."""
    for n in (2, 50):
        x = np.tile([1.0, -1.0], n // 2)
        np.testing.assert_allclose(variance("score_function", x) / variance("pathwise", x), (5.5, 12.0), rtol=1e-10)
        wide = [variance(name, x, sigma=1e4) for name in ("score_function", "pathwise")]
        np.testing.assert_allclose(wide[0] / wide[1], (3.75, 9.25), rtol=1e-6)


def test_variance_of_an_average() -> None:
    """f = y^2, N(2, 1): 87/K and 4/K."""
    for samples in (1, 10, 1000):
        for name, single in (("score_function", 87.0), ("pathwise", 4.0)):
            moments = known(name, np.zeros(1), mu=2.0)
            np.testing.assert_allclose(moments.at(samples)[0][0] * samples, single, rtol=1e-10)


def test_a_constant_gradient_has_no_variance_and_no_excess() -> None:
    moments = known("second_order", np.array([0.1, 0.7, -0.3]), mu=0.37, sigma=0.91)
    assert moments.variance[1] == 0
    assert moments.kurtosis[1] == 3


MEAN_FIELD: dict[tuple[str, Entropy], tuple[list[float], list[float]]] = {
    ("pathwise", "closed_form"): ([0.61, 1.3825, 36.09], [3.22, 7.005, 158.58]),
    ("pathwise", "monte_carlo"): ([0.61, 1.3825, 36.09], [3.22, 7.005, 158.58]),
    ("pathwise", "sticking_the_landing"): ([7.72111111, 0.3825, 30.34], [17.4422222, 5.005, 147.08]),
    ("second_order", "closed_form"): ([0.61, 1.3825, 36.09], [0.0, 0.0, 0.0]),
    ("score_function", "closed_form"): ([10171.9167, 958.6113, 517.42095], [20537.4933, 2043.4476, 2142.0219]),
    ("score_function", "sticking_the_landing"): (
        [7961.33028, 750.235102, 433.723956],
        [15339.5078, 1529.7352, 1859.68202],
    ),
    ("score_function", "monte_carlo"): ([8359.64162, 787.723122, 448.595961], [16099.686, 1604.71124, 1900.42603]),
}


@pytest.mark.parametrize(("estimator", "entropy"), MEAN_FIELD)
def test_mean_field_targets_that_do_not_separate(estimator: str, entropy: Entropy) -> None:
    """Untied, component by component; d/dmu (-1.5, -2.15, 9.3), d/dsigma as a target (-2.7333, 0, 5.5)."""
    theta: dict[str, Any] = {"mu": (0.5, -1.0, 2.0), "sigma": (0.3, 1.0, 2.0)}
    moments = known(estimator, objective=Variant("mean_field"), components="untied", entropy=entropy, **theta)
    expected = np.array(MEAN_FIELD[estimator, entropy]).T.ravel()
    np.testing.assert_allclose(moments.variance, expected, rtol=1e-8)
    gradient = np.array([[-1.5, -2.15, 9.3], [-2.73333333333, 0.0, 5.5]]).T.ravel()
    np.testing.assert_allclose(moments.mean, gradient, atol=1e-8)


def test_at_the_mean_field_optimum_sticking_the_landing_keeps_what_is_not_diagonal() -> None:
    """mu = c, sigma_j = A_jj^-1/2: (.25, .155, .09) for both mu and sigma."""
    moments = known(
        "pathwise",
        mu=(1.0, 0.0, -1.0),
        sigma=(2**-0.5, 1.0, 3**-0.5),
        objective=Variant("mean_field"),
        components="untied",
        entropy="sticking_the_landing",
    )
    np.testing.assert_allclose(moments.variance.reshape(3, 2), [[0.25] * 2, [0.155] * 2, [0.09] * 2], rtol=1e-10)


def test_tied_mean_field_is_the_gradient_added_up() -> None:
    """Var of a sum of correlated components: not the trace."""
    tied = variance("pathwise", mu=0.5, sigma=0.7, objective=Variant("mean_field"), entropy="closed_form")
    a = np.array([[2.0, 0.5, 0.0], [0.5, 1.0, -0.3], [0.0, -0.3, 3.0]])
    ones = np.ones(3)
    assert tied[0] == pytest.approx(0.7**2 * (a @ ones) @ (a @ ones), rel=1e-10)


SUM = '''"""The sum of y, over `dimension` components."""
import numpy as np
from bench.kernels.jit import kernel
from bench.spec import Form, Objective


@kernel
def value(y, data, phi, out):
    out[:] = 0.0
    for j in range(y.shape[0]):
        for i in range(out.size):
            out[i] += phi[1] + phi[0] * y[j, i]


@kernel
def terms(y, data, phi, out):
    for j in range(y.shape[0]):
        for i in range(y.shape[1]):
            out[j, i] = phi[1] + phi[0] * y[j, i]


@kernel
def slope(y, data, phi, out):
    out[:] = phi[0]


PLUGIN = Objective(
    "total",
    {"shared": {"direct": Form(np.asarray, value, terms, slope)}},
    lambda latent, n, phi: int(phi[2]),
    axes={"slope": (1.0,), "constant": (0.0,), "dimension": (1.0,)},
    uses_data=False,
)
'''


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


ELBO = SUM.replace("phi[1] + phi[0] * y[j, i]", "0.5 * y[j, i] ** 2").replace("out[:] = phi[0]", "out[0] = y[0]")
CFE = '''"""Pathwise log p with the entropy in closed form."""
from bench.kernels.jit import kernel
from bench.spec import Estimator, Points


@kernel
def combine(noise, j, theta, phi, f, first, out):
    if first:
        out[:] = 0.0
    for i in range(out.shape[1]):
        out[0, i] += f.slope[0, i]
        out[1, i] += f.slope[0, i] * noise[0, j, i] - 1.0 / theta[1]


PLUGIN = Estimator("cfe", Points(combine, ("slope",)))
'''
STL = (
    CFE.replace("cfe", "stl")
    .replace("- 1.0 / theta[1]", "")
    .replace("f.slope[0, i]", "(f.slope[0, i] - noise[0, j, i] / theta[1])")
)


@pytest.fixture(scope="module")
def elbo(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """A standard normal target, and the two treatments of its entropy as estimators of their own."""
    folder = tmp_path_factory.mktemp("elbo")
    target = ELBO.replace('"total"', '"elbo"').replace("    uses_data=False", "    uses_data=False,\n    target=True")
    for name, text in (("elbo", target), ("cfe", CFE), ("stl", STL)):
        (folder / f"{name}.py").write_text(text)
    return load([str(folder / f"{name}.py") for name in ("elbo", "cfe", "stl")], kinds=KINDS)


@pytest.mark.parametrize(("sigma", "ratio"), [(0.5, 9.0), (math.sqrt(0.5), 1.0), (1.0, 0.0), (2.0, 0.5625)])
def test_sticking_the_landing_wins_where_sigma_is_large(elbo: Registry, sigma: float, ratio: float) -> None:
    """c = 1/sigma - sigma: c^2 and mu^2 + 2 c^2 against sigma^2 and mu^2 + 2 sigma^2, either way it is run."""
    mu, c = 0.7, 1 / sigma - sigma
    where: dict[str, Any] = {"mu": mu, "sigma": sigma, "objective": Variant("elbo", (1.0, 0.0, 1.0)), "registry": elbo}
    closed, stuck = (variance("pathwise", entropy=e, **where) for e in ("closed_form", "sticking_the_landing"))
    np.testing.assert_allclose(closed, [sigma**2, mu**2 + 2 * sigma**2], rtol=1e-10)
    np.testing.assert_allclose(stuck, [c**2, mu**2 + 2 * c**2], rtol=1e-10, atol=1e-20)
    np.testing.assert_allclose(stuck[0] / closed[0], ratio, rtol=1e-10, atol=1e-20)
    plain = replace(elbo.get("objective", "elbo"), name="no_target", target=False)
    elbo.plugins["objective"]["no_target"] = plain
    where["objective"] = Variant("no_target", (1.0, 0.0, 1.0))
    np.testing.assert_allclose(variance("cfe", **where), closed, rtol=1e-10)
    np.testing.assert_allclose(variance("stl", **where), stuck, rtol=1e-10, atol=1e-20)


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


@pytest.mark.parametrize(("k", "expected"), [(-3.0, (17.487, 68.0)), (0.0, (1.093, 8.0))])
def test_measure_valued_coupled(k: float, expected: tuple[float, ...]) -> None:
    """a^2 (16 / pi - 4), 4 a^2 + 4 s^2, a = mu - k."""
    spread = variance("measure_valued", np.array([k]), mu=1.0)
    np.testing.assert_allclose(spread, expected, rtol=1e-3)
    a = 1.0 - k
    np.testing.assert_allclose(spread, (a * a * (16 / math.pi - 4), 4 * a * a + 4), rtol=1e-8)


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
