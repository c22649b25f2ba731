"""The verdict: is every number what the oracle says?"""

from collections.abc import Mapping
from typing import Any

from bench.markup.blocks import Block, Bullets, Heading, Paragraph, Strong
from bench.markup.numbers import known, number_or_unknown

NAMED = 3  # failures in the alarm; the section has all of them


def alarm(manifest: Mapping[str, Any]) -> list[Block]:
    """A failure, to be said before all else; nothing where the oracle agrees or had nothing to check."""
    judged = manifest["verdict"]
    if judged["ok"] or judged.get("checks") == 0:
        return []
    failures = judged.get("failures", ())
    more = f"; and {len(failures) - NAMED} more, below" if len(failures) > NAMED else ""
    text = f"FAILED: the oracle disagrees in {len(failures)} checks: {'; '.join(failures[:NAMED])}{more}."
    return [Paragraph((Strong(text),))]


def verdict(manifest: Mapping[str, Any]) -> list[Block]:
    """The verdict with its numbers, or with all failures."""
    judged = manifest["verdict"]
    title = Heading(2, "Verdict")
    if judged.get("checks") == 0:
        why = without_oracle(judged) or "no row holds a finite number that could be checked"
        return [title, Paragraph(f"None: {why}.")]
    if judged["ok"]:
        return [title, _agreement(judged)]
    return [
        title,
        Paragraph("The oracle disagrees; do not use these numbers."),
        Bullets(judged.get("failures", ())),
    ]


def _agreement(judged: Mapping[str, Any]) -> Paragraph:
    text = (
        f"The oracle agrees: {judged.get('checks', 'all')} checks of gradients and variances against their exact "
        f"values. The largest abs(z) is {number_or_unknown(judged.get('worst_gradient_z'))} for a gradient and "
        f"{number_or_unknown(judged.get('worst_variance_z'))} for a variance; allowed is "
        f"{number_or_unknown(judged.get('bound'))}, which a right sweep exceeds with a chance of "
        f"{number_or_unknown(judged.get('level'))}. Integrated instead of sampled, the gradients differ from the "
        f"exact ones by at most {number_or_unknown(judged.get('worst_bias'))} of their tolerance."
    )
    if known(share := judged.get("coverage")):
        text += (
            f" {100 * share:.1f} % of the ratios' 95 % intervals hold the exact ratio (cells share their draws, so "
            "they hold or miss together)."
        )
    if unknown := without_oracle(judged):
        text += f" Not compared: {unknown}; nothing is said of these."
    if holes := judged.get("unchecked"):
        return Paragraph((Strong(f"{holes} gradients are not finite and were not checked."), f" {text}"))
    return Paragraph(text)


def without_oracle(judged: Mapping[str, Any]) -> str:
    """How many measured numbers have no exact value that they could be compared with; empty where all have one."""
    counts = {"gradients": judged.get("no_gradient", 0), "variances": judged.get("no_variance", 0)}
    words = [f"{count} measured {kind}" for kind, count in counts.items() if count]
    phrases = [f"{' and '.join(words)} have no exact value to be compared with"] if words else []
    if unscaled := judged.get("no_error"):
        phrases += [f"{unscaled} variances stand unchecked beside their exact values, whose kurtosis is not known"]
    return "; ".join(phrases)
