"""The table of single draws: optional, a row for each bin, estimator and parameter."""

from bench.tables.draws import DRAWS


def test_a_run_may_be_without_it_and_a_bin_is_part_of_the_key() -> None:
    assert DRAWS.optional
    assert {"estimator", "parameter", "low", "high"} < set(DRAWS.keys)
    assert set(DRAWS.measured) == {"count", "variance", "exact_gradient"}
