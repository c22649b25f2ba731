"""Which small picture stands beside which answer of a sweep."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from bench.markup.numbers import known
from bench.report.page import marks
from bench.report.page.headline import AGREE, COSTS, VARIES, times_of_others
from bench.report.page.sigma2 import DESCENDS, WHY, shares_of_n
from bench.report.sections import wording
from bench.report.sections.phrases import Tables
from bench.tables import slices


def pictures(tables: Tables, judged: Mapping[str, Any]) -> dict[str, Markup]:
    """A picture for each question that the tables have rows for."""
    made: dict[str, Markup] = {}
    scores = slices.measured(tables["statistics"], "gradient_z")["gradient_z"]
    if known(bound := judged.get("bound")) and len(scores):
        made[AGREE] = marks.scores(scores.tolist(), bound, f"{len(scores)} differences from exact in standard errors")
    over = wording.name(slices.reference(tables["ratios"]))
    ratios = slices.measured(tables["ratios"], "variance_ratio")
    ratios = ratios[ratios["variance_ratio"] > 0]
    if len(ratios):
        of_each = marks.ranges(ratios, "numerator", "variance_ratio")
        made[VARIES] = marks.strips(
            of_each, 1.0, f"Variance over that of {over}: least, median and largest", f"times the variance of {over}"
        )
    if len(times := times_of_others(tables)[0]):
        of_each = marks.ranges(times, "estimator", "time_ratio")
        made[COSTS] = marks.strips(
            of_each, 1.0, f"Time over that of {over}: least, median and largest", f"times the time of {over}"
        )
    if len(rows := shares_of_n(tables["statistics"])):
        of_each = marks.ranges(rows, "estimator", "share")
        made[WHY] = marks.strips(
            of_each, 0.0, "The measured gradient over n: far from 0", "measured gradient / n", False
        )
        made[DESCENDS] = marks.descent("F falls with the standard deviation until this is 0")
    return made
