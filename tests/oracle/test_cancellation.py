"""What cancels: the size of f without log q, and that a rest beside it is neither spread nor bias."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine.apply import contributions
from bench.engine.case import Case, case_of
from bench.laws.cases import DATA
from bench.oracle import quadrature, verdict
from bench.oracle.cancellation import cancelled, size_of
from bench.oracle.measured import CONSTANT
from bench.spec import Cell, Variant
from tests.support.rules import RULES
from tests.support.sampling import small
from tests.support.streams import CELL, stream_of

SOLUTION = float(DATA.mean()), float(DATA.std())
KL = replace(CELL, objective=Variant("gaussian_kl"), entropy="sticking_the_landing", theta=SOLUTION)


def case(cell: Cell, estimator: str = "pathwise") -> Case:
    stream = stream_of([cell], [estimator], RULES)
    (subgrid,) = stream.subgrids
    return case_of(stream, subgrid, subgrid.members[0], cell, DATA)


def at_k(k: float) -> Cell:
    """(y - k)^2 at N(k, 1)."""
    return replace(CELL, objective=Variant("quadratic", (k, 1.0)), theta=(k, 1.0), dataset_size=None)


@pytest.mark.parametrize("cell", [CELL, replace(KL, entropy="closed_form")])
def test_nothing_cancels_where_f_holds_no_log_q(cell: Cell) -> None:
    assert not cancelled(case(cell)).any()


@pytest.mark.parametrize("entropy", ["sticking_the_landing", "monte_carlo"])
def test_it_is_as_large_as_what_the_target_gives_alone(entropy: str) -> None:
    """f' = (y - xbar) / s2 = eps / s, so d/dmu has 1 / s for its root mean square, d/dsigma sqrt(3) / s."""
    size = cancelled(case(replace(KL, entropy=entropy)))  # type: ignore[arg-type]
    np.testing.assert_allclose(size, np.array([1.0, 3**0.5]) / SOLUTION[1], rtol=0.5)


@pytest.mark.parametrize("name", ["pathwise", "score_function", "score_function_loo", "differences", "frozen"])
def test_every_kind_of_estimator_has_one(name: str) -> None:
    samples = 2 if name == "score_function_loo" else 1
    assert (cancelled(case(replace(KL, samples=samples), name)) > 0).all()


def test_at_its_solution_sticking_the_landing_is_constant_and_right() -> None:
    """log q takes all of log p away: what is left of digits is no measurement, and no disagreement either."""
    out = contributions(case(KL), np.random.default_rng(1).normal(size=(1, 1, 1000)))
    assert np.max(abs(out)) < 1e-13
    moments = quadrature.exact(case(KL))
    assert moments.variance.tolist() == [0.0, 0.0]
    plan, results = small([KL], ["pathwise", "score_function"])
    judged = verdict.judge(plan, results)
    assert judged.ok, judged.failures
    assert (judged.no_gradient, judged.no_variance) == (0, 0)
    for result in results.values():
        assert result.status == (CONSTANT,) * 5
        assert (result.variance[0] == 0).all()


@pytest.mark.parametrize("k", [1.0, 1e5])
def test_looks_that_are_alike_are_constant(k: float) -> None:
    """(y - k)^2 at mu = k: the two parts of d/dmu are mirror images, and each look is of size E w^2 / sigma."""
    plan, results = small([at_k(k)], ["measure_valued", "pathwise", "mirrored"])
    judged = verdict.judge(plan, results)
    assert judged.ok, judged.failures
    for (_, estimator), result in results.items():
        by_mu, by_sigma = result.status[:2]
        assert (by_mu == CONSTANT) == (estimator.name != "pathwise")
        assert by_sigma == "ok"
        assert (result.exact_variance[0] == 0) == (estimator.name != "pathwise")


def test_looks_apart_are_as_large_as_they_are() -> None:
    """d/dmu looks at w^2 / sqrt(2 pi) twice, w of a Weibull with E w^4 = 8: in all 2 (8 / (2 pi))^1/2."""
    (size, _) = cancelled(case(at_k(1.0), "measure_valued"))
    np.testing.assert_allclose(size, 2 * np.sqrt(8 / (2 * np.pi)), rtol=0.5)


def test_control_looks_a_little_apart_have_a_spread() -> None:
    """A millionth off: Var d/dmu = a^2 (16 / pi - 4), in closed form."""
    beside = replace(at_k(1.0), theta=(1.0 + 1e-6, 1.0))
    ((_, result),) = small([beside], ["measure_valued"])[1].items()
    assert result.status[0] == "ok"
    np.testing.assert_allclose(result.exact_variance[0], 1e-12 * (16 / np.pi - 4), rtol=1e-4)
    assert abs(result.variance_z[0]) < 7


@pytest.mark.parametrize("name", ["score_function_optimal_baseline", "score_function_mean_baseline"])
def test_what_is_left_beside_a_baseline_is_judged_by_f(name: str) -> None:
    """f eps of f near 5: cancelled is what the score function gives alone, not what is left of it."""
    with_baseline, alone = (cancelled(case(CELL, estimator)) for estimator in (name, "score_function"))
    assert not alone.any()
    np.testing.assert_array_equal(with_baseline, size_of(case(CELL, "score_function")))


def test_control_a_little_beside_the_solution_there_is_a_spread() -> None:
    beside = replace(KL, theta=(SOLUTION[0], SOLUTION[1] * (1 + 1e-6)))
    ((_, result),) = small([beside], ["pathwise"])[1].items()
    assert result.status == ("ok",) * 5
    assert (abs(result.variance_z) < 7).all()
    np.testing.assert_allclose(result.variance[0], result.exact_variance, rtol=0.05)
