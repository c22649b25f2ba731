"""The rows of ratios.csv that the statistics imply."""

from bench.tables.ratios import RATIOS, below
from bench.tables.schema import Expected
from tests.support.rows import ratio, statistic


def test_every_other_estimator_is_over_the_reference() -> None:
    statistics = [statistic(name) for name in ("score_function", "pathwise", "score_function_local")]
    ratios = [ratio("score_function")]
    expected = list(RATIOS.expected({"statistics": statistics, "ratios": ratios}))
    keys = [RATIOS.key(ratio(name)) for name in ("score_function", "score_function_local")]
    assert [RATIOS.key(row) for row, *_ in expected] == keys
    witnesses = [statistics[0], statistics[2]]
    assert expected == [Expected(row.row, "statistics", w) for row, w in zip(expected, witnesses, strict=True)]


def test_a_skipped_estimator_has_its_ratio_too() -> None:
    statistics = [statistic("pathwise"), statistic("score_function", status="skipped: a reason")]
    assert len(list(RATIOS.expected({"statistics": statistics, "ratios": [ratio("x")]}))) == 1


def test_a_ratio_of_one_parameter_names_the_reference_of_all() -> None:
    statistics = [statistic(name, parameter="sigma2") for name in ("score_function", "pathwise")]
    (row,) = RATIOS.expected({"statistics": statistics, "ratios": [ratio("score_function", parameter="mu")]})
    assert (row.row["numerator"], row.row["parameter"]) == ("score_function", "sigma2")


def test_where_no_ratio_of_a_cell_names_its_reference_there_is_none() -> None:
    ratios = [ratio("score_function", family="gamma")]
    assert list(RATIOS.expected({"statistics": [statistic("score_function")], "ratios": ratios})) == []


def test_ratios_of_an_estimator_to_itself_name_no_reference() -> None:
    statistics = [statistic(name) for name in ("score_function", "pathwise")]
    ratios = [ratio("pathwise", denominator="pathwise@iid")]
    assert list(RATIOS.expected({"statistics": statistics, "ratios": ratios})) == []


def test_what_is_below_a_ratio_is_in_the_cell_with_another_sampler_or_entropy() -> None:
    assert below(ratio("a")) == {"estimator": "pathwise"}
    assert below(ratio("a", denominator="b(h=0.1)@iid")) == {"estimator": "b(h=0.1)", "sampler": "iid"}
    assert below(ratio("a", denominator="b@closed_form")) == {"estimator": "b", "entropy": "closed_form"}
