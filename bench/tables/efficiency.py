"""efficiency.csv: work-normalised variance over that of the reference, a join of ratios, timings and statistics.

Work is seconds in `efficiency_ratio`, and looks at f and its derivatives in `evaluation_efficiency_ratio`.

The only table whose rows are made beside its columns: they follow from other tables alone.
"""

import math
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from bench.statistics.moments import quiet
from bench.tables.ratios import RATIOS
from bench.tables.schema import Expected, Row, Table, Tables, counts, numbers, texts
from bench.tables.statistics import STATISTICS
from bench.tables.timings import TIMINGS

KEYS = tuple(STATISTICS.keys)


def expected(tables: Tables) -> Iterator[Expected]:
    """Every ratio that was measured, with every time that has a ratio."""
    for ratio, time in _joined(tables["ratios"], tables["timings"]):
        if not ratio["status"].startswith("skipped") and time["time_ratio"]:
            yield Expected({**ratio, "evaluation": time["evaluation"]}, "ratios", ratio)


EFFICIENCY = Table(
    name="efficiency",
    title=None,  # a product of two columns that are listed
    summary="variance ratio times time ratio",
    keys={**RATIOS.keys, **texts("evaluation")},
    measured={
        **numbers("variance_ratio time_ratio efficiency_ratio efficiency_ratio_low efficiency_ratio_high"),
        **counts("evaluations"),
        **numbers("evaluations_ratio evaluation_efficiency_ratio"),
    },
    expected=expected,
)


def efficiency_rows(
    ratios: Iterable[Row], timings: Iterable[Row], statistics: Iterable[Row]
) -> Iterator[dict[str, Any]]:
    """The rows of efficiency.csv: variance ratio x time ratio, the intervals' log half-widths added in quadrature.

    Beside it variance ratio x ratio of evaluations, whose interval is as wide as that of the variance ratio.
    """
    evaluations = {tuple(row[column] for column in KEYS): row["evaluations"] for row in statistics}
    for ratio, time in _joined(ratios, timings):
        if ratio["variance_ratio"] is None or math.isnan(time["time_ratio"]):
            continue
        value = ratio["variance_ratio"] * time["time_ratio"]
        above, under = (
            evaluations[tuple(({**ratio, "estimator": name})[column] for column in KEYS)]
            for name in (ratio["numerator"], ratio["denominator"])
        )
        low, high = (_spread(ratio, f"variance_ratio{end}", time, f"time_ratio{end}") for end in ("_low", "_high"))
        yield {column: ratio[column] for column in EFFICIENCY.columns if column in ratio} | {
            "evaluation": time["evaluation"],
            "time_ratio": time["time_ratio"],
            "efficiency_ratio": value,
            "efficiency_ratio_low": value / low,
            "efficiency_ratio_high": value * high,
            "evaluations": above,
            "evaluations_ratio": above / under,
            "evaluation_efficiency_ratio": ratio["variance_ratio"] * above / under,
        }


def _joined(ratios: Iterable[Row], timings: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Every ratio inside a cell with every time of its numerator there: times are compared inside a cell alone."""
    shared = [column for column in RATIOS.keys if column in TIMINGS.keys]
    times: dict[tuple[object, ...], list[Row]] = {}
    for time in timings:
        times.setdefault((time["estimator"], *(time[column] for column in shared)), []).append(time)
    for ratio in ratios:
        if "@" in ratio["denominator"]:
            continue
        for time in times.get((ratio["numerator"], *(ratio[column] for column in shared)), ()):
            yield ratio, time


@quiet
def _spread(ratio: Row, variance_end: str, time: Row, time_end: str) -> float:
    """The factor between the product and one end of its interval; NaN where the variance ratio has no interval."""
    ends = np.array([ratio[variance_end], time[time_end]])
    return float(np.exp(np.hypot(*np.log(ends / np.array([ratio["variance_ratio"], time["time_ratio"]])))))
