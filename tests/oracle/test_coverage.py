"""Intervals beside exact ratios: their share, and how far the median of them is off."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from bench.engine.stages import Sampled
from bench.oracle import verdict
from bench.oracle.coverage import intervals_beside
from bench.oracle.measured import Measured
from bench.plan.cells import Plan
from bench.plan.streams import Job

Results = dict[Job, Measured]


@pytest.fixture
def plan(sampled: tuple[Plan, tuple[Sampled, ...]]) -> Plan:
    return sampled[0]


def missing(plan: Plan, results: Results, errors: float) -> Results:
    """The results, each ratio so many of its standard errors above the exact one."""
    changed = dict(results)
    for (cell, variant), result in results.items():
        reference = plan.reference(cell)
        if result.ratio is not None and reference is not None:
            exact = result.exact_variance / results[reference].exact_variance
            half = np.log(1.01) * stats.t.ppf(0.975, result.groups - 1)
            value = exact * 1.01**errors
            changed[cell, variant] = replace(result, ratio=(value, value * np.exp(-half), value * np.exp(half)))
    return changed


@pytest.mark.parametrize(("errors", "share"), [(0.5, 1.0), (-1.9, 1.0), (2.1, 0.0), (-8.0, 0.0)])
def test_misses_are_counted_in_errors(plan: Plan, results: Results, errors: float, share: float) -> None:
    coverage, miss = intervals_beside(plan, missing(plan, results, errors))
    groups = next(iter(results.values())).groups
    assert coverage == share
    assert miss == pytest.approx(stats.norm.isf(stats.t.sf(abs(errors), groups - 1)), rel=1e-6)


def test_coverage_that_chance_excludes_fails_the_verdict(plan: Plan, results: Results) -> None:
    """Half of all intervals miss by so much with a chance of 1e-6 at most, however they depend on each other."""
    assert verdict.judge(plan, missing(plan, results, 4.0)).ok
    judged = verdict.judge(plan, missing(plan, results, 7.0))
    (failure,) = judged.failures
    assert failure.startswith("coverage of the ratios' intervals: 0.0%; their median miss is ")


def test_without_an_exact_ratio_nothing_is_said(plan: Plan) -> None:
    assert np.isnan(intervals_beside(plan, {})).all()
