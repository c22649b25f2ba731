"""The objectives that are sums over components: their laws, variances by other code, what they refuse and a mutant."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from bench.errors import BadInput
from bench.kernels.jit import kernel
from bench.laws.forms import slope_of_value
from bench.laws.objectives import of_objective
from bench.oracle import quadrature
from bench.oracle.measured import CONSTANT
from bench.oracle.verdict import judge
from bench.spec import Floats, Variant
from tests.support.known import case
from tests.support.sampling import small
from tests.support.streams import CELL
from tests.support.sums import DIGITS_OF_VARIANCES, PACKAGE, SUMS, of

Function = Callable[[Floats], Floats]
END, NODES = 12.0, 200  # of the noise; of each piece of it
FUNCTIONS: dict[str, tuple[tuple[float, ...], Function, Function]] = {  # phi, f and df/dy
    "quadratic": ((-3.0,), lambda y: (y + 3) ** 2, lambda y: 2 * (y + 3)),
    "exponential": ((10.0,), lambda y: np.exp(-10 * y**2), lambda y: -20 * y * np.exp(-10 * y**2)),
    "cosine": ((5.0,), lambda y: np.cos(5 * y), lambda y: -5 * np.sin(5 * y)),
    "sine": ((10.0,), lambda y: np.sin(10 * y), lambda y: 10 * np.cos(10 * y)),
    "polynomial": ((), lambda y: y + y**2, lambda y: 1 + 2 * y),
    "linear": ((), lambda y: y, np.ones_like),
    "sum_of_powers": ((4.0,), lambda y: y**4, lambda y: 4 * y**3),
    "constant": ((1.0,), np.ones_like, np.zeros_like),
    "absolute": ((0.4,), lambda y: abs(y - 0.4), lambda y: np.sign(y - 0.4)),
    "step": ((0.4,), lambda y: (y > 0.4) * 1.0, np.zeros_like),
    "call_option": (
        (1.2, 0.05, 2.0),
        lambda y: np.exp(-0.1) * np.maximum(np.exp(y) - 1.2, 0.0),
        lambda y: np.exp(y - 0.1) * (np.exp(y) > 1.2),
    ),
}


@pytest.mark.parametrize("name", SUMS)
def test_it_keeps_the_laws_of_its_kind(name: str) -> None:
    """Its closed forms, in every family at two thetas, are integrals of its kernels; its derivatives those of f."""
    assert [str(outcome) for outcome in of_objective(SUMS[name], PACKAGE) if outcome.finding] == []


def test_the_variances_of_every_sum_are_held_to_other_code() -> None:
    assert set(FUNCTIONS) <= set(SUMS)


@pytest.mark.parametrize("theta", [(1.0, 1.0), (0.3, 0.7)], ids=str)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_variances_are_those_of_other_code(name: str, theta: tuple[float, float]) -> None:
    """Of leave-one-out with two draws, (f1 - f2) (s1 - s2) / 2, too."""
    (mu, sigma), (phi, f, slope) = theta, FUNCTIONS[name]
    z, weights = pieces([(at - mu) / sigma for at in SUMS[name].breaks_at((*phi, 1.0))])
    y = mu + sigma * z
    scores, paths = np.array([z, z**2 - 1]) / sigma, np.array([np.ones_like(z), z])
    by_path, by_score = slope(y) * paths, f(y) * scores
    gradient_by_score = by_score @ weights
    f1, f2, s2, mixed = f(y) @ weights, f(y) ** 2 @ weights, scores**2 @ weights, (f(y) * scores**2) @ weights
    of_two = (by_score**2 @ weights + f2 * s2 - 2 * mixed * f1) / 2  # E (f1 - f2)^2 (s1 - s2)^2 / 4 - (E f s)^2
    expected = {
        "score_function": by_score**2 @ weights - gradient_by_score**2,
        "pathwise": by_path**2 @ weights - (by_path @ weights) ** 2,
        "score_function_loo": of_two,
    }
    for estimator, variances in expected.items():
        exact = quadrature.exact(of(name, theta, estimator, *phi))
        got = exact.at(exact.degree)[0]
        np.testing.assert_allclose(got, variances, rtol=DIGITS_OF_VARIANCES, atol=1e-13, err_msg=estimator)
        if not of(name, theta, estimator).biased:
            np.testing.assert_allclose(exact.mean, gradient_by_score, rtol=DIGITS_OF_VARIANCES, atol=1e-12)


def pieces(breaks: list[float]) -> tuple[Floats, Floats]:
    """Nodes of a standard normal and their weights, of Gauss and Legendre between breaks."""
    ends = np.array(sorted([-END, 0.0, END, *breaks]))
    points, weights = np.polynomial.legendre.leggauss(NODES)
    half = np.diff(ends)[:, np.newaxis] / 2
    z = ((ends[:-1] + ends[1:])[:, np.newaxis] / 2 + half * points).ravel()
    return z, (half * weights).ravel() * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)


def test_measured_variances_have_intervals_that_hold_the_exact_ones() -> None:
    """Of two estimators in one sweep of all sums: the verdict is ok, and of 95 % intervals few miss."""
    point = replace(CELL, theta=(1.0, 1.0), dataset_size=None, samples=4)
    labels = {name: Variant(name, (*phi, 1.0), "at its phi") for name, (phi, *_) in FUNCTIONS.items()}
    cells = [replace(point, objective=variant) for variant in labels.values()]
    plan, results = small(cells, ["score_function", "pathwise", "score_function_loo"], PACKAGE)
    assert judge(plan, results).ok
    held = [
        low <= exact <= high
        for result in results.values()
        for exact, (low, high) in zip(result.exact_variance, np.transpose(result.variance[1:]), strict=True)
        if exact > 0
    ]
    assert len(held) > 100
    assert np.mean(held) > 0.8  # all have the same draws, so they hold or miss together


def test_pathwise_misses_a_jump_and_no_kink() -> None:
    assert not of("absolute", (1.0, 1.0), "pathwise", 0.0).biased
    jump = of("step", (1.0, 1.0), "pathwise", 0.0)
    assert jump.biased
    exact = quadrature.exact(jump)
    np.testing.assert_array_equal((exact.mean, exact.variance), 0.0)
    assert not of("step", (1.0, 1.0), "score_function", 0.0).biased


@pytest.mark.parametrize(
    ("d", "reason"), [(1, "the noise rademacher has no density"), (2, "f jumps or kinks where the rule looks")]
)
def test_where_signs_move_all_components_over_a_jump_nothing_is_integrated(d: int, reason: str) -> None:
    """Nodes that all lie on one side of it give 0, and so do finer ones: that is no mean to judge by."""
    moved = case(SUMS["step"], "normal", (0.5, 1.0), "spsa", "untied", d, (0.0, float(d)))
    exact = quadrature.exact(replace(moved, variant=Variant("spsa", (0.1,))))
    assert np.isnan(exact.mean).all()
    assert exact.reason.startswith(reason)


@pytest.mark.parametrize(
    ("name", "phi", "message"),
    [
        ("linear", (0.0,), "linear.dimension=0 is not allowed; allowed: whole numbers from 1 to 1000000"),
        ("linear", (1.5,), "linear.dimension=1.5 is not"),
        ("quadratic", (0.0, 1e7), "quadratic.dimension=1e+07 is not"),
        ("sum_of_powers", (-1.0, 1.0), "sum_of_powers.p=-1 is not allowed; allowed: whole numbers from 0 to 100"),
        ("sum_of_powers", (2.5, 1.0), "sum_of_powers.p=2.5 is not"),
        ("exponential", (-0.1, 1.0), "exponential.k=-0.1 is not allowed; allowed: numbers >= 0"),
        ("call_option", (0.0, 0.0, 1.0, 1.0), "call_option.strike=0 is not allowed; allowed: numbers > 0"),
        ("call_option", (1.0, 0.0, -1.0, 1.0), "call_option.maturity=-1 is not allowed; allowed: numbers >= 0"),
    ],
)
def test_what_it_refuses_is_one_line(name: str, phi: tuple[float, ...], message: str) -> None:
    with pytest.raises(BadInput) as refused:
        SUMS[name].dimension("shared", 0, phi)
    assert str(refused.value).startswith(f"objective.{message}")
    assert "\n" not in str(refused.value)


def test_a_constant_has_no_gradient_and_gives_none_but_to_the_score_function() -> None:
    """Nothing is left of it beside a baseline, or where looks are taken off each other."""
    phi, cell = (100.0, 3.0), replace(CELL, theta=(0.5, 1.0), dataset_size=None, dimension=3, samples=2)
    cells = [replace(cell, objective=Variant("constant", phi), components=c) for c in ("tied", "untied")]
    names = ["pathwise", "score_function", "score_function_loo", "score_function_optimal_baseline", "measure_valued"]
    plan, results = small(cells, names, PACKAGE)
    judged = judge(plan, results)
    assert judged.ok, judged.failures
    assert (judged.no_gradient, judged.no_variance) == (0, 0)
    for (_, estimator), result in results.items():
        varies = estimator.name == "score_function"
        assert result.status == ("ok" if varies else CONSTANT,) * len(result.parameters)
        assert (result.exact_gradient == 0).all()
        assert ((result.gradient_se > 0) == varies).all()
        assert ((result.exact_variance > 0) == varies).all()


HAVE_SLOPES = [name for name in SUMS if "slope" not in SUMS[name].misses and name != "constant"]  # whose 0 stays 0


@pytest.mark.parametrize("name", HAVE_SLOPES)
def test_control_a_slope_0_1_percent_off_breaks_its_law(name: str) -> None:
    phi = FUNCTIONS[name][0] if name in FUNCTIONS else tuple(values[0] for values in SUMS[name].axes.values())[:-1]
    right = of(name, (0.3, 0.7), "pathwise", *phi)
    form = right.form

    @kernel
    def off(y, data, phi, out):
        slope(y, data, phi, out)
        for j in range(out.shape[0]):
            for i in range(out.shape[1]):
                out[j, i] *= 1.001

    slope = form.slope
    assert slope_of_value(right) is None
    assert slope_of_value(replace(right, form=form._replace(slope=off))) is not None


def test_y_that_is_none_gives_none() -> None:
    """NaN stays, also beside comparisons, but for a constant: it reads no y."""
    y, out = np.array([[np.nan, 2.0]]), np.empty(2)
    for name, (phi, *_) in FUNCTIONS.items():
        if name == "constant":
            continue
        SUMS[name].forms["shared"]["direct"].value(y, np.empty(0), np.array([*phi, 1.0]), out)
        assert np.isnan(out).tolist() == [True, False], name
