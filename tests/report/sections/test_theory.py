"""Theory beside measurement: a line where theory speaks, a reason where it is silent."""

import numpy as np
import pandas as pd

from bench.markup.blocks import Interval, Number, Paragraph, Table
from bench.report.sections.theory import theory
from bench.tables.curves import LEARNER
from bench.tables.theory import MEASURED
from tests.support import learned

SILENT = "theory is of sgd with a constant rate"


def tables(floors: list[float]) -> dict[str, pd.DataFrame]:
    """Of two learners."""
    frames = learned.tables(samples=[1])
    rows = frames["curves"].drop_duplicates([*LEARNER])[[*LEARNER]]
    known = np.isfinite(floors)
    measured = dict.fromkeys(MEASURED, np.nan) | {"measured_floor": 2.0, "measured_floor_low": 1.0}
    rows = rows.assign(kind=np.where(known, "exact", SILENT), note="", floor=floors, **measured)
    rows = rows.assign(stationary_variance=rows["floor"], contraction=rows["floor"], measured_floor_high=3.0)
    return frames | {"theory": rows}


def test_a_line_has_what_is_predicted_beside_what_is_measured() -> None:
    _, lines, text = theory(tables([0.5, np.nan]))
    assert isinstance(lines, Table)
    assert isinstance(text, Paragraph)
    half = Number(0.5)
    assert [column.title for column in lines.header[:2]] == ["estimator", "how known"]
    assert lines.rows == [
        ["pathwise", "exact", half, None, half, Interval(*map(Number, (2.0, 1.0, 3.0))), half, None, ""],
    ]
    assert f"Of 1 learner it says nothing: {SILENT}." in str(text.text)


def test_where_theory_is_silent_there_is_no_section() -> None:
    assert theory(tables([np.nan, np.nan])) == []
    assert theory(learned.tables()) == []
