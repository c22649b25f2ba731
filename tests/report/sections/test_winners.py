"""Who wins: rankings of cells, and sentences that follow from them alone."""

import numpy as np
import pandas as pd
import pytest

from bench.markup.blocks import Bullets, Heading, Paragraph, Table
from bench.report.sections.winners import winners
from tests.support import synthetic
from tests.support.signs import SIGMA

TABLES = synthetic.tables(sigma=[0.3, 1.0, 3.0], dataset_size=[10], samples=[1, 10], latents=["shared"])


def sentences(tables: dict[str, pd.DataFrame]) -> list[str]:
    heading, bullets, *_ = winners(tables)
    assert isinstance(heading, Heading)
    assert isinstance(bullets, Bullets)
    return [str(item) for item in bullets.items]


def with_ratio(of_small: float) -> dict[str, pd.DataFrame]:
    """A score function that is better by a factor where sigma is 0.3, and 10 times worse elsewhere."""
    tables = dict(TABLES)
    for name, columns in {
        "ratios": ("variance_ratio", "mse_ratio"),
        "efficiency": ("variance_ratio", "efficiency_ratio"),
    }.items():
        rows = tables[name].copy()
        value = np.where(rows["sigma"] == 0.3, of_small, 10.0)
        for column in columns:
            for end, factor in (("", 1.0), ("_low", 0.98), ("_high", 1.02)):
                if f"{column}{end}" in rows:
                    rows[f"{column}{end}"] = np.where(np.isfinite(rows[column].astype(float)), value * factor, np.nan)
        tables[name] = rows.assign(time_ratio=1.0, evaluations_ratio=1.0) if name == "efficiency" else rows
    return tables


def test_where_to_use_which_is_read_off_the_cells() -> None:
    said = sentences(with_ratio(0.5))
    mine = [line for line in said if line.startswith("score function,")]
    assert mine[0].startswith("score function, at equal seconds: among the best in 8 of 24 comparisons")
    assert mine[1].startswith("score function, at equal evaluations: among the best in 4 of 12 comparisons")
    assert all(line.endswith(f"use it where {SIGMA} is 0.3.") for line in mine)
    assert all(line.endswith(f"use it where {SIGMA} is 1 or 3.") for line in said if line.startswith("pathwise,"))


def test_what_is_not_told_apart_is_among_the_best() -> None:
    said = sentences(with_ratio(1.0))
    assert any(line.startswith("pathwise,") and "use it here" in line for line in said)
    assert all(f"use it where {SIGMA} is 0.3" in line for line in said if line.startswith("score function,"))


def test_estimators_and_works_of_which_the_same_is_said_share_a_sentence() -> None:
    tables = synthetic.tables(sigma=[1.0, 3.0], dataset_size=[10], samples=[1])
    said = sentences(tables)
    both = "at equal seconds and at equal evaluations"
    assert said[0] == f"pathwise, {both}: use it here, for it is among the best in all comparisons."
    alike = "score function local and score function"
    assert said[1] == f"{alike}, {both}: worse than the best in all comparisons."
    assert len(said) == 2
    *_, meaning = winners(tables)
    assert isinstance(meaning, Paragraph)
    assert "Of an estimator there are up to 12 comparisons at equal seconds and " in str(meaning.text)


def test_a_bias_counts() -> None:
    """A hundredth of the variance and twice the mean squared error is no win."""
    tables = with_ratio(0.01)
    rows = tables["ratios"].copy()
    for end, factor in (("", 1.0), ("_low", 0.98), ("_high", 1.02)):
        rows[f"mse_ratio{end}"] = 2.0 * factor
    said = sentences({**tables, "ratios": rows})
    assert any(line.startswith("score function,") and "worse than the best" in line for line in said)


@pytest.mark.parametrize("work", ["seconds", "evaluations"])
def test_the_middle_cell_stands_in_a_table(work: str) -> None:
    blocks = winners(with_ratio(0.5))
    (table,) = [b for b in blocks if isinstance(b, Table) and b.caption == f"The ranking in one cell, by {work}"]
    assert [line[:3] for line in table.rows] == [
        ["mu", "1", "pathwise"],
        ["mu", "2", "score_function"],
        ["sigma2", "1", "pathwise"],
        ["sigma2", "2", "score_function"],
    ]
    assert isinstance(blocks[-1], Paragraph)
    assert f"{SIGMA} = 1" in blocks[-1].text


def test_where_nothing_was_timed_evaluations_rank_alone() -> None:
    (table,) = (
        block for block in winners({**TABLES, "efficiency": TABLES["efficiency"].iloc[:0]}) if isinstance(block, Table)
    )
    assert table.caption == "The ranking in one cell, by evaluations"
    assert winners({name: frame.iloc[:0] for name, frame in TABLES.items()}) == []


def test_the_ranking_is_of_the_cell_with_the_most_estimators() -> None:
    """The local score function has no rows with a shared draw, which come first."""
    blocks = winners(synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1]))
    for table in (block for block in blocks if isinstance(block, Table)):
        assert {row[2] for row in table.rows} == {"pathwise", "score_function", "score_function_local"}
