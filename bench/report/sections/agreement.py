"""The gradients of all estimators beside the exact ones."""

from bench.markup.markdown import table
from bench.report.sections.phrases import Tables, number, shown, side_by_side
from bench.tables import slices


def agreement(tables: Tables) -> str:
    """Measured against exact, mu and sigma2 side by side, in the middle cell of the grid."""
    title = "## Agreement of the gradients\n\n"
    rows = slices.measured(tables["statistics"], "gradient")
    if rows.empty:
        return title + "No gradient was measured.\n"
    rows, chosen = slices.middle(rows, slices.AXES)
    cells = {
        "measured": lambda row: f"{number(row['gradient'], 5)} ± {number(row['gradient_se'], 2)}",
        "exact": lambda row: number(row["exact_gradient"], 5),
        "z": lambda row: number(row["gradient_z"], 2),
    }
    lines = table(*side_by_side(rows, ["estimator"], cells))
    return title + lines + f"\nMean over the replicates ± its standard error. {shown(rows, chosen)}\n"
