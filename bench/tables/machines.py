"""The columns of timings_by_machine.csv and efficiency_by_machine.csv: times of a merged run, which are never pooled.

They are those of timings.csv and efficiency.csv behind the name of a machine; these two are empty in a merged run. The
rows are made in `bench.merge.rows`.
"""

from dataclasses import replace

from bench.tables.efficiency import EFFICIENCY
from bench.tables.schema import texts
from bench.tables.timings import TIMINGS

MACHINE_TIMINGS, MACHINE_EFFICIENCY = (
    replace(
        table,
        name=f"{table.name}_by_machine",
        title=None,
        summary=f"of a run that was merged: {table.summary}, on each machine",
        keys={**texts("machine"), **table.keys},
        expected=lambda tables: (),
        optional=True,
    )
    for table in (TIMINGS, EFFICIENCY)
)
