"""`merge`: sweeps of several seeds become one run, the same bytes in any order; what cannot be merged is one line."""

import math
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import compared, merging
from tests.support.command import Outcome, command, contents, one_line, rows


@pytest.fixture
def pair(tmp_path: Path, tables_alone: None) -> list[Path]:
    """Two runs that may be merged, made and not measured."""
    return [merging.run(tmp_path / f"run{seed}", seed) for seed in (0, 1)]


def test_two_sweeps_are_one_run_of_all_replicates(
    smoke: tuple[Path, Outcome], sweep: Callable[..., Outcome], tmp_path: Path
) -> None:
    assert sweep("name=other", "seed=1", "rounds=1").code == 0
    runs = [smoke[0], tmp_path / "other"]
    code, out, err = merging.merge(runs, f"output={tmp_path}")
    assert (code, err) == (0, "")
    assert out.startswith("merged 2 runs\nVERDICT ok: ")
    folder = tmp_path / "merged"
    inputs = [{tuple(row.values())[1:17]: row for row in rows(run)} for run in runs]
    content = rows(folder)
    assert len(content) == len(inputs[0])
    for row in content:
        parts = [table[tuple(row.values())[1:17]] for table in inputs]
        if row["status"].startswith("skipped"):
            assert row in parts
            continue
        assert int(row["replicates"]) == sum(int(part["replicates"]) for part in parts)
        exact, n = float(row["exact_variance"]), int(row["replicates"])
        z = (float(row["gradient"]) - float(row["exact_gradient"])) / math.sqrt(exact / n)
        assert float(row["gradient_z"]) == pytest.approx(z, abs=1e-3), row
    drawn = command("report", "name=merged", f"output={tmp_path}")
    assert drawn.code == 0, drawn.err
    assert command("compare", f"base={smoke[0]}", f"head={folder}").out.startswith("COMPARE ok: ")


def test_any_order_gives_the_same_bytes(pair: list[Path]) -> None:
    folder = pair[0].parent / "merged"
    assert merging.merge(pair).code == 0
    first = contents(folder)
    assert merging.merge(pair[::-1]).code == 0
    assert contents(folder) == first
    assert {"statistics.csv", "ratios.csv", "timings_by_machine.csv", "manifest.json"} <= set(first)
    assert len(rows(folder)) == len(rows(pair[0]))


def test_disagreement_is_exit_code_4_and_nothing_is_written(pair: list[Path]) -> None:
    merging.run(pair[1], 1, merging.frames(1, scale=1.5))
    code, out, err = merging.merge(pair)
    assert (code, out, err.count("\n")) == (4, "", 1)
    assert "disagree beyond joint intervals; the worst: squared_error" in err
    assert all(repr(str(path)) in err for path in pair)
    assert not (pair[0].parent / "merged").exists()


def test_a_failed_run_is_exit_code_3(pair: list[Path]) -> None:
    merging.run(pair[1], 1, verdict={"ok": False, "failures": ["a row"]})
    assert merging.merge(pair).code == 3
    assert not (pair[0].parent / "merged").exists()
    code, out, _ = merging.merge(pair, "force=true")
    assert code == 3
    assert "in run1: a row" in out
    assert merging.record(pair[0].parent / "merged")["verdict"]["ok"] is False


def test_bad_input_is_one_line_and_nothing_is_written(pair: list[Path]) -> None:
    folder = pair[0].parent
    copy, both, place = shutil.copytree(pair[0], folder / "copy"), f"runs=[{pair[0]},{pair[1]}]", f"output={folder}"
    merging.run(folder / "numpy", 2, **compared.OTHER_NUMPY)
    cases = {
        ("name=x",): "runs is not given; merge needs it: runs=[FOLDER,FOLDER,...]",
        (f"runs={pair[0]}",): f"runs='{pair[0]}' is not allowed; allowed: a list in brackets, runs=[VALUE,...]",
        (
            f"runs=[{pair[0]}]",
        ): f"runs=['{pair[0]}'] is not allowed; allowed: a list of the folders of two or more sweeps",
        (f"runs=[{pair[0]},{pair[0]}]",): "runs=[",
        (f"runs=[{pair[0]},{folder / 'nowhere'}]",): "unknown run 'nowhere'; known: ",
        (f"runs=[{pair[0]},{copy}]",): "runs: conflicting seeds: ",
        (f"runs=[{pair[0]},{folder / 'numpy'}]",): "runs: conflicting versions numpy: 2.4.6 in ",
        (both, "name=run0"): "name='run0' is not allowed; allowed: another name than that of a run that is merged",
        (both, "name=copy"): f"name: {str(copy)!r} holds another run; give the merged one another name, or remove ",
        (both, "name=a/b"): "name='a/b' is not allowed; ",
        (both, "force=1"): "force=1 is not allowed; allowed: true, false",
        (both, "study=smoke"): "unknown key 'study'; known: force, name, output, plugins, runs",
    }
    before = contents(folder)
    for words, message in cases.items():
        assert one_line(command("merge", place, *words)).startswith(message), words
    assert contents(folder) == before
