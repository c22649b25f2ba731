"""The rows of firsts.csv: which of two learners in one setting comes near the least F first, replicate by replicate.

Learners of a setting differ in the estimator, the entropy or both. All have the same draws in the same replicate, so
they are compared in pairs. Holm's correction is over all rows of a setting. In seconds a replicate is earlier where it
is with every time of a step in its interval: else the two are tied there.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from bench.descent.curves import Learned, keys_of
from bench.descent.times import arrivals, measures
from bench.plan.cells import Plan
from bench.spec import Floats
from bench.statistics.sign import sign_test
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
            sooner, later = first_ends[1] < second_ends[0], second_ends[1] < first_ends[0]
            signs = sign_test(later.astype(float), sooner.astype(float))
            compared.append((share, first, second, measure, signs))
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
