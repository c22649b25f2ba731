"""What a path did in the end: how it spread over replicates, how far above the least F, how fast it came.

Spread and gap are means over the checkpoints of the last half of the steps; what checkpoints have in common is in the
intervals, which are a jackknife over replicates. The contraction is that of the median gap: the slope of its logarithm
over the later half of where it falls, with a jackknife over groups of replicates, for that over medians wants groups.
"""

from dataclasses import dataclass

import numpy as np

from bench.descent import links
from bench.descent.curvature import rest_of
from bench.descent.curves import Learned
from bench.spec import Floats
from bench.statistics.jackknife import Interval, Logs, interval
from bench.statistics.moments import quiet

GROUPS = 8  # of replicates
NEAR = 10.0  # times the gap at the end: below, it falls no more
LAST = 8  # the share of the steps that are the end: one in so many
ROUND_OFF = 1e-13  # of F: a gap that is less is none
FEWEST = 3  # checkpoints through which a slope is laid
TOO_SHORT = f"no contraction is measured: the gap falls over fewer than {FEWEST} checkpoints"
NOTHING: Interval = (np.array(np.nan),) * 3


@dataclass(frozen=True, slots=True)
class Stationary:
    """What was measured, each with its 95 % interval; `note` says why it was not."""

    variance: Interval = NOTHING
    floor: Interval = NOTHING
    contraction: Interval = NOTHING
    note: str = ""

    def columns(self) -> dict[str, float]:
        """The columns of theory.csv."""
        return {
            f"measured_{name}{end}": float(number)
            for name in ("variance", "floor", "contraction")
            for end, number in zip(("", "_low", "_high"), getattr(self, name), strict=True)
        }


@quiet
def measured(learned: Learned, recorded: tuple[int, ...]) -> Stationary:
    """What the replicates of a learner did; nothing where some were given up, whose loss would flatter the others."""
    path, optimum = learned.path, learned.optimum
    if (lost := int((path.left >= 0).sum())) > 0:
        return Stationary(note=f"not measured: {lost} of {path.left.size} replicates diverged")
    if optimum is None:
        return Stationary()
    steps = np.array(recorded)
    rest = rest_of(learned.surface.subgrid.family, learned.learner, optimum)
    gap = learned.heights.value.reshape(path.theta.shape[:2]) - optimum.value
    last = steps > steps[-1] / 2
    contraction = fallen(steps, gap, ROUND_OFF * max(1.0, abs(optimum.value)))
    note = "" if np.isfinite(contraction[0]) else TOO_SHORT
    if not rest.inside:
        return Stationary(floor=_of_means(gap[last]), contraction=contraction, note=note)
    rho = rest.numbers(links.free(path.theta, rest.link, rest.low, rest.high))
    return Stationary(spread(rho[last]), _of_means(gap[last]), contraction, note)


@quiet
def spread(rho: Floats) -> Interval:
    """The variance over replicates of rho[checkpoints, r, n], added up over n and averaged over checkpoints."""
    count = rho.shape[1]
    away = rho - rho.mean(axis=1, keepdims=True)
    squares = (away**2).sum(axis=1, keepdims=True)
    alone = squares - away**2 * count / (count - 1)  # about the mean of the others
    every, without = squares[:, 0] / (count - 1), alone / (count - 2)
    return interval(Logs(np.log(every.sum(axis=-1).mean()), np.log(without.sum(axis=-1).mean(axis=0))))


@quiet
def _of_means(values: Floats) -> Interval:
    """The mean of values[checkpoints, r]."""
    means = values.mean(axis=0)
    if means.sum() <= 0:
        return (np.array(0.0),) * 3
    without = (means.sum() - means) / (means.size - 1)
    return interval(Logs(np.log(means.mean()), np.log(without)))


@quiet
def fallen(steps: Floats, gap: Floats, nothing: float) -> Interval:
    """The contraction in a step of the median of gap[checkpoints, r], where it falls."""
    middle = np.median(gap, axis=1)
    end = np.median(middle[steps > steps[-1] * (1 - 1 / LAST)])
    low = np.flatnonzero(middle <= max(NEAR * end, nothing))
    falling = np.arange(low[0] if low.size else len(middle))
    later = falling[steps[falling] >= steps[falling[-1]] / 2] if falling.size else falling
    used = later if later.size >= FEWEST else falling
    if used.size < FEWEST:
        return NOTHING
    groups = np.arange(gap.shape[1]) % GROUPS
    slopes = [
        np.polyfit(steps[used], np.log(np.median(gap[used][:, groups != group], axis=1)), 1)[0]
        for group in range(-1, GROUPS)
    ]
    return interval(Logs(np.array(slopes[0]), np.array(slopes[1:])))
