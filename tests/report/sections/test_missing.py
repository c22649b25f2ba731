"""What was not measured is counted."""

from bench.markup.blocks import Heading, Paragraph
from bench.report.sections.missing import MEANINGS, missing
from tests.support import synthetic


def test_statuses_are_counted_in_a_line_with_their_reasons() -> None:
    tables = synthetic.tables(
        sigma=[1.0], dataset_size=[10], status=lambda row: "budget" if row["samples"] > 1 else "skipped: K | too <few>"
    )
    _, line = missing(tables)
    assert line == Paragraph(
        "Of 80 statistics 20 are skipped (K | too <few>) and 60 are over budget; of 48 ratios 12 are skipped (K | too "
        f"<few>) and 36 are over budget. Over budget: {MEANINGS['over budget']}."
    )


def test_keys_in_a_reason_are_told_in_words() -> None:
    reason = "skipped: needs latent=per_datum, or h=2"
    tables = synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1], status=lambda _: reason)
    _, line = missing(tables)
    assert isinstance(line, Paragraph)
    assert "are skipped (needs draw per datum, or h=2)" in str(line.text)


def test_where_nothing_is_missing_that_is_said() -> None:
    text = "Nothing: every row was measured and converged."
    tables = synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1])
    assert missing(tables) == [Heading(2, "What is missing or uncertain"), Paragraph(text)]
