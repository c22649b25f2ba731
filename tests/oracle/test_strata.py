"""The variance of estimates of draws in strata: closed forms, the limits of many strata, and what is not known."""

import math
from dataclasses import replace

import numpy as np
import pytest

from bench.engine.case import Case
from bench.kernels.exponential import EXPONENTIAL
from bench.kernels.normal import NORMAL
from bench.kernels.uniform import UNIFORM
from bench.oracle import quadrature
from bench.oracle.strata import inside, pieces
from bench.spec import BaseNoise
from tests.support.streams import CELL, PER_DATUM, case_in

NODES = 24
BERNOULLI = replace(CELL, family="bernoulli", theta=(math.log(3.0),))  # y = 1 where u < 3/4


def variance(channel: BaseNoise, function: object, strata: int) -> float:
    noise, weights, owner = pieces(channel, strata, NODES)
    return inside(function(noise), weights, owner, strata)[0]  # type: ignore[operator]


def test_halves_of_a_normal_are_half_normals() -> None:
    """Var |z| = 1 - 2 / pi, and its fourth cumulant 8 (pi - 3) / pi^2."""
    noise, weights, owner = pieces(NORMAL, 2, NODES)
    second, fourth, square = inside(noise, weights, owner, 2)
    assert second == pytest.approx(1 - 2 / math.pi, rel=1e-12)
    assert fourth == pytest.approx(8 * (math.pi - 3) / math.pi**2, rel=1e-11)
    assert square == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize("strata", [1, 3, 64])
def test_intervals_of_a_uniform_are_uniform(strata: int) -> None:
    assert variance(UNIFORM, lambda u: u, strata) == pytest.approx(1 / (12 * strata**2), rel=1e-12)


def test_intervals_of_an_exponential_have_its_memory() -> None:
    """Above the median it is log 2 and an exponential."""
    noise, weights, owner = pieces(EXPONENTIAL, 2, NODES)
    above = owner == 1
    assert weights[above] @ noise[above] == pytest.approx(1 + math.log(2), rel=1e-12)


def test_the_variance_of_a_smooth_function_falls_as_the_theory_says() -> None:
    """K^3 Var -> E (g' / phi)^2 / 12 = sqrt(2 pi) sqrt(pi) / 1.5^1.5 / 6 for exp(-z^2), with an error of order K^-2."""
    limit = math.sqrt(2) * math.pi / 1.5**1.5 / 6
    off = [samples**2 * variance(NORMAL, lambda z: np.exp(-z * z), samples) / limit - 1 for samples in (512, 1024)]
    assert abs(off[1]) < abs(off[0]) / 3 < 1e-5


@pytest.mark.parametrize("power", [1, 2, 3, 4])
def test_outermost_intervals_of_a_normal_carry_the_variance_of_a_polynomial(power: int) -> None:
    """K^2 Var / log(K)^(power - 2) comes to rest up to O(1/log K), where another power of K is a factor of 16."""
    several = [
        samples * variance(NORMAL, lambda z: z**power, samples) / math.log(samples) ** (power - 2)
        for samples in (2**8, 2**12, 2**16)
    ]
    assert np.all(np.abs(np.diff(np.log(several))) < 1 / math.log(2**8))


def test_of_tied_and_untied_components_variances_and_cumulants_add_up() -> None:
    tied, untied = (
        quadrature.exact(case_in(replace(PER_DATUM, components=components, samples=8)))
        for components in ("tied", "untied")
    )
    (both, kurtosis), (each, alone) = tied.at(8), untied.at(8)
    np.testing.assert_allclose(both, each.reshape(3, 2).sum(axis=0), rtol=1e-12)
    cumulants = ((alone - 3) * each**2).reshape(3, 2).sum(axis=0)
    np.testing.assert_allclose((kurtosis - 3) * both**2, cumulants, rtol=1e-9)


def test_fewer_strata_than_draws_hold_several() -> None:
    """Stratified in three components: 4 of 64 draws in each of 4 intervals, 16 times the draws of a hypercube of 4."""
    few, many = (
        quadrature.exact(case_in(replace(PER_DATUM, samples=samples), sampler=sampler)).at(samples)
        for sampler, samples in (("latin_hypercube", 4), ("stratified", 64))
    )
    np.testing.assert_allclose(many[0], few[0] / 16, rtol=1e-12)
    np.testing.assert_allclose(many[1] - 3, (few[1] - 3) / 16, rtol=1e-9)


@pytest.mark.parametrize(("samples", "cut"), [(2, 1 / 2), (3, 1 / 4), (4, 0.0), (8, 0.0)])
def test_a_step_has_a_variance_in_the_interval_that_it_cuts_alone(samples: int, cut: float) -> None:
    """P(y = 1) = 3/4, up to a digit: of 2 intervals the second is cut in half, of 3 the third at a quarter."""
    moments = quadrature.exact(case_in(BERNOULLI, "score_function"))
    share = cut * (1 - cut) / samples / (3 / 4 * 1 / 4)
    np.testing.assert_allclose(moments.at(samples)[0], moments.variance * share / samples, rtol=1e-10, atol=2e-15)


def test_what_is_no_sum_reads_several_channels_or_has_no_density_is_not_known() -> None:
    def lacks(case: Case) -> str:
        return quadrature.exact(case).lacks(4)

    assert lacks(case_in(CELL)) == ""
    assert lacks(case_in(PER_DATUM, "score_function")).endswith("variance of a sum over components alone")
    assert lacks(case_in(CELL, "measure_valued")).endswith("where they read one channel of noise alone")
    case = case_in(CELL)
    bare = replace(case, sampler=replace(case.sampler, strata=None))
    assert lacks(bare) == "the draws of an estimate depend on each other"
    family = replace(case.family, channels=(replace(NORMAL, density=None),))
    assert "the noise normal lacks a quantile function or a density" in lacks(replace(case, family=family))


def test_control_a_budget_that_holds_no_strata_has_no_variance() -> None:
    case = replace(case_in(CELL), budget=20_000)
    moments = quadrature.exact(case)
    assert np.isfinite(moments.at(4)[0]).all()
    assert np.isnan(moments.at(20_000)[0]).all()
    assert moments.lacks(20_000).startswith("moments inside the strata do not stand still")
