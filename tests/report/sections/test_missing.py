"""What was not measured is counted."""

from bench.markup.blocks import Heading, Paragraph, Table
from bench.report.sections.missing import MEANING, missing
from tests.support import synthetic


def test_statuses_are_counted_with_their_reasons() -> None:
    tables = synthetic.tables(
        sigma=[1.0], dataset_size=[10], status=lambda row: "budget" if row["samples"] > 1 else "skipped: K | too <few>"
    )
    _, table, meaning = missing(tables)
    assert isinstance(table, Table)
    assert table.rows == [
        ["statistics", "skipped: K | too <few>", "20"],
        ["statistics", "budget", "60"],
        ["ratios", "skipped: K | too <few>", "12"],
        ["ratios", "budget", "36"],
    ]
    assert meaning == Paragraph(MEANING)


def test_where_nothing_is_missing_that_is_said() -> None:
    text = "Nothing: every row was measured and converged."
    tables = synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1])
    assert missing(tables) == [Heading(2, "What is missing or uncertain"), Paragraph(text)]
