"""The files in examples/: each is a plug-in whose numbers are those of plain NumPy, and says how it is run."""

import inspect
import math
import re
import shlex
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import integrate, stats

from bench.kernels import calls
from bench.registry import contract
from bench.spec import Component, Family, Floats, Weights
from tests.support import through
from tests.support.command import ONE_ROUND, TOP, command, rows

FILES = sorted(path.stem for path in (Path(__file__).parents[1] / "examples").glob("*.py"))
THETA = np.array([0.3, 0.7])


@pytest.mark.parametrize("name", FILES)
def test_each_example_keeps_the_contract_and_says_how_it_is_run(name: str) -> None:
    module = through.example(name)
    assert module["PLUGIN"].name == name
    assert contract.breach(module["PLUGIN"]) is None
    assert f"'plugins=[examples/{name}.py]'" in module["__doc__"]


@pytest.mark.usefixtures("tables_alone")
@pytest.mark.parametrize("name", FILES)
@pytest.mark.thinned(2)
def test_the_command_that_each_example_names_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    shown = re.search(r"^    python -m bench (.*?)\n\n", through.example(name)["__doc__"], re.DOTALL | re.MULTILINE)
    assert shown is not None
    words = shlex.split(shown[1].replace("\\\n", " "))
    outcome = command(*words, f"output={tmp_path}", "name=run", *ONE_ROUND, "budget=100000", "samples=[2]")
    assert outcome.code == 0, outcome.err
    assert {row["status"].partition(":")[0] for row in rows(tmp_path / "run")} <= {"ok", "skipped", "unconverged"}
    assert any(row["status"] == "ok" for row in rows(tmp_path / "run"))


def test_the_queue_waits_as_lindleys_recursion_says() -> None:
    plugin = through.example("black_box")["PLUGIN"]
    y = 0.5 * through.draws(4, 20)
    waits = []
    for column in np.exp(y).T:  # the last waits for the worst run of customers just before
        sums = np.cumsum((column[:-1] - 1)[::-1])
        waits.append(max(0.0, sums.max()))
    got = through.value(through.form(plugin), y, (4.0,))
    assert np.allclose(got, waits, rtol=1e-14, atol=1e-14)
    assert plugin.dimension("shared", 0, (4.0,)) == 4


def test_the_regression_is_minus_a_log_joint_density_with_its_slopes() -> None:
    module = through.example("regression")
    plugin, x, signs = module["PLUGIN"], module["X"], module["SIGNS"]
    y, tau = 0.5 * through.draws(5, 20), 2.0
    form = through.form(plugin)
    margin = signs[:, None] * (x @ y)
    expected = -stats.norm.logpdf(y, scale=tau).sum(axis=0) + np.log1p(np.exp(-margin)).sum(axis=0)
    slopes = y / tau**2 - x.T @ (signs[:, None] / (1 + np.exp(margin)))
    assert plugin.target
    assert np.allclose(through.value(form, y, (tau,)), expected, rtol=1e-13)
    assert np.allclose(through.derivative(form, "slope", y, (tau,)), slopes, rtol=1e-12, atol=1e-12)


def test_the_baseline_is_the_one_of_least_variance() -> None:
    plugin = through.example("pilot_baseline")["PLUGIN"]
    y = through.draws(2, 1000)
    scores = np.stack([y, y**2 - 1], axis=1)  # of N(0, 1): [d, k, draws]
    value = (y**2).sum(axis=0)

    def frozen(theta: Floats) -> Floats:
        evaluate = lambda y: through.derivatives(y, value=value)  # noqa: E731
        numbers = plugin.freeze(SimpleNamespace(theta=theta, sample=lambda count: (y, scores), evaluate=evaluate))
        return np.asarray(numbers)

    tied = scores.sum(axis=0)
    baseline = frozen(np.array([[0.0, 1.0]]))
    for p, b in enumerate(baseline):
        spread = [np.mean(((value - c) * tied[p]) ** 2) for c in (b - 0.01, b, b + 0.01)]
        assert min(spread) == spread[1]
    untied = frozen(np.array([[0.0, 1.0], [0.0, 1.0]]))
    for p, b in enumerate(untied):
        spread = [np.mean(((value - c) * scores[:, p]) ** 2) for c in (b - 0.01, b, b + 0.01)]
        assert min(spread) == spread[1]
    assert isinstance(plugin.rule, Weights)
    weight = plugin.rule.score
    got = through.weights(weight, y, through.derivatives(y, value=value), 2, tuple(baseline))
    assert np.array_equal(got, value - baseline[:, np.newaxis])


@pytest.fixture(scope="module")
def laplace() -> Family:
    plugin: Family = through.example("laplace")["PLUGIN"]
    return plugin


