"""The rows of leads.csv: which of two treatments of the entropy is nearer the least F at each checkpoint.

The two learners have the same estimator, all else and the same draws in the same replicate, so their gaps are compared
in pairs. A replicate that was given up is farther than all that were not; gaps that differ by round-off are equal.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from bench.descent.curves import Learned, gaps, keys_of
from bench.descent.firsts import settings
from bench.plan.cells import Plan
from bench.statistics.sign import sign_test
from bench.statistics.significance import holm
from bench.tables.curves import ROUND_OFF
from bench.tables.firsts import LEVEL, SAME


def rows(several: Sequence[Learned], plan: Plan, recorded: tuple[int, ...]) -> Iterator[dict[str, Any]]:
    """The rows of all settings, in the order of the learners; none where no two differ in the entropy alone."""
    for together in settings(several, plan):
        yield from _of_setting(together, plan, recorded)


def _of_setting(together: Sequence[Learned], plan: Plan, recorded: tuple[int, ...]) -> Iterator[dict[str, Any]]:
    """The rows of the pairs of some learners, with p-values that are adjusted over all of these rows."""
    compared = []
    for first, second in itertools.combinations(together, 2):
        keys, others = keys_of(first, plan), keys_of(second, plan)
        gap, other = gaps(first), gaps(second)
        noise = ROUND_OFF * abs(first.heights.value[0])
        if keys["estimator"] != others["estimator"] or np.isnan([gap, other]).any():
            continue
        for slot, step in enumerate(recorded):
            equal = np.isclose(gap[slot], other[slot], rtol=SAME, atol=noise)
            signs = sign_test(gap[slot], np.where(equal, gap[slot], other[slot]))
            compared.append((keys, others["entropy"], step, signs))
    adjusted = holm(np.array([signs.p for *_, signs in compared]))
    for (keys, rival, step, signs), p in zip(compared, adjusted, strict=True):
        yield {
            **keys,
            "rival": rival,
            "step": step,
            "replicates": signs.less + signs.more + signs.ties,
            "nearer": signs.less,
            "farther": signs.more,
            "ties": signs.ties,
            "p": signs.p,
            "adjusted_p": float(p),
            "ahead": (keys["entropy"] if signs.less > signs.more else rival) if p < LEVEL else "",
        }
