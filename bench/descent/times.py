"""The rows of times.csv: the first checkpoint at which a replicate is within a share of the gap at the start.

A replicate that never is, or that was given up, has inf: it is later than all that are. In seconds the interval of the
median holds what is not known of a step's time too, on the safe side: its ends are the steps of the lower end with the
shortest time of a step and those of the upper end with the longest.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from bench.descent.curves import Learned, gaps, keys_of
from bench.plan.cells import Plan
from bench.spec import Floats
from bench.statistics.medians import median
from bench.statistics.moments import quiet
from bench.tables.times import ENDS, MEASURES, SHARES

NO_GAP = "no least F is known"
NO_START = "it starts where F is least"


@quiet
def arrivals(learned: Learned, recorded: tuple[int, ...]) -> Mapping[float, Floats] | str:
    """The step[r] of arrival by share of the gap; or why there is none."""
    gap = gaps(learned)  # [recorded, r]
    if not np.isfinite(gap[0]).all():
        return NO_GAP
    if not gap[0].all():
        return NO_START
    steps = np.array(recorded, dtype=float)[:, np.newaxis]
    return {share: np.where(gap <= share * gap[0], steps, np.inf).min(axis=0) for share in SHARES}


def measures(learned: Learned, steps: Floats) -> dict[str, Floats]:
    """Steps in every measure of a time; NaN in seconds where none was taken."""
    return {"steps": steps, "evaluations": steps * learned.evaluations, "seconds": steps * learned.step_s}


def rows(learned: Learned, plan: Plan, recorded: tuple[int, ...]) -> Iterator[dict[str, Any]]:
    """The rows of a learner, one for each share."""
    keys, reached_at = keys_of(learned, plan), arrivals(learned, recorded)
    replicates = learned.path.left.size
    for share in SHARES:
        row = {**keys, "share": share, "replicates": replicates}
        if isinstance(reached_at, str):
            empty = {f"{measure}{end}": None for measure in MEASURES for end in ENDS}
            yield {**row, "reached": None, **empty, "status": reached_at}
            continue
        steps = reached_at[share]
        reached = int(np.isfinite(steps).sum())
        status = "ok" if reached == replicates else f"reached by {reached} of {replicates}"
        yield {**row, "reached": reached, **_medians(learned, steps), "status": status}


def _medians(learned: Learned, steps: Floats) -> dict[str, float | None]:
    """The median of each measure with its interval; nothing of what was not measured."""
    low, high = learned.step_ends or (learned.step_s, learned.step_s)
    scales = dict.fromkeys(MEASURES, (1.0, 1.0, 1.0))
    scales["seconds"] = (1.0, low / learned.step_s, high / learned.step_s)
    return {
        f"{measure}{end}": None if np.isnan(values).any() else number * scale
        for measure, values in measures(learned, steps).items()
        for end, number, scale in zip(ENDS, median(values), scales[measure], strict=True)
    }
