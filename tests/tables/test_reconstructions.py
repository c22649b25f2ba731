"""The table of pictures."""

from bench.tables.reconstructions import RECONSTRUCTIONS


def test_a_row_without_an_estimator_is_the_digit_itself() -> None:
    row = {"dimension": "", "samples": "", "entropy": "", "estimator": "", "digit": "4"}
    assert RECONSTRUCTIONS.row_title(RECONSTRUCTIONS.key(row)) == "digit=4"
    assert RECONSTRUCTIONS.optional
    assert list(RECONSTRUCTIONS.expected({})) == []
    assert sum(name.startswith("pixel_") for name in RECONSTRUCTIONS.measured) == 64
