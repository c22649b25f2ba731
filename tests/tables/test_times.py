"""The rows of times.csv that the curves imply."""

from bench.tables.curves import CURVES
from bench.tables.times import SHARES, TIMES
from tests.support.rows import row


def test_every_learner_with_a_curve_has_a_row_for_each_share() -> None:
    curves = [row(CURVES, estimator=name, step=step) for name in ("a", "b") for step in ("0", "10")]
    expected = list(TIMES.expected({"curves": curves}))
    wanted = [(name, repr(share)) for name in ("a", "b") for share in SHARES]
    assert [(entry.row["estimator"], entry.row["share"]) for entry in expected] == wanted
    assert [entry.witness for entry in expected] == [curves[0]] * 3 + [curves[2]] * 3
    assert {len(TIMES.key(entry.row)) for entry in expected} == {len(TIMES.keys)}
