"""The verdict of a fit: were its steps taken with the gradient, and was any replicate given up?"""

from collections.abc import Iterator, Mapping
from typing import Any

from bench.markup.blocks import Block, Bullets, Heading, Paragraph, Strong
from bench.markup.numbers import known, number, number_or_unknown, spoken
from bench.report.sections.learners import count_of


def fit_verdict(manifest: Mapping[str, Any]) -> list[Block]:
    """The verdict with its numbers, or with all failures; divergence is said before all else."""
    judged = manifest["verdict"]
    title = Heading(2, "Verdict")
    diverged = [Paragraph((Strong(diverged_words(judged)),))] if judged.get("diverged") else []
    if not judged["ok"]:
        return [title, Paragraph("Steps disagree; do not use these."), Bullets(judged.get("failures", ())), *diverged]
    return [title, Paragraph(" ".join(_compared(judged))), *diverged]


def diverged_words(judged: Mapping[str, Any]) -> str:
    """How many replicates were given up."""
    count, of = judged.get("diverged", 0), judged.get("replicates", "unknown")
    return f"{count} of {of} replicates diverged and were given up: their loss counts as infinite from there on."


def _compared(judged: Mapping[str, Any]) -> Iterator[str]:
    """What was held against the exact gradient, and what was not and why."""
    if not (checks := judged.get("checks")):
        yield "None: nothing was compared with an oracle."
    else:
        largest = judged.get("worst_gradient_z")
        yield (
            f"The oracle agrees with {checks:,} gradients that were stepped with: at each checkpoint the estimates of "
            "all replicates are averaged and held against the exact gradients there."
        )
        if known(largest):
            yield (
                f"The largest abs(z) is {number(largest)}; allowed is {number_or_unknown(judged.get('bound'))}, which "
                f"a right fit exceeds with a chance of {spoken(judged.get('level'))}."
            )
    yield from not_compared(judged)


def not_compared(judged: Mapping[str, Any]) -> Iterator[str]:
    """Which learners have no exact gradient to be held against, or were not fitted at all, and why."""
    for reason, count in (judged.get("reasons") or {}).items():
        yield f"Not compared: {count_of(count)} ({reason})."
    for reason, count in (judged.get("skipped") or {}).items():
        yield f"Skipped: {reason} (in {count} {'cells' if count > 1 else 'cell'})."
    for claim in judged.get("claims", ()):
        yield f"The oracle does without a claim that is not so: {claim}."
