"""The times of a merged run have the columns of others, behind the name of a machine."""

import pytest

from bench.tables.machines import MACHINE_EFFICIENCY, MACHINE_TIMINGS
from bench.tables.schema import Table
from bench.tables.timings import TIMINGS


@pytest.mark.parametrize("table", [MACHINE_TIMINGS, MACHINE_EFFICIENCY], ids=lambda table: table.name)
def test_a_machine_stands_before_the_other_keys(table: Table) -> None:
    assert table.columns[:3] == ("schema", "machine", "objective")
    assert "machine" in table.text
    assert table.optional
    assert list(table.expected({})) == []


def test_the_other_columns_are_those_of_one_machine() -> None:
    assert (MACHINE_TIMINGS.name, MACHINE_TIMINGS.measured) == ("timings_by_machine", TIMINGS.measured)
    assert tuple(MACHINE_TIMINGS.keys)[1:] == tuple(TIMINGS.keys)
