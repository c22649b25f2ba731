"""Evidence of minutes: an autoencoder learns, and the variances of its estimators stand in their order."""

import itertools

import pytest

from bench.engine.journal import Journal
from bench.progress import Progress
from bench.vae.settings import VaeSettings
from bench.vae.training import run

ORDER = [
    ("pathwise", "sticking_the_landing"),
    ("pathwise", "closed_form"),
    ("score_function_loo", "closed_form"),
    ("score_function_local", "closed_form"),
    ("score_function", "closed_form"),
]


@pytest.mark.slow
def test_variances_stand_in_their_order_and_leave_one_out_learns_as_pathwise_does() -> None:
    settings = VaeSettings(dimension=(2,), samples=(10,), steps=400, checkpoints=4, replicates=2, rounds=0)
    with Progress("vae", "steps") as progress, Journal(None) as journal:
        result = run(settings, progress, journal)
    for per in ("datum", "weights"):
        for step in settings.marks:
            rows = {(r["estimator"], r["entropy"]): r for r in result.encoder if (r["per"], r["step"]) == (per, step)}
            ladder = [rows[name] for name in ORDER]
            for lower, upper in itertools.pairwise(ladder):
                assert lower["variance_high"] < upper["variance_low"]
    last = {(r["estimator"], r["entropy"]): r for r in result.curves if r["step"] == settings.steps}
    loo, path, local = (last[ORDER[place]] for place in (2, 1, 3))
    assert loo["loss"] < local["loss_low"]
    assert path["loss_high"] < result.curves[0]["loss"] / 1.5
