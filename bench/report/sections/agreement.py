"""The gradients of all estimators beside the exact ones."""

from bench.markup.blocks import Block, Heading, Number, Paragraph
from bench.markup.numbers import number_or_unknown
from bench.report.sections.phrases import Row, Tables, side_by_side, slice_title
from bench.tables import slices


def agreement(tables: Tables) -> list[Block]:
    """Measured against exact, mu and sigma2 side by side, in the middle cell of the grid."""
    title = Heading(2, "Agreement of the gradients")
    rows = slices.measured(tables["statistics"], "gradient")
    if rows.empty:
        return [title, Paragraph("No gradient was measured.")]
    rows, chosen = slices.middle(rows, slices.AXES)
    table = side_by_side(
        rows,
        ["estimator"],
        {
            "measured": _measured,
            "exact": lambda row: Number(row["exact_gradient"], 5),
            "z": lambda row: Number(row["gradient_z"], 2),
        },
    )
    return [title, table, Paragraph(f"Mean over the replicates ± its standard error. {slice_title(rows, chosen)}")]


def _measured(row: Row) -> str:
    return f"{number_or_unknown(row['gradient'], 5)} ± {number_or_unknown(row['gradient_se'], 2)}"
