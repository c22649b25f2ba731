"""The table of paths: a place for every point of a curve."""

from bench.tables.curves import CURVES
from bench.tables.paths import PATHS


def test_a_place_is_known_by_its_point_and_component() -> None:
    assert list(PATHS.keys) == [*CURVES.keys, "component"]


def test_a_curve_implies_the_first_component_of_its_path() -> None:
    point = dict.fromkeys(CURVES.keys, "")
    (expected,) = PATHS.expected({"curves": [point]})
    assert expected.row == {**point, "component": "0"}
