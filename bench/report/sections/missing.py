"""What was not measured, or not to the end, and why."""

import pandas as pd

from bench.markup.blocks import Block, Heading, Paragraph
from bench.report.sections import wording
from bench.report.sections.phrases import Tables

MEANINGS = {
    "budget": "sampling ended at its budget before the interval was as narrow as asked",
    "unconverged": "few draws carry the variance, so it and its interval may be too small",
    "nonfinite": "a number overflowed or is not defined",
}


def missing(tables: Tables) -> list[Block]:
    """How many rows were not measured, or not to the end, and why."""
    title = Heading(2, "What is missing or uncertain")
    counts = {name: _counts(tables[name]["status"]) for name in ("statistics", "ratios")}
    words = [f"of {len(tables[name]):,} {name}, {wording.listed(told)}" for name, told in counts.items() if told]
    if not words:
        return [title, Paragraph("Nothing: every row was measured and converged.")]
    told = {status.partition(":")[0] for name in counts for status in tables[name]["status"].unique()}
    meanings = [f"{status}: {meaning}." for status, meaning in MEANINGS.items() if status in told]
    sentence = "; ".join(words)
    return [title, Paragraph(f"{sentence[0].upper()}{sentence[1:]}. {' '.join(meanings)}".strip())]


def _counts(statuses: pd.Series) -> list[str]:
    """How many rows have each status that is not ok: 50 skipped (why)."""
    told = []
    for status, count in statuses.value_counts(sort=False).items():
        word, colon, reason = str(status).partition(": ")
        if word != "ok":
            told.append(f"{count:,} {word}{f' ({reason})' if colon else ''}")
    return told
