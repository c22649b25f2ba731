"""Declared biases in words: an estimator's own, and those of a derivative that misses a jump of f."""

from dataclasses import replace

import numpy as np
import pytest

from bench.oracle.biases import biases
from bench.oracle.measured import Measured
from bench.oracle.rows import statistics_rows
from bench.oracle.verdict import judge
from bench.plan.cells import Plan
from bench.plan.streams import Job
from bench.spec import Variant
from tests.support.cases import unsettled
from tests.support.sampling import small
from tests.support.streams import CELL

MU, SIGMA = 0.5, 2.0
POINT = replace(CELL, theta=(MU, SIGMA), dataset_size=None, samples=4)
ESTIMATORS = ("score_function", "pathwise", "second_order")

Sweep = tuple[Plan, dict[Job, Measured]]


def sweep(name: str, phi: tuple[float, ...]) -> Sweep:
    return small([replace(POINT, objective=Variant(name, phi, f"k={phi[0]:g}"))], ESTIMATORS)


@pytest.fixture(scope="module")
def jump() -> Sweep:
    return sweep("step", (0.0, 1.0))


def test_of_a_jump_pathwise_is_biased_by_the_whole_gradient(jump: Sweep) -> None:
    """Its estimates are 0; the verdict is ok, for that is what integrals say, and names the bias."""
    d = MU / SIGMA
    density = np.exp(-(d**2) / 2) / np.sqrt(2 * np.pi) / SIGMA
    by_name = {variant.name: result for (_, variant), result in jump[1].items()}
    for name in ("pathwise", "second_order"):
        np.testing.assert_allclose(by_name[name].bias[:2], (-density, d * density), rtol=1e-12)
        np.testing.assert_allclose(by_name[name].mse[0][:2], (density**2, (d * density) ** 2), rtol=1e-12)
    np.testing.assert_array_equal(by_name["pathwise"].variance[0], 0.0)
    assert not by_name["score_function"].biased
    verdict = judge(*jump)
    assert verdict.ok
    assert len(verdict.biased) == 2
    assert verdict.biased[0].startswith(
        "pathwise d/dmu, step k=0 shared normal iid mu=0.5,sigma=2 samples=4: bias -0.19"
    )
    assert verdict.biased[0].endswith(f"bias {-density:.6g}, gradient {density:.6g}")
    assert verdict.biased[1].startswith("second_order d/dmu")


def test_the_rows_show_it(jump: Sweep) -> None:
    rows = [row for row in statistics_rows(*jump) if row["estimator"] == "pathwise" and row["parameter"] == "mu"]
    assert [row["bias"] == -row["exact_gradient"] for row in rows] == [True]


def test_of_a_kink_the_curvature_alone_is_biased() -> None:
    plan, results = sweep("absolute", (0.0, 1.0))
    assert judge(plan, results).ok
    (words,) = biases(plan, results)
    assert words.startswith("second_order d/dsigma, absolute k=0 ")


def test_where_f_is_smooth_nothing_is_said() -> None:
    plan, results = sweep("quadratic", (0.0, 1.0))
    assert biases(plan, results) == judge(plan, results).biased == ()


def test_control_a_jump_that_is_not_declared_fails_the_verdict() -> None:
    plugins = unsettled()
    honest = plugins.get("objective", "step")
    plugins.add(replace(honest, name="sudden", misses=()), "", "here")
    cell = replace(POINT, objective=Variant("sudden", (0.0, 1.0), "k=0"))
    verdict = judge(*small([cell], ["score_function", "pathwise"], plugins))
    assert not verdict.ok
    assert all("pathwise" in failure for failure in verdict.failures)
