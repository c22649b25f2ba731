"""The verdict: is every number what the oracle says?"""

from collections.abc import Iterator, Mapping
from typing import Any

from bench.markup.blocks import Block, Bullets, Heading, Paragraph, Strong
from bench.markup.numbers import known, number, number_or_unknown, spoken
from bench.report.sections import wording

NOTHING = "no row holds a finite number that could be checked"
PLURAL = {"gradient": "gradients", "variance": "variances"}
NAMED = 3  # failures in the alarm; the section has all of them


def alarm(manifest: Mapping[str, Any]) -> list[Block]:
    """A failure, to be said before all else; nothing where all that was compared agrees."""
    judged = manifest["verdict"]
    if judged["ok"]:
        return []
    failures = judged.get("failures", ())
    more = f"; and {len(failures) - NAMED} more, below" if len(failures) > NAMED else ""
    text = f"FAILED: {len(failures)} checks disagree: {'; '.join(failures[:NAMED])}{more}."
    return [Paragraph((Strong(text),))]


def verdict(manifest: Mapping[str, Any]) -> list[Block]:
    """The verdict with its numbers, or with all failures."""
    judged = manifest["verdict"]
    title = Heading(2, "Verdict")
    if not judged["ok"]:
        return [title, Paragraph("Numbers disagree; do not use these."), Bullets(judged.get("failures", ()))]
    sentences = [*_compared(judged), *not_compared(judged)]
    if merged := manifest.get("merged"):
        runs = wording.listed(f"{run['name']} (seed {run['seed']})" for run in merged)
        sentences.insert(0, f"Pooled from {len(merged)} sweeps: {runs}.")
    if not judged.get("checks"):
        sentences = [f"None: {'nothing was compared with an oracle' if sentences else NOTHING}.", *sentences]
    if blind := judged.get("blind"):
        sentences.append(f"An error could hide, for {'; '.join(blind)}.")
    text = " ".join(sentences)
    if holes := judged.get("unchecked"):
        return [title, Paragraph((Strong(f"{holes} gradients are not finite and were not checked."), f" {text}"))]
    return [title, Paragraph(text)]


def checked(judged: Mapping[str, Any]) -> str:
    """That the checks hold, and what they are of: gradients and variances as measured, and gradients as integrated."""
    checks = judged.get("checks")
    counts = {name: judged.get(name) or 0 for name in PLURAL.values()}
    measured = " and ".join(f"{count:,} {name}" for name, count in counts.items() if count)
    integrated = (checks or 0) - sum(counts.values())
    held = f"all {f'{checks:,} ' if checks else ''}checks against exact values hold"
    if not measured:
        return held
    more = f", and {integrated:,} gradients integrated instead of sampled" if integrated > 0 else ""
    return f"{held}, of {measured} as measured{more}"


def _compared(judged: Mapping[str, Any]) -> Iterator[str]:
    """What was held against an exact number, and how far off it is."""
    if not judged.get("checks"):
        return
    worst = {
        "gradient": (judged.get("gradients"), judged.get("worst_gradient_z")),
        "variance": (judged.get("variances"), judged.get("worst_variance_z")),
    }
    compared = {name: numbers for name, numbers in worst.items() if numbers[0]}
    counts = " and ".join(f"{count:,} {PLURAL[name]}" for name, (count, _) in compared.items())
    largest = " or ".join(f"{number(z)} for a {name}" for name, (_, z) in compared.items() if known(z))
    yield f"The oracle agrees with {counts or judged['checks']}; it integrates and does not sample."
    if largest:
        yield f"No abs(z) exceeds {largest}.{_allowed(judged)}"
    if known(judged.get("worst_bias")):
        yield "With a quadrature rule in place of draws the same code gives the exact gradients within its tolerance."
    if known(share := judged.get("coverage")):
        yield (
            f"{100 * share:.1f} % of the ratios' 95 % intervals hold the exact ratio; cells share their draws, so "
            "intervals hold or miss together."
        )


def _allowed(judged: Mapping[str, Any]) -> str:
    """How rarely a right program exceeds the bound, where both are known."""
    bound, level = judged.get("bound"), judged.get("level")
    if not (known(bound) and known(level) and level > 0):
        return ""
    return f" A right program exceeds {number(bound)} in one of {spoken(1 / level)} sweeps."


def not_compared(judged: Mapping[str, Any]) -> Iterator[str]:
    """What has no exact number, and why; what is held against another estimator, or against its own mean, instead."""
    if unknown := judged.get("no_variance"):
        reasons = "; ".join(f"{count}: {reason}" for reason, count in (judged.get("reasons") or {}).items())
        yield f"Not compared: {unknown} variances{f' ({reasons})' if reasons else ''}; nothing is said of these."
    if vague := judged.get("vague"):
        yield f"Not compared: {vague} gradients, for a few draws carry their variance."
    if unknown := judged.get("no_gradient"):
        yield f"{unknown} gradients have no oracle."
    if agreements := judged.get("agreements"):
        yield (
            f"{agreements} of them agree with another estimator of the same gradient, with abs(z) of at most "
            f"{number_or_unknown(judged.get('worst_agreement_z'))}: that is agreement, no proof that they are right."
        )
    if biased := judged.get("biased"):
        yield f"Biased, as declared, with the largest bias of each: {'; '.join(biased)}."
    for claim in judged.get("claims", ()):
        yield f"The oracle does without a claim that is not so: {claim}."
