"""The table of variances of an encoder's gradient."""

from bench.tables.encoder import ENCODER

ROW = dict.fromkeys(ENCODER.columns, "") | {"estimator": "pathwise", "per": "datum", "samples": "1", "step": "7"}


def test_a_row_is_known_by_its_estimator_and_checkpoint() -> None:
    assert ENCODER.row_title(ENCODER.key(ROW)) == "pathwise datum samples=1 step=7"


def test_a_run_may_be_without_it() -> None:
    assert ENCODER.optional
    assert list(ENCODER.expected({})) == []
