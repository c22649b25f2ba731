"""What is merged: runs of one contract, in an order that hangs on what is in them alone."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench.errors import BadInput, Disagrees
from bench.merge import sources
from tests.support import compared, merging


@pytest.fixture
def runs(tmp_path: Path) -> list[Path]:
    """Two runs that may be merged."""
    return [merging.run(tmp_path / f"run {seed}", seed) for seed in (2, 1)]


def refused(runs: list[Path]) -> str:
    with pytest.raises(BadInput) as error:
        sources.read([*map(str, runs)], force=False)
    return str(error.value)


def test_the_order_is_that_of_the_contents(runs: list[Path]) -> None:
    orders = [[source.seed for source in sources.read([*map(str, some)], False)] for some in (runs, runs[::-1])]
    assert orders == [[1, 2], [1, 2]]


DIFFERENT: dict[str, Any] = {
    "versions numpy: 2.5.0 in ": compared.OTHER_NUMPY,
    "block groups: 32 in ": {"block": {"draws": 204800, "groups": 32}},
    "sources_sha256: f00 in ": {"sources_sha256": "f00"},
    "data in ": {"data": {"n": 10, "sha256": "bad"}},
}


@pytest.mark.parametrize("words", DIFFERENT)
def test_runs_of_another_contract_are_refused(runs: list[Path], words: str) -> None:
    merging.run(runs[1], 1, **DIFFERENT[words])
    line = refused(runs)
    assert line.startswith(f"runs: conflicting {words}")
    assert "; allowed: runs o" in line
    assert all(repr(str(path)) in line for path in runs)


def test_another_file_of_one_name_is_refused(runs: list[Path]) -> None:
    for seed, path in zip((2, 1), runs, strict=True):
        merging.run(path, seed, inputs=[{"key": "plugins", "name": "a.py", "sha256": str(seed), "left_out": False}])
    assert refused(runs).startswith("runs: conflicting files plugins=a.py of ")


def test_the_same_draws_twice_are_refused_and_other_cells_are_not(runs: list[Path], tmp_path: Path) -> None:
    copy = Path(shutil.copytree(runs[0], tmp_path / "copy"))
    line = refused([runs[0], copy])
    assert "have the same draws of seed=2, and both measured 16 rows, as squared_error shared normal " in line
    assert line.endswith("allowed: each seed once")
    halves = [
        merging.run(
            tmp_path / f"n = {n}", 2, {name: t[t["dataset_size"] == n] for name, t in merging.frames(2).items()}
        )
        for n in (1, 10)
    ]
    assert len(sources.read([*map(str, halves)], force=False)) == 2


def test_more_of_the_same_data_is_the_same(runs: list[Path]) -> None:
    merging.run(runs[1], 1, data={"n": 100, "sha256": "abc"})
    assert len(sources.read([*map(str, runs)], force=False)) == 2


def test_a_cell_has_one_reference(runs: list[Path], tmp_path: Path) -> None:
    tables = merging.frames(1)
    tables["ratios"] = tables["ratios"].assign(numerator="pathwise", denominator="score_function")
    merging.run(runs[1], 1, tables)
    line = refused(runs)
    assert line.startswith("runs: conflicting reference: score_function in '")
    assert ", pathwise in '" in line
    assert line.endswith("in one cell; allowed: runs with one reference in each cell, as by reference=NAME")


def test_fits_and_merged_runs_are_refused(runs: list[Path], descended: tuple[Path, object]) -> None:
    assert "is a fit; allowed: sweeps" in refused([runs[0], descended[0]])
    merging.run(runs[1], 1, merged=[])
    assert "is a merged run; allowed: sweeps" in refused(runs)


def test_a_run_that_failed_is_refused_unless_forced(runs: list[Path]) -> None:
    merging.run(runs[1], 1, verdict={"ok": False, "failures": ["a row"]})
    with pytest.raises(Disagrees, match="failed its verdict: 1 checks disagree, the first is a row"):
        sources.read([*map(str, runs)], force=False)
    assert len(sources.read([*map(str, runs)], force=True)) == 2


@pytest.mark.parametrize(
    "damage", [lambda run: (run / "statistics.csv").unlink(), lambda run: (run / "manifest.json").unlink()]
)
def test_a_damaged_run_is_refused(runs: list[Path], damage: Callable[[Path], None]) -> None:
    damage(runs[1])
    assert "again" in refused(runs) or "no manifest.json" in refused(runs)
