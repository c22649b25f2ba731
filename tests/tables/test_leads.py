"""The table of leads: every two points of the curves that differ in the entropy alone."""

from bench.tables.curves import CURVES
from bench.tables.firsts import SETTING
from bench.tables.leads import LEADS


def point(entropy: str, **changes: str) -> dict[str, str]:
    row = dict.fromkeys(CURVES.columns, "")
    return row | {"estimator": "pathwise", "entropy": entropy, "step": "10", "gap": "0.5"} | changes


def test_a_row_is_known_by_its_setting_its_estimator_both_treatments_and_the_step() -> None:
    assert list(LEADS.keys) == [*SETTING, "estimator", "rival", "step"]
    assert LEADS.optional


def test_points_that_differ_in_the_entropy_alone_are_pairs() -> None:
    alike = [point("closed_form"), point("monte_carlo"), point("sticking_the_landing")]
    others = [point("closed_form", estimator="price"), point("monte_carlo", step="20"), point("x", gap="")]
    pairs = [(each.row["entropy"], each.row["rival"]) for each in LEADS.expected({"curves": [*alike, *others]})]
    assert pairs == [
        ("closed_form", "monte_carlo"),
        ("closed_form", "sticking_the_landing"),
        ("monte_carlo", "sticking_the_landing"),
    ]
