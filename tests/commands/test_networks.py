"""The fit of a network: its tables, resumed and on any executor to the same bytes, and what is said of it."""

import json
from pathlib import Path

import pytest

from bench.tables.contents import TABLES
from tests.support.command import Outcome, command, one_line, rows
from tests.support.fits import stopped, without_report

TINY = (
    *("objective=vae", "objective.vae.L=[2]", "steps=6", "checkpoints=2", "samples=[2]", "replicates=2", "rounds=0"),
    *("estimator=[pathwise,score_function]", "entropy=[closed_form]", "executor=serial", "name=fit"),
)
LARGE = ("curves", "encoder", "reconstructions", "latents")


def fit(folder: Path, *words: str) -> Outcome:
    return command("fit", *TINY, f"output={folder}", *words)


def same(first: Path, second: Path) -> bool:
    return all((first / f"{name}.csv").read_bytes() == (second / f"{name}.csv").read_bytes() for name in LARGE)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """A finished fit, its report included. Not to be written to."""
    folder = tmp_path_factory.mktemp("trained")
    return folder / "fit", fit(folder)


def test_it_leaves_tables_a_report_and_a_manifest(trained: tuple[Path, Outcome]) -> None:
    run, (code, out, err) = trained
    assert code == 0, err
    assert out.startswith("VERDICT none: a network has no exact gradient; ")
    assert out.endswith(f"report: {run / 'report.md'}\n")
    curves = rows(run, "curves")
    assert {(row["objective"], row["estimator"], row["status"]) for row in curves} == {
        ("vae", "pathwise", "ok"),
        ("vae", "score_function", "ok"),
    }
    assert [row["step"] for row in curves] == ["0", "6"] * 2
    assert {path.stem for path in run.glob("*.csv")} <= {*TABLES}
    assert (run / "report.md").read_text()
    assert json.loads((run / "manifest.json").read_text())["verdict"]["diverged"] == 0
    assert "training: started" in err


def test_threads_and_a_resumed_fit_give_the_same_bytes(
    trained: tuple[Path, Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_report(monkeypatch)
    assert fit(tmp_path / "threads", "executor=threads").code == 0
    assert same(tmp_path / "threads" / "fit", trained[0])
    stopped(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        fit(tmp_path)
    code, out, err = fit(tmp_path)
    assert code == 0, err
    assert "session 1 of 2: " in out
    assert same(tmp_path / "fit", trained[0])


def test_a_dry_run_names_learners_and_skips_and_writes_nothing(tmp_path: Path) -> None:
    code, out, _ = fit(tmp_path, "dry_run=true", "samples=[1,2]", "estimator=[pathwise,score_function_loo]")
    assert code == 0
    assert out == (
        "learners: 3, each of 2 replicates and 6 steps; 2 checkpoints\n"
        "  skipped 1: score_function_loo has samples >= 2, not 1\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("steps=0", "steps=0 is not allowed; allowed: a whole number >= 1"),
        ("steps=1e9", "steps=1000000000 is not allowed; allowed: a whole number <= 10000000"),
        ("replicates=0", "replicates=0 is not allowed; allowed: a whole number >= 1"),
        ("checkpoints=1", "checkpoints=1 is not allowed; allowed: a whole number >= 2"),
        ("samples=[1e12]", "samples=1000000000000 is not allowed; allowed: a whole number <= 10000"),
        ("samples=3", "samples=3 is not allowed; allowed: a list in brackets, samples=[VALUE,...]"),
        ("learning_rate=[0]", "learning_rate=0 is not allowed; allowed: a finite number > 0"),
        ("learning_rate=[0.1,0.2]", "learning_rate=[0.1,0.2] is not allowed; allowed: one, for objective=vae"),
        ("dataset_size=[5]", "dataset_size=[5] is not allowed; allowed: [null], all the data, for objective=vae"),
        ("entropy=3", "entropy=3 is not allowed; allowed: a list in brackets, entropy=[VALUE,...]"),
        ("data.seed=3", "data.seed='3' is not allowed; allowed: no key of data, for objective=[vae] brings its own"),
        ("seed=-1", "seed=-1 is not allowed; allowed: a whole number >= 0"),
        ("rounds=-1", "rounds=-1 is not allowed; allowed: a whole number >= 0"),
        ("objective.vae.L=[0]", "objective.vae.L=0 is not allowed; allowed: a whole number >= 1"),
    ],
)
def test_bad_input_is_one_line(tmp_path: Path, word: str, line: str) -> None:
    assert one_line(fit(tmp_path, word)) == line
    assert list(tmp_path.iterdir()) == []


def test_the_number_of_workers_is_checked(tmp_path: Path) -> None:
    line = one_line(fit(tmp_path, "executor=threads", "executor.workers=0"))
    assert line == "executor.workers=0 is not allowed; allowed: a whole number >= 1"


def test_where_all_are_lost_nothing_was_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_report(monkeypatch)
    code, _, err = fit(tmp_path, "learning_rate=[1e300]", "estimator=[pathwise]")
    assert code == 5, err
    assert {row["status"] for row in rows(tmp_path / "fit", "curves") if row["step"] == "6"} == {"diverged"}
