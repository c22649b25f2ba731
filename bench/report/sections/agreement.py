"""The gradients of all estimators beside the exact ones."""

from bench.markup.blocks import Block, Cell, Heading, Number, Paragraph
from bench.markup.numbers import known, number_or_unknown
from bench.report.sections.phrases import Row, Tables, derived, exact, side_by_side, slice_title
from bench.tables import slices


def agreement(tables: Tables) -> list[Block]:
    """Measured against exact, the parameters side by side, in the middle cell of the grid."""
    title = Heading(2, "Agreement of the gradients")
    rows = slices.measured(tables["statistics"], "gradient")
    if rows.empty:
        return [title, Paragraph("No gradient was measured.")]
    rows, chosen = slices.middle(slices.middle_theta(rows), slices.AXES)
    beside = side_by_side(
        rows,
        ["estimator"],
        {
            "measured": _measured,
            "exact": lambda row: exact(row["exact_gradient"], 5),
            "z": _z,
        },
    )
    meaning = f"Mean over the replicates ± its standard error. {derived(rows, 'z-scores')}{slice_title(rows, chosen)}"
    return [title, *beside, Paragraph(meaning)]


def _measured(row: Row) -> str:
    return f"{number_or_unknown(row['gradient'], 5)} ± {number_or_unknown(row['gradient_se'], 2)}"


def _z(row: Row) -> Cell:
    return Number(row["gradient_z"], 2) if known(row["exact_gradient"]) else None
