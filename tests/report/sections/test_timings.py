"""What an estimate costs."""

import numpy as np

from bench.markup.blocks import Duration, Interval, Number, Paragraph, Table
from bench.report.sections.timings import timings
from tests.support import synthetic
from tests.support.reports import MANIFEST

TABLES = synthetic.tables(latents=["per_datum"], sigma=[1.0], dataset_size=[10], samples=[1])


def test_a_line_holds_the_time_its_share_of_drawing_and_the_ratio() -> None:
    _, table, text = timings(TABLES, MANIFEST)
    assert isinstance(table, Table)
    assert [column.title for column in table.header] == [
        "evaluation", "estimator", "time per estimate", "drawing", "time ratio to pathwise"
    ]  # fmt: skip
    row = TABLES["timings"].iloc[0]
    line = table.rows[0]
    assert line[:2] == ["direct", "score_function"]
    low, high = (Duration(row[f"estimate_ns_{end}"]) for end in ("low", "high"))
    assert line[2] == Interval(Duration(row["estimate_ns"]), low, high)
    assert line[3] == f"{100 * row['draw_ns'] / row['estimate_ns']:.0f} %"
    assert isinstance(line[4], Interval)
    assert line[4].value == Number(row["time_ratio"])
    assert isinstance(text, Paragraph)
    assert "Machine: A CPU, 4 cores (2 allowed); executor: threads." in text.text


def test_the_executor_is_told_with_its_workers_and_what_else_was_set() -> None:
    *_, text = timings(TABLES, {"threads": {"OMP_NUM_THREADS": "1", "executor": {"name": "processes", "workers": 2}}})
    assert isinstance(text, Paragraph)
    assert str(text.text).endswith("; executor: processes, 2 workers; threads: OMP_NUM_THREADS 1.")


def test_every_machine_that_took_times_is_named() -> None:
    models = (("sampling", "Yet another"), ("timing", "A CPU"), ("timing", "Another"), ("timing", "A CPU"))
    sessions = [{"cpu": {"model": model, "cores": 2}, "phases": {phase: 1.0}} for phase, model in models]
    *_, text = timings(TABLES, {"sessions": sessions})
    assert isinstance(text, Paragraph)
    assert "Machine: A CPU, 2 cores and Another, 2 cores." in text.text


def test_a_ratio_that_is_not_known_is_an_empty_cell() -> None:
    _, table, _ = timings(TABLES | {"timings": TABLES["timings"].assign(time_ratio=np.nan)}, {})
    assert isinstance(table, Table)
    assert {row[-1] for row in table.rows} == {None}


def test_nothing_timed_is_said() -> None:
    _, text = timings(TABLES | {"timings": TABLES["timings"].head(0)}, {})
    assert text == Paragraph("Nothing was timed.")


def test_the_ratio_is_over_the_reference_of_the_run() -> None:
    grid = {"dataset_size": [10], "samples": [1], "estimators": ["score_function", "score_function_loo", "pathwise"]}
    for families, over in ((["bernoulli"], "score_function"), (["gamma", "bernoulli"], "the reference")):
        tables = synthetic.tables(families=families, **grid)
        _, table, text = timings(tables, {})
        assert isinstance(table, Table)
        assert table.header[-1].title == f"time ratio to {over}"
        assert isinstance(text, Paragraph)
        assert f"Time ratios are over {over.replace('_', ' ')} in the same cell." in text.text
        assert ("The reference is pathwise or score function, cell by cell." in text.text) == (len(families) > 1)
