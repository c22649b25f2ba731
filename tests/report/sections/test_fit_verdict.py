"""The verdict of a fit: its numbers, its failures, and divergence said plainly."""

from typing import Any

from bench.markup import markdown
from bench.report.sections.fit_verdict import fit_verdict
from tests.support.learned import VERDICT
from tests.support.signs import MILLIONTH


def said(**changes: Any) -> str:
    return markdown.render(fit_verdict({"verdict": VERDICT | changes}))


def test_what_agrees_is_said_with_its_numbers() -> None:
    text = said()
    assert "agrees with 8 gradients that were stepped with" in text
    assert (
        f"The largest abs(z) is 1.65; allowed is 5.29, which a right fit exceeds with a chance of {MILLIONTH}." in text
    )
    assert "diverged" not in text


def test_divergence_is_strong_whatever_the_verdict() -> None:
    strong = "**3 of 80 replicates diverged and were given up"
    assert strong in said(diverged=3)
    assert strong in said(diverged=3, ok=False, failures=["pathwise: z = 9"])


def test_failures_are_listed_and_no_number_vouches_for_them() -> None:
    text = said(ok=False, failures=["pathwise: z = 9"])
    assert "Steps disagree; do not use these." in text
    assert "pathwise: z = 9" in text
    assert "agrees" not in text


def test_what_was_not_compared_has_its_reason() -> None:
    text = said(checks=0, worst_gradient_z=float("nan"), reasons={"no exact gradient": 2}, claims=["f is even"])
    assert "None: nothing was compared with an oracle. Not compared: 2 learners (no exact gradient)." in text
    assert "does without a claim that is not so: f is even." in text
    assert "abs(z)" not in text


def test_what_was_skipped_has_its_reason() -> None:
    text = said(skipped={"score_function_loo: needs samples >= 2": 1, "pathwise: bernoulli has no path": 2})
    assert "Skipped: score_function_loo: needs samples \\>= 2 (in 1 cell)." in text
    assert "Skipped: pathwise: bernoulli has no path (in 2 cells)." in text
