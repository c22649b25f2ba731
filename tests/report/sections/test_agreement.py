"""The gradients beside the exact ones."""

import math

from bench.markup.blocks import Column, Number, Paragraph, Table
from bench.report.sections.agreement import agreement
from tests.support import synthetic
from tests.support.signs import MU, SIGMA

TABLES = synthetic.tables(latents=["shared"], sigma=[0.3, 1.0, 3.0], dataset_size=[10], samples=[1])


def test_each_estimator_has_a_line_from_the_middle_cell() -> None:
    _, table, text = agreement(TABLES)
    assert isinstance(table, Table)
    three = [Column(title, "mu") for title in ("measured", "exact", "z")]
    assert list(table.header[:4]) == [Column("estimator"), *three]
    frame = TABLES["statistics"]
    cell = (frame["sigma"] == 1.0) & (frame["parameter"] == "mu") & (frame["estimator"] == "pathwise")
    (row,) = frame[cell].to_dict("records")
    (line,) = (line for line in table.rows if line[0] == "pathwise")
    measured, exact, z = line[1:4]
    value, error = map(float, str(measured).split(" ± "))
    assert abs(value - row["gradient"]) <= 1e-4 * abs(row["gradient"])
    assert abs(error - row["gradient_se"]) <= 0.05 * row["gradient_se"]
    assert (exact, z) == (Number(row["exact_gradient"], 5), Number(row["gradient_z"], 2))
    assert isinstance(text, Paragraph)
    assert str(text.text).endswith(f"at {MU} = 1, {SIGMA} = 1, n = 10 and K = 1.")


def test_nothing_measured_is_said() -> None:
    _, text = agreement(TABLES | {"statistics": TABLES["statistics"].head(0)})
    assert text == Paragraph("No gradient was measured.")


def test_where_there_is_no_oracle_that_is_said_and_no_z() -> None:
    rows = TABLES["statistics"].assign(exact_gradient=math.nan, family="gamma", theta="alpha=2,rate=1")
    _, table, text = agreement(TABLES | {"statistics": rows.assign(mu=math.nan, sigma=math.nan, gradient_z=math.nan)})
    assert isinstance(table, Table)
    assert table.rows[0][2:4] == ["no oracle", None]
    assert isinstance(text, Paragraph)
    assert "sigma" not in str(text.text)
