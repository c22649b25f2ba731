"""The rows of firsts.csv: which of two learners in one setting comes near the least F first, replicate by replicate.

Learners of a setting differ in the estimator, the entropy or both. All have the same draws in the same replicate, so
they are compared in pairs. Holm's correction is over all rows of a setting. Seconds are steps times the time of a step,
which all replicates share and which is known to an interval: a replicate is earlier where it is with every time in it,
else the two are tied, and p is that of the times within that speak against the winner. Ties of the clock are no luck of
the draws, so they may not be left out.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from bench.descent.curves import Learned, keys_of
from bench.descent.times import arrivals, measures
from bench.plan.cells import Plan
from bench.spec import Floats
from bench.statistics.sign import Signs, sign_test
from bench.statistics.significance import holm
from bench.tables.firsts import ALIKE, LEVEL, MEASURES, named
from bench.tables.times import SHARES


def rows(several: Sequence[Learned], plan: Plan, recorded: tuple[int, ...]) -> Iterator[dict[str, Any]]:
    """The rows of all settings, in the order of the learners."""
    for together in settings(several, plan):
        yield from _of_setting(together, plan, recorded)


def settings(several: Sequence[Learned], plan: Plan) -> list[list[Learned]]:
    """The learners that are compared with each other."""
    together: dict[tuple[Any, ...], list[Learned]] = {}
    for learned in several:
        keys = keys_of(learned, plan)
        together.setdefault(tuple(keys[column] for column in ALIKE), []).append(learned)
    return [*together.values()]


def _of_setting(together: Sequence[Learned], plan: Plan, recorded: tuple[int, ...]) -> Iterator[dict[str, Any]]:
    """The rows of the pairs of some learners, with p-values that are adjusted over all of these rows."""
    keys_by = dict(zip(together, named([keys_of(learned, plan) for learned in together]), strict=True))
    reached_at = {learned: arrivals(learned, recorded) for learned in together}
    compared = []
    for share, (first, second), measure in itertools.product(SHARES, itertools.combinations(together, 2), MEASURES):
        first_ends, second_ends = (_ends(learned, reached_at[learned], share, measure) for learned in (first, second))
        if first_ends is not None and second_ends is not None:
            compared.append((share, first, second, measure, _signs(*first_ends, *second_ends)))
    adjusted = holm(np.array([signs.p for *_, signs in compared]))
    for (share, first, second, measure, signs), p in zip(compared, adjusted, strict=True):
        keys, rival = keys_by[first], keys_by[second]["estimator"]
        names = keys["estimator"] if signs.less > signs.more else rival
        yield {
            **keys,
            "share": share,
            "measure": measure,
            "rival": rival,
            "replicates": first.path.left.size,
            "earlier": signs.less,
            "later": signs.more,
            "ties": signs.ties,
            "p": signs.p,
            "adjusted_p": float(p),
            "first": names if p < LEVEL else "",
        }


def _signs(first_low: Floats, first_high: Floats, second_low: Floats, second_high: Floats) -> Signs:
    """Who is earlier whatever the times, and p by the times that speak most against who that is more often."""
    against_first, against_second = sign_test(first_high, second_low), sign_test(first_low, second_high)
    earlier, later = against_first.less, against_second.more
    p = 1.0
    if earlier > against_first.more:
        p = against_first.p
    elif later > against_second.less:
        p = against_second.p
    return Signs(earlier, later, len(first_low) - earlier - later, p)


def _ends(
    learned: Learned, steps: Mapping[float, Floats] | str, share: float, measure: str
) -> tuple[Floats, Floats] | None:
    """When each replicate came within a share of the gap, at the earliest and the latest; None where it is unknown."""
    if isinstance(steps, str):
        return None
    times = measures(learned, steps[share])[measure]
    if np.isnan(times).any():
        return None
    if measure != "seconds" or learned.step_ends is None:
        return times, times
    low, high = learned.step_ends
    return steps[share] * low, steps[share] * high
