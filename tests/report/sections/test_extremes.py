"""The extremes of the whole sweep."""

from bench.markup.blocks import Column, Number, Paragraph, Table
from bench.report.sections.extremes import extremes, sides
from bench.report.sections.phrases import cell_title, interval
from bench.tables import slices
from tests.support import synthetic
from tests.support.signs import ALPHA, MU, SIGMA2

TABLES = synthetic.tables(latents=["shared"], sigma=[0.3, 1.0, 3.0], dataset_size=[1, 10], samples=[1, 10])


def test_the_ends_are_those_of_all_rows_with_their_cells() -> None:
    table, tally = extremes(TABLES)
    assert isinstance(table, Table)
    rows = slices.measured(TABLES["ratios"], "variance_ratio").sort_values("variance_ratio").to_dict("records")
    (line,) = table.rows
    ends = [cell for row in (rows[0], rows[-1]) for cell in (interval(row, "variance_ratio"), cell_title(row))]
    assert line == ["score_function", *ends]
    assert table.header == [*map(Column, ("numerator", "smallest", "where", "largest", "where"))]
    assert isinstance(tally, Paragraph)
    assert tally.text.startswith(f"Of {len(rows)} measured ratios ({MU} and {SIGMA2}), {len(rows)} lie above 1")


def test_an_interval_that_holds_one_is_on_neither_side() -> None:
    ratios = TABLES["ratios"].head(3).assign(variance_ratio_low=[1.1, 0.9, 0.5], variance_ratio_high=[1.2, 1.1, 0.6])
    assert sides(ratios) == (1, 1)
    _, tally = extremes({"ratios": ratios.assign(parameter="mu")})
    assert isinstance(tally, Paragraph)
    assert tally.text == (
        f"Of 3 measured ratios ({MU} and {SIGMA2}), 1 lie above 1 with their whole interval, 1 below 1, and 1 are not "
        "told apart from 1."
    )


def test_a_ratio_of_nothing_lies_below_one() -> None:
    """It has no interval."""
    ends = {
        "variance_ratio": [0.0, 2.0],
        "variance_ratio_low": [float("nan"), 1.9],
        "variance_ratio_high": [float("nan"), 2.1],
    }
    assert sides(TABLES["ratios"].head(2).assign(**ends)) == (1, 1)


def test_facets_that_vary_have_columns() -> None:
    table, _ = extremes(synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1]))
    assert isinstance(table, Table)
    assert [row[:2] for row in table.rows] == [
        ["shared", "score_function"],
        ["per_datum", "score_function"],
        ["per_datum", "score_function_local"],
    ]
    assert Number(1.0) not in table.rows[0]


def test_nothing_measured_has_no_extremes() -> None:
    assert extremes(TABLES | {"ratios": TABLES["ratios"].head(0)}) == []


def test_an_end_of_another_family_has_its_theta() -> None:
    grid = {"dataset_size": [10], "samples": [1], "latents": ["shared"]}
    table, tally = extremes(synthetic.tables(families=["gamma"], **grid))
    assert isinstance(table, Table)
    (line,) = table.rows
    assert line[0] == "score_function"
    assert str(line[4]).startswith(f"d/d{ALPHA}, {ALPHA} = 8, rate = 1, ")
    assert isinstance(tally, Paragraph)
    assert MU not in tally.text
    _, mixed = extremes(synthetic.tables(families=["normal", "gamma"], sigma=[1.0], **grid))
    assert isinstance(mixed, Paragraph)
    assert f"measured ratios (of the normal: {MU} and {SIGMA2})," in mixed.text
