"""Where each estimator comes off best and worst over the whole sweep."""

import pandas as pd

from bench.markup.blocks import Block, Cell, Column, Paragraph, Table
from bench.report.sections import wording
from bench.report.sections.phrases import Tables, cell_title, interval, varying
from bench.tables import slices


def extremes(tables: Tables) -> list[Block]:
    """The smallest and the largest ratio of each numerator, and how often which side wins."""
    rows = slices.measured(tables["ratios"], "variance_ratio")
    if rows.empty:
        return []
    keys = [*(key for key in varying(rows) if key != "theta"), "numerator"]  # where an end is has its theta
    lines: list[list[Cell]] = []
    for key, group in rows.groupby(keys, sort=False):
        ends = group.loc[[group["variance_ratio"].idxmin(), group["variance_ratio"].idxmax()]].to_dict("records")
        lines.append([*key, *(cell for row in ends for cell in (interval(row, "variance_ratio"), cell_title(row)))])
    header = [*keys, "smallest", "where", "largest", "where"]
    above, below = sides(rows)
    tally = (
        f"Of {len(rows)} measured ratios{_parameters(rows)}, {above} lie above 1 with their whole interval, "
        f"{below} below 1, and {len(rows) - above - below} are not told apart from 1."
    )
    return [Table([*map(Column, header)], lines, "The extremes over the whole sweep"), Paragraph(tally)]


def _parameters(rows: pd.DataFrame) -> str:
    """Which parameters the ratios of the normal are of, for it has more."""
    normal = rows["family"] == slices.NORMAL
    of = "" if normal.all() else "of the normal: "
    return f" ({of}{wording.sign('mu')} and {wording.sign('sigma2')})" if normal.any() else ""


def sides(ratios: pd.DataFrame) -> tuple[int, int]:
    """How many ratios lie above 1, and how many below, with their whole interval; one that is 0 has none."""
    below = (ratios["variance_ratio_high"] < 1) | (ratios["variance_ratio"] == 0)
    return int((ratios["variance_ratio_low"] > 1).sum()), int(below.sum())
