"""What of a variance is the noise of draws, and what that of a random batch of the data, which more draws leave."""

import pandas as pd

from bench.markup.blocks import Block, Cell, Heading, Interval, Paragraph
from bench.markup.numbers import spoken
from bench.report.sections import wording
from bench.report.sections.phrases import Row, Tables, exact, interval, side_by_side, slice_title
from bench.tables import slices

MEANING = (
    "An estimate takes one random batch of the data for all its draws. So its variance is the noise of the draws, "
    "which falls as they grow in number, and that of the batch, which stays. Measured is their sum, with its 95 % "
    "interval."
)


def batches(tables: Tables) -> list[Block]:
    """The measured variance beside both parts, which are exact, for each number of draws; nothing without batches."""
    rows = slices.measured(tables["statistics"], "exact_batch_variance")
    if rows.empty:
        return []
    rows, chosen = slices.middle(rows, ["mu", "dataset_size", "sigma"])
    keys = ["estimator", *(["theta"] if rows["theta"].nunique() > 1 else []), "samples"]
    cells = {"measured": _measured, "draws": _of_draws, "batch": _of_batch}
    several = [curve.sort_values("samples") for _, curve in rows.groupby([*slices.FACETS, "estimator"], sort=False)]
    return [
        Heading(2, "Draws and batches"),
        Paragraph(MEANING + _most(rows)),
        *side_by_side(pd.concat(several), keys, cells),
        Paragraph(slice_title(rows, chosen)),
    ]


def _most(rows: pd.DataFrame) -> str:
    """Where the batch has the largest share."""
    share = rows["exact_batch_variance"] / rows["exact_variance"]
    if not share.max() > 0:
        return ""
    row = rows.loc[share.idxmax()].to_dict()
    variant = f" ({wording.told('variant', row['variant'])})" if row["variant"] else ""
    by = wording.sign(row["parameter"])
    return (
        f" Of the variance of {wording.the(row['estimator'])} by {by}{variant} with {spoken(row['samples'])} draws, "
        f"{100 * share.max():.3g} % is the batch's: more draws take nothing off that."
    )


def _measured(row: Row) -> Interval:
    return interval(row, "variance")


def _of_draws(row: Row) -> Cell:
    return exact(row["exact_variance"] - row["exact_batch_variance"])


def _of_batch(row: Row) -> Cell:
    return exact(row["exact_batch_variance"])
