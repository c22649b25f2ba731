"""What far-away data do to the score function of squared_error."""

import math
from collections.abc import Mapping
from typing import Any

from bench.markup.blocks import Block, Paragraph
from bench.markup.numbers import known, number
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
    text = (
        "The score function weighs each draw by f itself, so data far from mu, outliers among them, enter its "
        "variance with the fourth power of their distance; the pathwise variance for mu does not depend on the data at "
        f"all. On these data (n = {data.get('n', 'unknown')}, mean {number(data['mean'])}{unit}, standard deviation "
        f"{number(math.sqrt(data['variance']))}{unit}) score_function has up to {number(worst['variance_ratio'])} "
        f"times the variance of pathwise: {cell_title(worst)}."
    )
    return [Paragraph(text)]
