"""The table of where digits lie."""

from bench.tables.latents import LATENTS


def test_a_row_is_a_datum_of_a_fit() -> None:
    row = {"dimension": "2", "samples": "10", "entropy": "closed_form", "estimator": "pathwise", "datum": "4"}
    assert LATENTS.row_title(LATENTS.key(row)) == "dimension=2 samples=10 closed_form pathwise datum=4"
    assert LATENTS.optional
    assert list(LATENTS.expected({})) == []
