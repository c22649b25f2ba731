"""What was not measured, or not to the end, and why."""

import re

import pandas as pd

from bench.markup.blocks import Block, Heading, Paragraph
from bench.report.sections import wording
from bench.report.sections.phrases import Tables

MEANINGS = {
    "over budget": "sampling ended at its budget before the interval was as narrow as asked",
    "unconverged": "few draws carry the variance, so it and its interval may be too small",
    "not finite": "a number overflowed or is not defined",
}

WORDS = {"budget": "over budget", "nonfinite": "not finite"}  # for a status that does not read well
KEY = re.compile(r"\b(latent|components|entropy|sampler)=(\w+)")  # in a reason, which a plug-in gives


def missing(tables: Tables) -> list[Block]:
    """How many rows were not measured, or not to the end, and why: a line."""
    title = Heading(2, "What is missing or uncertain")
    statuses = {name: tables[name]["status"] for name in ("statistics", "ratios")}
    counts = {name: _counts(column) for name, column in statuses.items()}
    parts = [f"of {len(statuses[name]):,} {name} {wording.listed(told)}" for name, told in counts.items() if told]
    if not parts:
        return [title, Paragraph("Nothing: every row was measured and converged.")]
    sentence = "; ".join(parts)
    meanings = [
        f"{word[0].upper()}{word[1:]}: {meaning}." for word, meaning in MEANINGS.items() if f"are {word}" in sentence
    ]
    return [title, Paragraph(" ".join([f"{sentence[0].upper()}{sentence[1:]}.", *meanings]))]


def _counts(statuses: pd.Series) -> list[str]:
    """How many rows have each status that is not ok: 50 are skipped (why)."""
    told = []
    for status, count in statuses.value_counts(sort=False).items():
        word, colon, reason = str(status).partition(": ")
        if word != "ok":
            why = KEY.sub(lambda match: wording.told(match[1], match[2]), reason)
            told.append(f"{count:,} are {WORDS.get(word, word)}{f' ({why})' if colon else ''}")
    return told
