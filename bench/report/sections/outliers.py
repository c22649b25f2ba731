"""What far-away data do to the score function of squared_error."""

import math
from collections.abc import Mapping
from typing import Any

from bench.markup.blocks import Block, Paragraph
from bench.markup.numbers import known, number, spoken
from bench.report.sections import wording
from bench.report.sections.phrases import Tables, cell_title
from bench.tables import slices


def outliers(tables: Tables, manifest: Mapping[str, Any]) -> list[Block]:
    """The largest ratio with its data; nothing for sweeps of other objectives, families or estimators."""
    data = manifest.get("data") or {}
    rows = slices.measured(tables["ratios"], "variance_ratio")
    over = (rows["numerator"] == "score_function") & (rows["denominator"] == "pathwise")
    rows = rows[over & (rows["objective"] == "squared_error") & (rows["family"] == slices.NORMAL)]
    if rows.empty or not known(data.get("mean")) or not known(data.get("variance")):
        return []
    worst = rows.loc[rows["variance_ratio"].idxmax()].to_dict()
    unit = f" {data['unit']}" if data.get("unit") else ""
    mean, deviation = (f"{number(value)}{unit}" for value in (data["mean"], math.sqrt(data["variance"])))
    text = (
        f"The score function weighs each draw by f itself, so data far from {wording.sign('mu')}, outliers among them, "
        "enter its variance with the fourth power of their distance; the pathwise variance by it does not depend on "
        f"the data at all. On these data (n = {data.get('n', 'unknown')}, mean {mean}, standard deviation {deviation}) "
        f"the score function has up to {spoken(worst['variance_ratio'])} times the variance of pathwise: "
        f"{cell_title(worst)}."
    )
    return [Paragraph(text)]