def column(compiled, signature, *arguments, rows: int = 0) -> Floats:
    """What a kernel writes, with NaN in its last argument before."""
    out = np.full((rows, 40) if rows else 40, np.nan)
    through.call(compiled, signature, *arguments, out)
    return out


NOISE = through.draws(2, 40).reshape(2, 1, 40)


def drawn(laplace: Family) -> Floats:
    return column(laplace.transport, calls.TRANSPORT, NOISE[:1].copy(), 0, THETA)


def test_laplace_is_drawn_by_its_quantiles(laplace: Family) -> None:
    mu, b = THETA
    assert np.allclose(drawn(laplace), stats.laplace.ppf(stats.norm.cdf(NOISE[0, 0]), mu, b), rtol=1e-12)


def test_laplace_has_its_density_slope_and_entropy(laplace: Family) -> None:
    (mu, b), y = THETA, drawn(laplace)
    assert np.allclose(column(laplace.log_density, calls.DENSITY, y, THETA), stats.laplace.logpdf(y, mu, b), rtol=1e-14)
    assert np.allclose(column(laplace.slope, calls.DENSITY, y, THETA), -np.sign(y - mu) / b)
    assert laplace.entropy(THETA) == pytest.approx(stats.laplace.entropy(mu, b), rel=1e-14)
    assert np.allclose(laplace.entropy_gradient(THETA), [0, 1 / b])


@pytest.mark.parametrize("p", [0, 1])
def test_laplaces_score_and_path_are_derivatives(laplace: Family, p: int) -> None:
    y, noise, h = drawn(laplace), NOISE[:1].copy(), 1e-6 * np.eye(2)[p]
    ones = np.ones(40)
    score = column(laplace.score, calls.WEIGH, ones, noise, 0, THETA, y, True, rows=2)
    path = column(laplace.path, calls.WEIGH, ones, noise, 0, THETA, y, True, rows=2)
    up, down = (column(laplace.transport, calls.TRANSPORT, noise, 0, THETA + step) for step in (h, -h))
    assert np.allclose(path[p], (up - down) / 2e-6, rtol=1e-8)
    up, down = (column(laplace.log_density, calls.DENSITY, y, THETA + step) for step in (h, -h))
    assert np.allclose(score[p], (up - down) / 2e-6, rtol=1e-7)
    slope, b = column(laplace.slope, calls.DENSITY, y, THETA), THETA[1]
    assert np.allclose(score[p] + (0, 1 / b)[p] + path[p] * slope, 0, atol=1e-13)  # the first law of a family


def test_later_components_add(laplace: Family) -> None:
    y, noise, ones = drawn(laplace), NOISE[:1].copy(), np.ones(40)
    for kernel in (laplace.score, laplace.path):
        out = column(kernel, calls.WEIGH, ones, noise, 0, THETA, y, True, rows=2)
        twice = out.copy()
        through.call(kernel, calls.WEIGH, ones, noise, 0, THETA, y, False, twice)
        assert np.array_equal(twice, 2 * out)


def test_laplaces_pairs_are_weak_derivatives(laplace: Family) -> None:
    """dE f/dtheta by pairs, integrated over both exponentials, against differences of E f."""
    assert laplace.pairs is not None
    nodes, weights = np.polynomial.hermite_e.hermegauss(150)
    weights /= weights.sum()
    first, second = (grid.reshape(1, 1, -1) for grid in np.meshgrid(nodes, nodes))
    both = np.ascontiguousarray(np.concatenate([first, second]))
    mass = np.outer(weights, weights).ravel()
    x = np.empty((4, mass.size))
    through.call(laplace.pairs.place, calls.PLACE, both, 0, THETA, through.NOTHING, x)
    out = np.empty((2, mass.size))
    f = lambda y: y**3 + y**2  # noqa: E731
    through.call(
        laplace.pairs.combine,
        calls.COMBINE,
        both,
        0,
        THETA,
        through.NOTHING,
        Component(f(x), np.full_like(x, np.nan), np.full_like(x, np.nan)),
        True,
        out,
    )
    mu, b = THETA
    exact = [3 * mu**2 + 6 * b**2 + 2 * mu, 12 * mu * b + 4 * b]  # E y^3 = mu^3 + 6 mu b^2, E y^2 = mu^2 + 2 b^2
    expected = integrate.quad(
        lambda y: f(y) * math.copysign(stats.laplace.pdf(y, mu, b) / b, y - mu), -30, 30, points=[mu]
    )[0]
    assert expected == pytest.approx(exact[0], rel=1e-8)
    assert np.allclose(out @ mass, exact, rtol=1e-3)


def test_parameters_of_laplace_have_their_names(laplace: Family) -> None:
    assert list(laplace.parameters) == ["mu", "b"]
    assert laplace.parameters["b"].low == 0
    assert list(inspect.signature(laplace.transport.py_func).parameters) == ["noise", "j", "theta", "y"]
