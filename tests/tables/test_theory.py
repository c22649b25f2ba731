"""theory.csv: a row for each learner of curves.csv, and no step."""

from bench.tables.contents import BY_KIND
from bench.tables.curves import CURVES
from bench.tables.theory import MEASURED, THEORY


def test_its_keys_are_those_of_a_curve_without_the_step() -> None:
    assert [*THEORY.keys, "step"] == [*CURVES.keys]
    assert THEORY in BY_KIND["fit"]


def test_every_curve_wants_a_row() -> None:
    point = {**dict.fromkeys(CURVES.keys, "1"), "step": "0"}
    (expected,) = THEORY.expected({"curves": [point]})
    assert THEORY.key(expected.row) == ("1",) * len(THEORY.keys)
    assert (expected.source, expected.witness) == ("curves", point)


def test_a_measured_number_has_its_interval() -> None:
    assert {
        f"measured_{name}{end}" for name in ("variance", "floor", "contraction") for end in ("", "_low", "_high")
    } == {*MEASURED}
