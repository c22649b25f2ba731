"""Two runs that are merged give what one run of the draws of both gives, but for what the docstring of pooling names.

The draws of two seeds are sampled by the engine; the one run has the power sums of both, group by group.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench.engine.stages import Sampled
from bench.merge import rows
from bench.merge.sources import Source
from bench.oracle.rows import ratio_rows, statistics_rows
from bench.plan.cells import Plan
from bench.tables.contents import TABLES
from bench.tables.csv import field
from bench.tables.schema import Row
from tests.support.sampling import results_of, sampled_of

Pairs = list[tuple[dict[str, Any], Row]]


def tables_of(plan: Plan, samples: Sequence[Sampled]) -> dict[str, list[Row]]:
    results = results_of(plan, samples)
    return {"statistics": [*statistics_rows(plan, results)], "ratios": [*ratio_rows(plan, results)]}


def source(seed: int, tables: dict[str, list[Row]]) -> Source:
    """A run of these rows, as it is read from its files."""
    fields = {
        name: [{key: field(value) for key, value in row.items()} for row in content] for name, content in tables.items()
    }
    by_key = {name: {TABLES[name].key(row): row for row in content} for name, content in fields.items()}
    return Source(Path(str(seed)), {"seed": seed, "block": {"groups": 64}}, by_key | {"timings": {}})


def together(first: Sampled, second: Sampled) -> Sampled:
    """One run of the draws of both."""
    subgrids = tuple(
        replace(left, totals=left.totals + right.totals, replicates=left.replicates + right.replicates)
        for left, right in zip(first.subgrids, second.subgrids, strict=True)
    )
    return replace(first, subgrids=subgrids, laps=first.laps + second.laps)


@pytest.fixture(scope="module")
def pairs(sampled: tuple[Plan, tuple[Sampled, ...]]) -> dict[str, Pairs]:
    """(merged, of one run) rows of each table that hold numbers."""
    plan, first = sampled
    second = sampled_of(plan, seed=1)
    alone = tables_of(plan, [*map(together, first, second)])
    runs = [source(seed, tables_of(plan, samples)) for seed, samples in enumerate((first, second))]
    merged = rows.merged(runs, ["a", "b"])
    return {
        name: [
            (pooled, row)
            for pooled, row in zip(merged[name], alone[name], strict=True)
            if not row["status"].startswith("skipped")
        ]
        for name in alone
    }


def test_means_and_mean_squares_are_those_of_one_run(pairs: dict[str, Pairs]) -> None:
    assert pairs["statistics"]
    for pooled, row in pairs["statistics"]:
        assert pooled["replicates"] == row["replicates"]
        assert pooled["gradient"] == pytest.approx(row["gradient"], rel=1e-12)
        assert pooled["mse"] == pytest.approx(row["mse"], rel=1e-12)


def test_scores_are_those_of_one_run(pairs: dict[str, Pairs]) -> None:
    """z of a mean to round-off; that of a variance lacks the square of a difference of means, some 1 / sqrt(N)."""
    for pooled, row in pairs["statistics"]:
        if row["components"] == "tied":
            assert pooled["gradient_z"] == pytest.approx(row["gradient_z"], abs=1e-6)
            assert pooled["variance_z"] == pytest.approx(row["variance_z"], abs=30 / math.sqrt(row["replicates"]))


def test_variances_and_ratios_lack_the_difference_of_means(pairs: dict[str, Pairs]) -> None:
    """Of the size of v / N: chi-squared with one degree of freedom, 30 of which is 4e-8 rare."""
    for pooled, row in pairs["statistics"]:
        assert pooled["variance"] == pytest.approx(row["variance"], rel=30 / row["replicates"])
    for pooled, row in pairs["ratios"]:
        assert pooled["variance_ratio"] == pytest.approx(row["variance_ratio"], rel=60 / row["replicates"])


def test_intervals_are_as_wide_as_those_of_one_run(pairs: dict[str, Pairs]) -> None:
    """Both are of jackknives over 64 groups, whose errors vary by 1 in sqrt(2 * 63): within 5 of two independent."""
    for table, column in (("statistics", "variance"), ("ratios", "variance_ratio")):
        halves = np.array([[math.log(row[f"{column}_high"] / row[column]) for row in pair] for pair in pairs[table]])
        widths = np.log(halves[:, 0] / halves[:, 1])
        assert abs(widths).max() < 5 * math.sqrt(2 / (2 * 63))
        assert abs(widths + math.log(2) / 2).min() > 0.1  # negative control: halved by sqrt(2) they would be too narrow
