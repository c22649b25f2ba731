"""Where a gradient has no oracle, unbiased estimators of it are held against each other: they agree, or one is wrong.

That they agree is no proof that they are right. The difference of the means of two estimators, group by group of the
jackknife, is free of what they share; over its standard error it is a t statistic. Where a few draws carry the
variance its standard error says nothing, and nothing is compared.
"""

from collections.abc import Iterator

from bench.oracle.agreement import normal_of, z_of
from bench.oracle.checks import Check, Results, checked, row_of
from bench.oracle.measured import UNCONVERGED
from bench.plan.cells import Plan, label
from bench.plan.streams import Job
from bench.spec import Cell
from bench.statistics.moments import quiet


def against_each_other(plan: Plan, results: Results) -> Iterator[Check]:
    """The mean of each estimator of a cell without an exact gradient, beside that of the first."""
    for jobs in without_oracle(results).values():
        for job in jobs[1:]:
            yield from _pair(plan, jobs[0], job, results)


def without_oracle(results: Results) -> dict[Cell, list[Job]]:
    """The jobs of each cell without an exact gradient."""
    cells: dict[Cell, list[Job]] = {}
    for job, result in results.items():
        if result.group_means is not None:
            cells.setdefault(job[0], []).append(job)
    return cells


@quiet
def _pair(plan: Plan, first: Job, second: Job, results: Results) -> Iterator[Check]:
    """Two estimators of a gradient: the mean difference of their groups over its standard error, a t statistic."""
    left, right = results[second], results[first]
    assert left.group_means is not None
    assert right.group_means is not None
    if len(left.group_means) != len(right.group_means):
        return
    difference, groups = left.group_means - right.group_means, left.groups
    error = difference.var(axis=0, ddof=1) / groups
    scores = z_of(difference.mean(axis=0), error, left.round_off + right.round_off)
    scores = normal_of(scores, groups)
    for q in sorted(set(checked(left)) & set(checked(right))):
        if UNCONVERGED in (left.status[q], right.status[q]):
            continue
        for j, score in enumerate(scores[:, q]):
            row = row_of(plan, second, left.parameters[q], j if len(scores) > 1 else None)
            row = f"{row}, beside {label(first[1])}"
            mean, expected = float(left.components.gradient[j, q]), float(right.components.gradient[j, q])
            yield Check("agreement_z", float(score), (second, first), q, row, mean, expected)
