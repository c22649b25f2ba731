"""The table of components: a row of the statistics in parts, which no other table implies."""

from pathlib import Path

from bench.tables.components import COMPONENTS
from bench.tables.contents import BY_KIND, tables_in
from bench.tables.statistics import STATISTICS

OPTIONAL = ("components", "exact", "lines", "draws", "timings_by_machine", "efficiency_by_machine")


def test_a_component_is_known_by_its_row_of_the_statistics_and_its_number() -> None:
    assert list(COMPONENTS.keys) == [*STATISTICS.keys, "component"]


def test_its_numbers_are_those_of_the_statistics() -> None:
    assert set(COMPONENTS.measured) < set(STATISTICS.measured)


def test_a_run_may_be_without_it(tmp_path: Path) -> None:
    of_sweep = [table.name for table in BY_KIND["sweep"]]
    assert tables_in(tmp_path) == [name for name in of_sweep if name not in OPTIONAL]
    for name in OPTIONAL:
        (tmp_path / f"{name}.csv").write_text("")
    assert tables_in(tmp_path) == of_sweep
    assert tables_in(tmp_path, ["ratios"]) == ["ratios"]
    assert list(COMPONENTS.expected({})) == []
