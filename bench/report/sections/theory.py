"""Theory beside measurement: how SGD with a constant rate spreads, floats above the least F, and comes there."""

from bench.markup.blocks import Block, Cell, Column, Heading, Number, Paragraph, Table
from bench.markup.numbers import known
from bench.report.sections.learners import constants, count_of, key_cell, key_columns, varying
from bench.report.sections.phrases import Row, Tables, interval

MOST = 60  # learners in the table; theory.csv has all
QUANTITIES = {
    "stationary variance": ("stationary_variance", "measured_variance"),
    "floor of the gap": ("floor", "measured_floor"),
    "contraction": ("contraction", "measured_contraction"),
}


def theory(tables: Tables) -> list[Block]:
    """A line for each learner that theory speaks of, and why it is silent of the others; nothing of none."""
    frame = tables.get("theory")
    if frame is None or not (spoken := frame["floor"].notna()).any():
        return []
    rows, silent = frame[spoken], frame[~spoken]
    keys = [*varying(rows), "estimator"]
    header = [Column(title, name) for name in QUANTITIES for title in ("predicted", "measured")]
    lines: list[list[Cell]] = [
        [*(key_cell(row[key]) for key in keys), row["kind"], *_cells(row), row["note"]]
        for row in rows.head(MOST).to_dict("records")
    ]
    less = f" The first {MOST} of {len(rows)} learners; theory.csv has all." if len(rows) > MOST else ""
    reasons = "".join(
        f" Of {count_of(count)} it says nothing: {kind}." for kind, count in silent["kind"].value_counts().items()
    )
    text = (
        "Theory speaks of SGD with a constant rate, over the last half of the steps. The stationary variance is "
        "the sum of those of the free numbers, the floor is E F at rest less the least F, and the contraction is "
        "what a step leaves of the "
        "squared error in the slowest direction. Exact where the recursion closes, else to first order; with linear "
        "convergence a step has no variance where F is least. Measured with 95 % intervals. "
        f"In common: {constants(rows)}.{reasons}{less}"
    )
    return [
        Heading(2, "Theory"),
        Table([*key_columns(keys), Column("how known"), *header, Column("note")], lines),
        Paragraph(text),
    ]


def _cells(row: Row) -> list[Cell]:
    cells: list[Cell] = []
    for predicted, measured in QUANTITIES.values():
        cells.append(Number(row[predicted]) if known(row[predicted]) else None)
        cells.append(interval(row, measured) if known(row[measured]) else None)
    return cells
