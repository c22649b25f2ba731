"""The verdict of a merged run: more replicates see what none of its sources sees."""

import math
from pathlib import Path
from typing import Any

import pytest
from scipy import stats

from bench.merge import rows, sources
from bench.merge.sources import Source
from bench.merge.verdict import judged
from tests.support import merging


@pytest.fixture
def runs(tmp_path: Path) -> list[Source]:
    folders = [merging.run(tmp_path / str(seed), seed) for seed in range(2)]
    return sources.read([*map(str, folders)], force=False)


def tables_of(runs: list[Source]) -> dict[str, list[dict[str, Any]]]:
    return rows.merged(runs, ["a", "b"])


def test_scores_are_held_against_the_bound_of_all_checks(runs: list[Source]) -> None:
    tables = tables_of(runs)
    verdict, said = judged(tables, runs)
    assert verdict.ok
    assert verdict.checks == said["checks"] == verdict.gradients + verdict.variances
    assert verdict.bound == stats.norm.isf(1e-6 / 2 / 40)
    assert (
        verdict.gradients
        == verdict.variances
        == sum(row["parameter"] in ("mu", "sigma2") for row in tables["statistics"])
    )
    assert verdict.worst_gradient_z == max(abs(row["gradient_z"]) for row in tables["statistics"])
    assert 0 <= verdict.coverage <= 1
    assert (verdict.no_gradient, verdict.vague, verdict.no_variance, verdict.unchecked) == (0, 0, 0, 0)


def test_a_small_error_of_all_runs_fails_together(runs: list[Source]) -> None:
    """z = 5 passes in each of two runs under a bound of 5.6, and is 7.1 together."""
    for source in runs:
        row = next(iter(source.tables["statistics"].values()))
        row["gradient_z"] = "5.0"  # type: ignore[index]
    tables = tables_of(runs)
    verdict, said = judged(tables, runs)
    assert not verdict.ok
    (failure,) = said["failures"]
    assert "gradient_z = 7.07, allowed 5.57; measured / exact = " in failure
    assert tables["statistics"][0]["status"] == "disagrees"


def test_failures_of_the_sources_stay_and_so_does_what_has_no_oracle(runs: list[Source]) -> None:
    runs[0].manifest["verdict"].update(ok=False, failures=["a row"], biased=["x"], claims=["c"], worst_bias=0.5)
    tables = tables_of(runs)
    by_mu, by_sigma2 = (next(row for row in tables["statistics"] if row["parameter"] == p) for p in ("mu", "sigma2"))
    by_mu |= {"gradient_z": math.nan, "variance_z": math.nan, "oracle": "none: no integral"}
    by_sigma2 |= {"gradient_z": math.nan, "variance_z": math.nan, "status": "unconverged"}
    verdict, said = judged(tables, runs)
    assert (verdict.ok, verdict.failures) == (False, ("in 0: a row",))
    assert (verdict.biased, said["claims"], verdict.worst_bias) == (("x",), ("c",), 0.5)
    assert (verdict.no_gradient, verdict.vague, verdict.no_variance) == (1, 1, 2)
    assert verdict.reasons["no integral"] == 1
