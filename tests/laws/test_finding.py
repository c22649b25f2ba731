"""A finding is the worst place of a law that does not hold."""

import numpy as np

from bench.laws.finding import Finding, against, largest, worst


def test_the_largest_error_in_tolerances_is_kept_with_its_row() -> None:
    measured, expected = np.array([[1.0, 2.0], [3.0, 4.5]]), np.array([[1.0, 2.1], [3.0, 4.0]])
    finding = against(measured, expected, 0.01, "E g", ("mu", "sigma"))
    assert finding == Finding("sigma E g", 4.5, 4.0, 50.0)
    assert str(finding) == "sigma E g: 4.5, expected 4"


def test_what_lies_within_its_tolerance_is_no_finding() -> None:
    assert against(np.array([1.0, 2.0]), np.array([1.1, 2.0]), np.array([0.1000001, 0.0])) is None
    assert against(np.empty(0), 1.0, 0.0) is None


def test_a_number_that_is_none_is_a_finding() -> None:
    finding = against(np.array([1.0, np.nan]), 1.0, 1.0)
    assert finding is not None
    assert np.isinf(finding.size)


def test_what_is_not_finite_equals_itself_alone() -> None:
    values = np.array([1.0, np.nan, np.inf, -np.inf])
    assert against(values, values, 0.0) is None
    finding = against(values, np.array([1.0, np.nan, np.inf, 2.0]), 1e9)
    assert finding is not None
    assert str(finding) == "-inf, expected 2"
    finding = against(values, np.array([1.0, 3.0, np.inf, -np.inf]), np.inf)
    assert finding is not None
    assert str(finding) == "nan, expected 3"
    assert against(np.array([np.inf]), np.array([-np.inf]), np.inf) is not None


def test_round_off_is_held_to_the_largest_finite_size() -> None:
    assert largest(np.array([1.0, np.nan, -3.0, np.inf])) == 3
    assert largest(np.array([np.nan])) == 0


def test_the_worst_of_several_is_taken() -> None:
    small, large = Finding("a", 1.0, 0.0, 2.0), Finding("b", 1.0, 0.0, 3.0)
    assert worst([None, small, large]) == large
    assert worst([None]) is None
