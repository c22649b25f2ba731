"""The verdict in words: what was compared and agrees, what was not, and why."""

import numpy as np

from bench.oracle.verdict import Verdict


def conclusion(verdict: Verdict, most: int = 10) -> str:
    """The verdict in words with the failing rows, who gave nothing, and in small print what no cell could show."""
    small_print = [f"(could hide an error: {'; '.join(verdict.blind)})"] if verdict.blind else []
    nothing = [f"without one finite value: {', '.join(verdict.nowhere_finite)}"] if verdict.nowhere_finite else []
    return "\n".join([_answer(verdict, most), *nothing, *_biased(verdict, most), *small_print])


def _biased(verdict: Verdict, most: int) -> list[str]:
    """What is biased as declared, and by how much."""
    hidden = len(verdict.biased) - most
    more = [f"  ... and {hidden} more, all in manifest.json"] if hidden > 0 else []
    return [*(f"biased, as declared: {words}" for words in verdict.biased[:most]), *more]


def _answer(verdict: Verdict, most: int) -> str:
    if not verdict.ok:
        total = verdict.checks + verdict.agreements
        lines = [f"VERDICT FAILED: {len(verdict.failures)} of {total} checks disagree"]
        lines += [f"  {failure}" for failure in verdict.failures[:most]]
        hidden = len(verdict.failures) - most
        return "\n".join(lines + ([f"  ... and {hidden} more, all in manifest.json"] if hidden > 0 else []))
    if verdict.checks:
        worst = np.nanmax([verdict.worst_gradient_z, verdict.worst_variance_z])
        return (
            f"VERDICT ok: {verdict.gradients} gradients and {verdict.variances} variances are what the oracle says; "
            f"worst |z| {worst:.2f}, allowed {verdict.bound:.2f}{_holes(verdict)}"
        )
    if verdict.agreements or verdict.vague:
        return f"VERDICT none: nothing was compared with an oracle{_holes(verdict)}"
    if verdict.no_gradient:
        return f"VERDICT none: no oracle for any of {verdict.no_gradient} gradients; nothing was checked"
    return "VERDICT none: no row holds a finite number that could be checked"


def _holes(verdict: Verdict) -> str:
    """What was not compared with the oracle, and why."""
    holes = f"; {verdict.unchecked} gradients are not finite, not checked" if verdict.unchecked else ""
    if verdict.vague:
        holes += f"; not compared: {verdict.vague} gradients that a few draws carry"
    if verdict.no_variance:
        reasons = ", ".join(f"{count}: {reason}" for reason, count in verdict.reasons.items())
        holes += f"; not compared: {verdict.no_variance} variances ({reasons})"
    if verdict.no_gradient:
        alone = verdict.no_gradient - verdict.agreements
        holes += f"; no oracle for {verdict.no_gradient} gradients"
        if verdict.agreements:
            holes += f": {verdict.agreements} agree with another estimator, which is no proof, worst |z| "
            holes += f"{verdict.worst_agreement_z:.2f}"
        holes += f"; {alone} stand alone" if verdict.agreements and alone > 0 else ""
    return holes
