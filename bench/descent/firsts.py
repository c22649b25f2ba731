"""The rows of firsts.csv: which of two estimators in one setting comes near the least F first, replicate by replicate.

All estimators have the same draws in the same replicate, so they are compared in pairs. Holm's correction is over all
rows of a setting. A second is that of the median of the timing rounds: the p-values do not say how sure that is.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from bench.descent.curves import Learned, keys_of
from bench.descent.times import arrivals, measures
from bench.plan.cells import Plan
from bench.statistics.sign import sign_test
from bench.statistics.significance import holm
from bench.tables.firsts import LEVEL, MEASURES, SETTING
from bench.tables.times import SHARES


def rows(several: Sequence[Learned], plan: Plan, recorded: tuple[int, ...]) -> Iterator[dict[str, Any]]:
    """The rows of all settings, in the order of the learners."""
    settings: dict[tuple[Any, ...], list[Learned]] = {}
    for learned in several:
        keys = keys_of(learned, plan)
        settings.setdefault(tuple(keys[column] for column in SETTING), []).append(learned)
    for together in settings.values():
        yield from _of_setting(together, plan, recorded)


def _of_setting(together: Sequence[Learned], plan: Plan, recorded: tuple[int, ...]) -> Iterator[dict[str, Any]]:
    """The rows of the pairs of some learners, with p-values that are adjusted over all of these rows."""
    reached_at = {learned: arrivals(learned, recorded) for learned in together}
    compared = []
    for share, (first, second), measure in itertools.product(SHARES, itertools.combinations(together, 2), MEASURES):
        pair = []
        for learned in (first, second):
            steps = reached_at[learned]
            if not isinstance(steps, str):
                pair.append(measures(learned, steps[share])[measure])
        if len(pair) == 2 and not np.isnan(pair).any():
            compared.append((share, first, second, measure, sign_test(*pair)))
    adjusted = holm(np.array([signs.p for *_, signs in compared]))
    for (share, first, second, measure, signs), p in zip(compared, adjusted, strict=True):
        keys, rival = keys_of(first, plan), keys_of(second, plan)["estimator"]
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
