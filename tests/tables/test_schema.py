"""A table's record: which columns are what, and how a row is known by them."""

from bench.tables.schema import Table, numbers, texts

CURVES = Table(
    name="curves",
    title=None,
    summary="",
    keys={**texts("estimator"), **numbers("step")},
    measured={**numbers("loss"), **texts("status")},
    expected=lambda tables: [],
)
ROW = {"schema": "1", "estimator": "pathwise", "step": "3", "loss": "0.5", "status": "ok"}


def test_the_schema_comes_first_and_then_what_names_a_row() -> None:
    assert CURVES.columns == tuple(ROW)
    assert CURVES.text == {"schema", "estimator", "status"}


def test_a_row_is_known_by_its_key() -> None:
    assert CURVES.key(ROW) == ("pathwise", "3")
    assert CURVES.row_title(CURVES.key(ROW)) == "pathwise step=3"
    assert CURVES.row_title(("pathwise", "")) == "pathwise"
