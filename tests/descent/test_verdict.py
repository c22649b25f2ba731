"""The verdict: right estimators pass, and one that is a hundredth off fails."""

from dataclasses import replace

import pytest

from bench.descent.fit import Fitted, fit
from bench.descent.verdict import words
from bench.engine.journal import Journal
from bench.engine.laps import Context
from bench.estimators import pathwise
from bench.kernels.jit import kernel
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
    with Journal(None) as journal:
        return fit(plan, learning, registry, Context(0, map, journal, "", lambda *_: None))


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
