"""Words that sections share."""

import math

import pandas as pd

from bench.markup.blocks import Column, Duration, Interval, Number
from bench.report.sections import phrases
from bench.tables import slices
from tests.support import synthetic
from tests.support.signs import ALPHA, DERIVED, MU, SIGMA, SIGMA2

TABLES = synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1])


def test_an_interval_is_three_columns_of_a_row() -> None:
    row = {"x": 2.0, "x_low": 1.0, "x_high": 3.0}
    assert phrases.interval(row, "x") == Interval(Number(2.0), Number(1.0), Number(3.0))
    assert phrases.interval(row, "x", Duration) == Interval(Duration(2.0), Duration(1.0), Duration(3.0))


def test_an_exact_zero_needs_no_interval() -> None:
    row = {"x": 0.0, "x_low": math.nan, "x_high": math.nan}
    assert phrases.interval(row, "x") == Interval(Number(0.0), Number(0.0), Number(0.0))


def test_pairs_leave_out_what_is_empty() -> None:
    mapping = {"a": 1, "b": None, "c": "", "d": {"e": 0.12345, "f": "An end."}}
    assert phrases.pairs(mapping) == "a 1, d (e 0.123, f An end)"
    assert phrases.pairs(None) == ""


def test_a_cell_has_no_axis_that_is_not_known() -> None:
    row = {"parameter": "mu", "theta": "", "mu": 1.0, "sigma": 0.5, "dataset_size": math.nan, "samples": 10}
    assert phrases.cell_title(row) == f"d/d{MU}, {MU} = 1, {SIGMA} = 0.5, K = 10"
    gamma = row | {"parameter": "alpha", "theta": "alpha=2,rate=1", "mu": math.nan, "sigma": math.nan}
    assert phrases.cell_title(gamma) == f"d/d{ALPHA}, {ALPHA} = 2, rate = 1, K = 10"


def test_a_slice_has_what_its_rows_have_in_common() -> None:
    common = "Shown is the squared error, with a normal y, tied components, iid draws and normal data"
    assert phrases.slice_title(TABLES["ratios"], {"mu": 1.0}) == f"{common}, at {MU} = 1."
    assert phrases.varying(TABLES["ratios"]) == ["latent"]


def test_parameters_stand_side_by_side_and_a_missing_one_is_an_empty_cell() -> None:
    rows = TABLES["ratios"]
    rows = rows[(rows["latent"] == "shared") & rows["parameter"].isin(["mu", "sigma2"])]
    (both,) = phrases.side_by_side(rows, ["numerator", "sigma"], {"name": lambda row: str(row["parameter"])})
    assert both.header == [Column("numerator"), Column("sigma"), Column("name", "mu"), Column("name", "sigma2")]
    assert both.rows == [["score_function", Number(1.0), "mu", "sigma2"]]
    (single,) = phrases.side_by_side(rows[rows["parameter"] == "sigma2"], ["numerator"], {"name": lambda row: "x"})
    assert single.rows == [["score_function", "x"]]


def test_each_family_has_a_table_with_its_own_keys_and_parameters() -> None:
    rows = synthetic.tables(families=["normal", "gamma"], sigma=[1.0], alpha=[2.0], dataset_size=[10], samples=[1])
    shared = slices.shown(rows["ratios"][rows["ratios"]["latent"] == "shared"])
    normal, gamma = phrases.side_by_side(shared, ["numerator", "sigma"], {"name": lambda row: str(row["parameter"])})
    assert (normal.caption, gamma.caption) == ("Family normal", "Family gamma")
    assert [column.title for column in normal.header] == ["family", "numerator", "sigma", "name", "name"]
    assert normal.rows == [["normal", "score_function", Number(1.0), "mu", "sigma2"]]
    assert [column.above for column in gamma.header] == ["", "", "", "alpha", "rate"]
    assert gamma.rows == [["gamma", "alpha=2,rate=1", "score_function", "alpha", "rate"]]


def test_a_caption_names_the_reference_or_all_of_them() -> None:
    ratios = TABLES["ratios"]
    assert phrases.caption("Over {reference}.", ratios) == "Over pathwise."
    names = [*ratios["denominator"][1:], "score_function"]
    several = phrases.caption("Over {reference}.", ratios.assign(denominator=names))
    assert several == "Over the reference. The reference is pathwise or score function, cell by cell."
    assert phrases.caption("As it is {}.", ratios.assign(denominator=names)) == "As it is {}."


def test_sigma_is_derived_of_the_normal_with_one_sigma_alone() -> None:
    rows = TABLES["ratios"]
    assert phrases.derived(rows, "ratios") == f"{DERIVED} ratios of {SIGMA2}. "
    assert phrases.derived(rows.assign(family="gamma"), "ratios") == ""
    assert phrases.derived(rows.assign(sigma=math.nan), "ratios") == ""
    some = rows.assign(sigma=[math.nan, *rows["sigma"][1:]])
    assert phrases.derived(some, "ratios").endswith(" where all components have one sigma. ")


def test_a_caption_tells_of_floors_only_where_theory_has_any() -> None:
    floors = pd.DataFrame({"floor": [math.nan, 0.5]})
    assert phrases.caption_for("A.{floors}", {"theory": floors}) == f"A.{phrases.FLOORS}"
    assert (
        phrases.caption_for("A.{floors}", {"theory": floors.head(1)}) == phrases.caption_for("A.{floors}", {}) == "A."
    )


def test_a_caption_tells_of_red_only_where_a_ratio_is_below_one() -> None:
    rows = pd.DataFrame({"efficiency_ratio": [2.0, 0.999], "evaluation_efficiency_ratio": [2.0, math.nan]})
    captions = [f"A{{below {name}}}." for name in rows]
    assert [phrases.caption_for(text, {"efficiency": rows}) for text in captions] == [f"A{phrases.BELOW}.", "A."]
    assert phrases.caption_for(captions[0], {}) == "A."


def test_a_caption_calls_f_exact_only_where_all_of_it_is() -> None:
    curves = pd.DataFrame({"oracle": ["exact", "exact"]})
    assert phrases.caption_for("{F} here.", {"curves": curves}) == "Exact F here."
    some = curves.assign(oracle=["exact", "the mean over 4096 draws"])
    assert phrases.caption_for("{F} here.", {"curves": some}) == f"{phrases.MEANS} here."
