"""Which way leads to exact moments is seen from the kernels, not from names."""

from dataclasses import replace

import numpy as np
import pytest

from bench.engine.case import Case
from bench.engine.pilot import draws, prepared
from bench.laws.cases import title
from bench.oracle import quadrature, routes
from bench.spec import Weights
from bench.wrap import estimator
from tests.support.cases import EVERYTHING, MU, cases


def case_of(words: str) -> Case:
    (case,) = [case for case in cases(1) + cases(1, mutants=True) if title(case) == words]
    return prepared(case)


@pytest.mark.parametrize(
    ("estimator", "expected"), [("score_function_loo", True), ("loo_shrunk", False), ("loo_baseline_alone", False)]
)
def test_leave_one_out_is_known_by_the_weights_of_two_draws(estimator: str, expected: bool) -> None:
    rule = EVERYTHING.get("estimator", estimator).rule
    assert isinstance(rule, Weights)
    assert routes.leaves_one_out(rule) == expected


def test_a_frozen_baseline_is_a_shift_of_f() -> None:
    case = case_of("cubic-shared-normal-tied-centred-iid")
    np.testing.assert_allclose(routes.shifts(case, draws(case, 64)), MU**2 * (3 - 2 * MU), rtol=1e-14)  # type: ignore[arg-type]
    plain = case_of("cubic-shared-normal-tied-score_function-iid")
    np.testing.assert_array_equal(routes.shifts(plain, draws(plain, 64)), [0, 0])  # type: ignore[arg-type]


def test_a_weight_that_is_no_shift_of_f_has_none() -> None:
    case = case_of("cubic-shared-normal-tied-score_function_biased-iid")
    assert routes.shifts(case, draws(case, 64)) is None


def test_a_weight_that_departs_from_f_rarely_has_none() -> None:
    case = case_of("cubic-shared-normal-tied-score_function-iid")
    clipped = estimator("clipped", score_weight=lambda value: np.minimum(value, 1e3))  # beyond all draws here
    case = replace(case, estimator=clipped, rule=clipped.rule)
    assert routes.shifts(case, draws(case, 64)) is None


def test_weights_of_all_draws_that_are_no_mean_over_pairs_break_their_claim_beyond_two_draws() -> None:
    """f less the median of the other draws' f: unbiased, and of two draws leave-one-out."""

    def less_the_median(value: np.ndarray) -> np.ndarray:
        others = [np.median(np.delete(value, k, axis=0), axis=0) for k in range(len(value))]
        return value - np.array(others)

    median = estimator("median", score_weight=less_the_median, together=True)
    case = replace(case_of("cubic-shared-normal-tied-score_function-iid"), estimator=median, rule=median.rule)
    assert np.isfinite(quadrature.exact(case).at(2)[0]).all()
    assert routes.broken_claim(case, 2) == ""
    assert routes.broken_claim(case, 7) == (
        "an estimate of 7 draws is not the mean over each 2 of them, as degree=2 claims"
    )


def test_control_leave_one_out_and_weights_of_a_draw_break_no_claim() -> None:
    for name in ("score_function_loo", "score_function", "pathwise"):
        case = case_of(f"cubic-shared-normal-tied-{name}-iid")
        assert [routes.broken_claim(case, samples) for samples in (2, 3, 50, 1000)] == [""] * 4


def test_draws_of_a_constant_f_cannot_tell() -> None:
    case = case_of("cubic-shared-bernoulli-tied-score_function_biased-iid")
    rare = replace(case, cell=replace(case.cell, theta=(-40.0,)))
    assert routes.shifts(rare, draws(rare, 64)) is None
