"""Exact variances of cases, each found once."""

from bench.engine.case import Case
from bench.laws.cases import independent
from bench.oracle.nodes import breaks_elsewhere
from tests.support.cases import (
    APART,
    cases,
    covering,
)


def lies_beyond_panels(case: Case) -> bool:
    """Whether f breaks where a rule puts points by noise that has no density to lay panels in."""
    return breaks_elsewhere(case) and any(channel.density is None for channel in case.channels)


PLAIN = [case for case in independent(cases(dimension=1)) if case.estimator.degree == 1]
AVERAGES = covering([case for case in PLAIN if not lies_beyond_panels(case)], APART)
