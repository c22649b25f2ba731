"""The verdict: right estimators pass, and one that is a hundredth off fails."""

from dataclasses import replace

import numpy as np
import pytest

from bench.descent.curves import Learned
from bench.descent.fit import Fitted, fit, learned_of
from bench.descent.verdict import _carried, judge, words
from bench.engine.journal import Journal
from bench.engine.laps import Context
from bench.errors import BadInput
from bench.estimators import pathwise
from bench.kernels.jit import kernel
from bench.plan import cells
from bench.spec import Estimator, Weight, Weights
from tests.support.command import instead
from tests.support.descents import planned

WORDS = "learning_rate=[0.0001]", "steps=40", "checkpoints=20", "samples=[10]", "rounds=0"


@kernel
def a_hundredth_too_long(noise, y, theta, phi, f, out):  # type: ignore[no-untyped-def]
    """out[d, draws] <- 1.01 df/dy."""
    for j in range(out.shape[0]):
        for i in range(out.shape[1]):
            out[j, i] = 1.01 * f.slope[0, j, i]


def fitted(*more: str, estimator: Estimator | None = None) -> Fitted:
    learning, plan, registry = planned(*instead(*WORDS, *more))
    if estimator:
        registry = replace(registry, plugins={**registry.plugins, "estimator": {"pathwise": estimator}})
        learning, plan, _ = planned(*WORDS, "estimator=[pathwise]", *more)
    source = repr(estimator)  # which decides digits, as a file's does
    with Journal(None) as journal:
        return fit(plan, learning, registry, Context(0, map, journal, source, lambda *_: None))


def _learned(*more: str) -> tuple[list[Learned], tuple[int, ...]]:
    learning, plan, registry = planned(*instead(*WORDS, *more))
    with Journal(None) as journal:
        return learned_of(plan, learning, registry, Context(0, map, journal, "", lambda *_: None))


def test_right_steps_pass() -> None:
    result = fitted("objective=[squared_error,gaussian_kl]")
    assert result.verdict.ok
    assert result.verdict.checks == 2 * 2 * 2
    assert words(result.verdict).startswith("VERDICT ok: 8 gradients that were stepped with are what the oracle says")


def test_a_hundredth_is_caught() -> None:
    wrong = Estimator("pathwise", Weights(path=Weight(a_hundredth_too_long, ("slope",), "component")))
    result = fitted("replicates=256", estimator=wrong)
    assert not result.verdict.ok
    assert "pathwise K=10 sgd 0.0001 constant in log_sigma: the gradient by" in result.verdict.failures[0]


def test_what_declares_a_bias_is_not_compared() -> None:
    result = fitted(estimator=replace(pathwise.PLUGIN, biased=True))
    assert result.verdict.checks == 0
    assert result.verdict.reasons == {"biased estimators step with another gradient": 1}
    assert words(result.verdict).startswith("VERDICT none")


@pytest.mark.parametrize("rate", [0.1])
def test_divergence_is_counted(rate: float) -> None:
    result = fitted(f"learning_rate=[{rate}]", "parameterisation=[sigma]")
    assert result.verdict.diverged > 0
    rows = [row for row in result.tables["curves"] if row["step"] == 40]
    assert all(row["status"].startswith("diverged") for row in rows if row["diverged"])
    assert f"of {result.verdict.replicates} replicates diverged" in words(result.verdict)


def test_an_error_that_a_replicate_carries_is_not_judged() -> None:
    here, error = np.ones((2, 16), dtype=bool), np.ones((2, 16, 1))
    error[1, 3] = 1e6
    assert _carried(here, error).tolist() == [False, True]


def test_round_off_at_rest_is_beside_what_the_numbers_were_on_the_way() -> None:
    """Sticking the landing has landed: its estimates and their spread are round-off alone."""
    words = "objective=[normal_target]", "entropy=[sticking_the_landing]", "components=[untied]", "estimator=[pathwise]"
    result = fitted(*words, "learning_rate=[0.2]", "steps=400")
    assert result.verdict.ok, result.verdict.failures
    assert result.tables["curves"][-1]["gap"] < 1e-12


def test_a_replicate_that_flies_off_does_not_blind_the_check_of_the_others() -> None:
    wrong = Estimator("pathwise", Weights(path=Weight(a_hundredth_too_long, ("slope",), "component")))
    learning, plan, registry = planned(*instead(*WORDS, "estimator=[pathwise]", "replicates=256"))
    registry = replace(registry, plugins={**registry.plugins, "estimator": {"pathwise": wrong}})
    plan = cells.build(learning.grid, registry)
    with Journal(None) as journal:
        (learned,), _ = learned_of(plan, learning, registry, Context(0, map, journal, repr(wrong), lambda *_: None))
    estimates = learned.path.estimates.copy()
    estimates[0, -1, 0], estimates[1, -1, 0] = 1e30, 1e58
    flown = replace(learned, path=replace(learned.path, estimates=estimates))
    assert [judge([walk]).ok for walk in (learned, flown)] == [False, False]


def test_what_few_replicates_are_left_of_is_not_judged() -> None:
    (learned, *_), _ = _learned("estimator=[score_function]", "replicates=16")
    estimates = learned.path.estimates.copy()
    estimates[0, 1:, :7], estimates[0, 1:, 7:] = 1e3, np.nan  # far off, by seven replicates
    estimates[:, 0] = learned.path.estimates[:, 0]
    few = replace(learned, path=replace(learned.path, estimates=estimates))
    assert judge([few]).ok
    estimates[0, 1:, 7] = 1e3
    assert not judge([few]).ok
    estimates[:, 0] = np.nan
    estimates[0, 1:, 7] = np.nan
    assert judge([few]).reasons == {"fewer than 8 replicates are left to be averaged": 1}


def test_an_estimator_without_a_gradient_by_what_moves_is_refused_with_the_way_out() -> None:
    with pytest.raises(BadInput, match=r"fixed=\[alpha\], or estimators with a gradient by alpha of gamma"):
        fitted("family=[gamma]", "estimator=[measure_valued]")
