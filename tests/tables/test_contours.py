"""The table of contours: optional, and not hung on which learners went over its surface."""

from bench.tables.contours import CONTOURS, SURFACE
from bench.tables.curves import LEARNER


def test_a_fit_may_be_without_and_no_row_is_implied() -> None:
    assert CONTOURS.optional
    assert list(CONTOURS.expected({"curves": [], "paths": []})) == []


def test_a_surface_is_named_by_columns_of_its_learners() -> None:
    assert set(SURFACE) < set(LEARNER)
    assert not set(SURFACE) & {"estimator", "samples", "optimiser", "start", "sampler", "entropy"}
