"""Variance and time together: the join of ratios and timings, work-normalised variance over that of the reference."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from bench.tables.schema import COLUMNS


def efficiency_rows(
    ratios: Iterable[Mapping[str, Any]], timings: Iterable[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """The rows of efficiency.csv: variance ratio x time ratio, the intervals' log half-widths added in quadrature."""
    shared = ("objective", "variant", "latent", "sampler", "dataset_size", "samples", "dimension")
    times: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in timings:
        times.setdefault((row["estimator"], *(row[column] for column in shared)), []).append(row)
    for ratio in ratios:
        for timed in times.get((ratio["numerator"], *(ratio[column] for column in shared)), ()):
            if ratio["variance_ratio"] is None or math.isnan(timed["time_ratio"]):
                continue
            value = ratio["variance_ratio"] * timed["time_ratio"]
            low, high = (_spread(ratio, f"variance_ratio{end}", timed, f"time_ratio{end}") for end in ("_low", "_high"))
            yield {column: ratio[column] for column in COLUMNS["efficiency"] if column in ratio} | {
                "evaluation": timed["evaluation"],
                "time_ratio": timed["time_ratio"],
                "efficiency_ratio": value,
                "efficiency_ratio_low": value / low,
                "efficiency_ratio_high": value * high,
            }


def _spread(ratio: Mapping[str, Any], variance_end: str, timed: Mapping[str, Any], time_end: str) -> float:
    """The factor between the product and one end of its interval; NaN where the variance ratio has no interval."""
    ends = np.array([ratio[variance_end], timed[time_end]]), np.array([ratio["variance_ratio"], timed["time_ratio"]])
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.exp(np.hypot(*np.log(ends[0] / ends[1]))))
