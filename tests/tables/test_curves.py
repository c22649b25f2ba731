"""The table of curves: what names a row, and the columns of a quantity."""

from bench.tables.curves import CURVES, LEARNER, QUANTITIES
from bench.tables.schema import CELL


def test_a_row_is_known_by_its_learner_and_step() -> None:
    assert list(CURVES.keys) == [*LEARNER, "step"]
    assert set(CELL) - {"theta"} <= set(LEARNER)
    assert "start" in LEARNER


def test_a_quantity_has_its_median_quantiles_and_interval() -> None:
    assert QUANTITIES["loss"] == ("loss", "loss_low", "loss_high", "loss_median_low", "loss_median_high")
    assert {column for columns in QUANTITIES.values() for column in columns} < set(CURVES.measured)


def test_the_plain_names_are_those_of_the_statistics_where_they_mean_the_same() -> None:
    for column in ("step", "seconds", "evaluations", "loss", "mu", "sigma", "theta"):
        assert column in CURVES.columns


def test_a_curve_has_a_point_wherever_its_path_has_one() -> None:
    place = dict.fromkeys(CURVES.keys, "")
    assert [expected.row for expected in CURVES.expected({"paths": [place]})] == [place]
