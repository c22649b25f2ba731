"""The parts of a variance in which f is of a random batch."""

import pandas as pd

from bench.markup.blocks import Interval, Number, Paragraph, Table
from bench.report.sections.batches import batches
from tests.support import synthetic
from tests.support.signs import SIGMA

PLAIN = synthetic.tables(sigma=[0.3, 1.0], dataset_size=[10], samples=[1, 10, 100], latents=["shared"])


def of_batches(share: float) -> dict[str, pd.DataFrame]:
    """The same where a batch has a share of the variance of the most draws, and as much of all others."""
    rows = PLAIN["statistics"]
    keys = [name for name in ("estimator", "parameter", "sigma") if name in rows]
    least = rows.groupby(keys, dropna=False)["exact_variance"].transform("min")
    return {**PLAIN, "statistics": rows.assign(exact_batch_variance=share * least)}


def test_measured_stands_beside_both_parts_which_add_up() -> None:
    _, meaning, table, shown = batches(of_batches(0.8))
    assert isinstance(meaning, Paragraph)
    assert isinstance(table, Table)
    assert isinstance(shown, Paragraph)
    assert "with 100 draws, 80 % is the batch's" in meaning.text
    titles = [(column.title, column.above) for column in table.header]
    place = titles.index(("measured", "mu"))
    assert titles[place : place + 3] == [("measured", "mu"), ("draws", "mu"), ("batch", "mu")]
    rows = PLAIN["statistics"]
    for line in table.rows:
        measured, of_draws, of_batch = line[place : place + 3]
        assert isinstance(measured, Interval)
        assert isinstance(of_draws, Number)
        assert isinstance(of_batch, Number)
        there = rows[(rows["variance"] == measured.value.value)]
        assert (
            abs(of_draws.value + of_batch.value - float(there["exact_variance"].iloc[0])) < 1e-9 * of_draws.value + 1e-9
        )
    assert f"{SIGMA} =" in shown.text


def test_a_batch_of_all_data_takes_no_share() -> None:
    _, meaning, *_ = batches(of_batches(0.0))
    assert isinstance(meaning, Paragraph)
    assert "%" not in meaning.text.replace("95 %", "")


def test_without_batches_there_is_no_section() -> None:
    assert batches(PLAIN) == []
