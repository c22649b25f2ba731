"""Times and efficiency of a merged run, side by side by machine."""

import pandas as pd

from bench.markup.blocks import Heading, Paragraph, Table
from bench.report.sections.machines import machines
from tests.support import merging


def tables() -> dict[str, pd.DataFrame]:
    """Those of a run that was merged from two; the second machine has no times of the score function."""
    frames = merging.frames(0)
    parts = {
        name: pd.concat([frames[name].assign(machine=place) for place in ("A", "B")])
        for name in ("timings", "efficiency")
    }
    lost = (parts["timings"]["machine"] == "B") & (parts["timings"]["estimator"] == "score_function")
    parts["timings"] = parts["timings"][~lost]
    return frames | {f"{name}_by_machine": part for name, part in parts.items()}


def test_each_machine_has_its_columns() -> None:
    frames = tables()
    title, times, text, efficiency, meaning = machines(frames)
    assert title == Heading(2, "Time")
    assert isinstance(times, Table)
    assert isinstance(efficiency, Table)
    assert [(column.above, column.title) for column in times.header if column.above] == [
        (place, text) for place in ("A", "B") for text in ("time per estimate", "time ratio")
    ]
    names = [column.title for column in times.header]
    lines = {row[names.index("estimator")]: row for row in times.rows}
    assert lines["score_function"][-2:] == [None, None]
    assert lines["pathwise"][-2] == lines["pathwise"][-4] is not None
    assert [column.above for column in efficiency.header if column.above] == ["A", "B"]
    assert isinstance(text, Paragraph)
    assert "are not pooled" in str(text)
    assert "Pooled variance ratio times the time ratio of the machine" in str(meaning)


def test_without_times_it_says_so() -> None:
    frames = tables()
    frames["timings_by_machine"] = frames["timings_by_machine"].iloc[:0]
    assert machines(frames) == [Heading(2, "Time"), Paragraph("Nothing was timed.")]
