"""Whole fits: the same bytes from every way to run them, statuses, exit codes, and what stays on the disk."""

import json
import os
import shlex
import subprocess
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pytest

from bench.config.compose import compose
from bench.engine.journal import Journal
from bench.registry import Registry
from bench.tables.contents import BY_KIND
from tests.support.command import ONE_CELL, ONE_ROUND, TOP, Outcome, command, contents, instead, one_line, rows
from tests.support.fits import QUICK, fit_into, stopped, without_report
from tests.support.hints import hints, typed

SMALL = ("objective=[gaussian_kl]", "dataset_size=[5]", "learning_rate=[0.001]")
EVERY = "estimator=[pathwise,score_function,score_function_loo,measure_valued]"
LINKS = "parameterisation=[sigma,log_sigma,sigma2,softplus]"
LONG = (*SMALL, "steps=30000", "replicates=40", "learning_rate=[0.0001]", "resume=true")  # seconds
LONG_S = 2.0
SLOW_S = 60.0


@pytest.fixture(autouse=True)
def tables_alone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "descended" not in request.fixturenames:
        without_report(monkeypatch)


def numbers(folder: Path) -> tuple[bytes, list[dict[str, str]]]:
    """The bytes of paths.csv, and the rows of curves.csv but for their times."""
    curves = [{key: value for key, value in row.items() if key != "seconds"} for row in rows(folder / "fit", "curves")]
    return (folder / "fit" / "paths.csv").read_bytes(), curves


def fitted(folder: Path, *words: str) -> Outcome:
    outcome = fit_into(folder, *words)
    assert outcome.code == 0, outcome.err
    return outcome


def test_a_fit_leaves_all_its_files_and_its_result(descended: tuple[Path, Outcome]) -> None:
    run, (code, out, err) = descended
    assert code == 0, err
    expected = {f"{table.name}.csv" for table in BY_KIND["fit"] if not table.optional}
    left = {path.name for path in run.iterdir()}
    assert {*expected, "manifest.json", "index.html", "report.md", "figures"} <= left
    assert out.startswith("VERDICT ok: ")
    assert out.endswith(f"report: {run / 'report.md'}\n")
    assert err.startswith("descent: started\n")


def test_a_second_fit_and_every_executor_give_the_same_bytes(tmp_path: Path) -> None:
    for name, words in {
        "first": (),
        "again": ("rounds=1",),
        "threads": ("executor=threads",),
        "one": ("executor=threads", "executor.workers=1"),
    }.items():
        fitted(tmp_path / name, *SMALL, "replicates=40", *words)
        assert numbers(tmp_path / name) == numbers(tmp_path / "first")
    assert {row["seconds"] for row in rows(tmp_path / "first" / "fit", "curves")} == {""}
    assert "" not in {row["seconds"] for row in rows(tmp_path / "again" / "fit", "curves")}


def test_another_seed_gives_other_bytes(tmp_path: Path) -> None:
    for seed in (0, 1):
        fitted(tmp_path / str(seed), *SMALL, f"seed={seed}")
    first, second = (rows(tmp_path / seed / "fit", "curves") for seed in "01")
    assert all((a["mu"] == b["mu"]) == (a["step"] == "0") for a, b in zip(first, second, strict=True))


def killed(folder: Path, after: float) -> None:
    """The long fit, killed so many seconds after it began to descend."""
    words = instead(*QUICK, *LONG, f"output={folder}", "name=fit")
    process = subprocess.Popen(
        [sys.executable, "-m", "bench", "fit", *words],
        cwd=TOP,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stderr is not None
        seen, end = b"", time.monotonic() + SLOW_S
        while b"descent: started" not in seen:
            assert time.monotonic() < end, seen
            assert process.poll() is None, seen
            seen += os.read(process.stderr.fileno(), 65536)
        time.sleep(after)
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("uninterrupted")
    with pytest.MonkeyPatch.context() as patch:
        without_report(patch)
        out = fitted(folder, *LONG).out
    assert "session" not in out
    return folder


def moments(seed: int, count: int) -> list[float]:
    return np.random.default_rng(seed).uniform(0, LONG_S, count).tolist()


def test_killed_twice_it_goes_on_to_the_same_bytes(uninterrupted: Path, tmp_path: Path) -> None:
    for after in moments(0, 2):
        killed(tmp_path, after)
    fitted(tmp_path, *LONG)
    assert numbers(tmp_path) == numbers(uninterrupted)


@pytest.mark.slow
@pytest.mark.parametrize("case", range(1, 11))
def test_killed_at_any_moment_it_goes_on_to_the_same_bytes(uninterrupted: Path, tmp_path: Path, case: int) -> None:
    killed(tmp_path, *moments(case, 1))
    fitted(tmp_path, *LONG)
    assert numbers(tmp_path) == numbers(uninterrupted)


def test_a_resumed_fit_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped at its third writing, it reads what it has done, and names both sessions."""
    stopped(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        fit_into(tmp_path / "x", *SMALL, "resume=true")
    assert [path.name for path in (tmp_path / "x" / "fit").glob("*.csv")] == []
    out = fitted(tmp_path / "x", *SMALL, "resume=true").out
    said = [line.partition(":")[0] for line in out.splitlines() if line.startswith("session ")]
    assert said == ["session 1 of 2", "session 2 of 2"]
    assert len(json.loads((tmp_path / "x" / "fit" / "manifest.json").read_text())["sessions"]) == 2
    assert "session" not in fitted(tmp_path / "fresh", *SMALL).out
    assert numbers(tmp_path / "x") == numbers(tmp_path / "fresh")
    assert "session" not in fitted(tmp_path / "x", *SMALL, "resume=false").out


WRONG = (
    *("parameterisation=[logit]", "parameterisation=log_sigma", "parameterisation=[]"),
    *("learning_rate=[0]", "learning_rate=[-1]", "learning_rate=[nan]", "learning_rate=a", "learning_rate=0.1"),
    *("steps=0", "steps=1e9", "steps=null", "replicates=1", "replicates=1e9", "checkpoints=0", "rounds=-1"),
    *("start.sigma=0", "start.sigma=-1", "start.mu=inf", "start.mu=[]", "start.nu=1", "start=3", "start=null"),
    *("start={mu:}", "start.mu=[[0,1]]", "start.sigma=[[1,0]]", "start.mu=[0,0]"),
    *("fixed=[mu,sigma]", "fixed=[nu]", "fixed=mu", "optimiser=[sgd,sgd]", "optimiser=[rmsprop]", "schedule=[linear]"),
    *("dataset_size=[0]", "name=a/b", "output=/proc/nowhere", "executor=gpu", "resume=3", "dry_run=a", "seed=-1"),
    *("objective=[vae,squared_error]", "precision=1", "at=[reports/fit@1]", "-m", "learning_rate=0.1,0.2"),
)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("finished")
    with pytest.MonkeyPatch.context() as patch:
        without_report(patch)
        fitted(folder, *SMALL)
    return folder, contents(folder)


@pytest.mark.parametrize("word", WRONG)
def test_bad_input_is_one_line_that_leaves_the_earlier_fit(
    finished: tuple[Path, dict[str, str]], plugins: Registry, word: str
) -> None:
    folder, before = finished
    line = one_line(fit_into(folder, word))
    assert word.startswith("-") or word.lstrip("+").partition(".")[0].partition("=")[0] in line
    assert contents(folder) == before
    config = compose("fit", ("~study",))
    for hint in hints(word, line, config) if not line.startswith(("unknown key", "unknown fixed")) else ():
        if "objective=[vae" not in word and not hint.endswith("=[VALUE,...]"):
            outcome = fit_into(folder, typed(hint), "dry_run=true")
            assert (outcome.code, hint) == (0, hint), outcome.err


def test_a_value_of_theta_is_named_by_the_key_of_a_fit(tmp_path: Path) -> None:
    for words, start in {
        ("start.sigma=0",): "start.sigma=0 is not allowed; allowed: a finite number > 0",
        ("start.mu=[[0,1]]",): "start.mu=[[0,1]] is not allowed; allowed: a number, ",
        ("family=[gamma]", "start.alpha=0"): "start.alpha=0 is not allowed; allowed: a finite number > 0",
        ("family=[bernoulli]", "start.p=2"): "unknown key 'start.p'; known: start.logit",
    }.items():
        assert one_line(fit_into(tmp_path, *words)).startswith(start)


@pytest.mark.parametrize(("start", "allowed"), [("[[0,1,2]]", 2), ("[[0,a]]", 0), ("[[]]", 0)])
def test_a_start_has_a_number_for_each_component(tmp_path: Path, start: str, allowed: int) -> None:
    untied = ("objective=[normal_target]", "objective.normal_target.dimension=[2]", "components=[untied]")
    line = one_line(fit_into(tmp_path, *untied, f"start.mu={start}"))
    assert line.startswith("start.mu=")
    assert line.endswith(f"for each of the {allowed} components of normal_target" if allowed else "a finite number")


def test_a_study_is_for_its_command() -> None:
    assert one_line(command("fit", "study=question")).endswith("is for sweep: python -m bench sweep study=question")
    assert one_line(command("sweep", "study=asker")).endswith("is for fit: python -m bench fit study=asker")


def test_what_a_family_lacks_leaves_nothing_to_do(tmp_path: Path) -> None:
    code, out, err = fit_into(tmp_path, "family=[bernoulli]", "estimator=[pathwise]")
    assert (code, out) == (5, "")
    assert err == "error: nothing to measure: every cell is skipped: bernoulli has no path: y jumps between 0 and 1\n"
    assert contents(tmp_path) == {}


def test_a_dry_run_names_learners_and_skips_and_writes_nothing(tmp_path: Path) -> None:
    words = ("family=[normal,bernoulli]", "estimator=[pathwise,score_function,score_function_loo]", "samples=[1,2]")
    out = fitted(tmp_path, *words, "dry_run=true").out
    assert out.startswith("learners: 8, each of 16 replicates and 40 steps: 5.12e+03 in all\n")
    assert "  skipped 2: pathwise: bernoulli has no path: y jumps between 0 and 1\n" in out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("learning_rate=[1000]",), ("learning_rate=[1e308]", "optimiser=[adam,sgd]")])
def test_divergence_is_a_status(tmp_path: Path, words: tuple[str, ...]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        code, out, err = fit_into(tmp_path, "dataset_size=[5]", EVERY, LINKS, *words)
    assert code in (0, 5), out
    assert [line for line in err.splitlines() if not line.startswith("descent: ")] == []
    last = [row for row in rows(tmp_path / "fit", "curves") if row["step"] == "40"]
    assert {row["estimator"] for row in last} == {*EVERY.partition("=")[2].strip("[]").split(",")}
    gone = [row for row in last if row["diverged"] == "16"]
    assert len(gone) > len(last) / 2
    assert all(row["mu"] == "" and row["status"] != "ok" for row in gone)


def test_where_everything_diverged_nothing_was_measured_and_it_is_written(tmp_path: Path) -> None:
    code, out, _ = fit_into(tmp_path, *SMALL, "learning_rate=[1e308]", "objective=[squared_error]")
    assert code == 5
    assert "; 64 of 64 replicates diverged\nevery replicate diverged, so nothing was measured: " in out
    assert json.loads((tmp_path / "fit" / "manifest.json").read_text())["verdict"]["diverged"] == 64
    assert rows(tmp_path / "fit", "paths")


@pytest.mark.parametrize(
    "start",
    [
        *("start.sigma=1e-300", "start.sigma=1e-160"),
        *(pytest.param(word, marks=pytest.mark.slow) for word in ("start.sigma=1e300", "start.mu=1e154")),
    ],
)
def test_the_ends_of_the_numbers_are_no_false_alarm(tmp_path: Path, start: str) -> None:
    code, out, _ = fit_into(tmp_path, "dataset_size=[5]", start)
    assert code in (0, 5), out


def test_a_folder_that_holds_a_run_of_the_other_kind_is_refused_and_left(tmp_path: Path) -> None:
    runs = {"sweep": (*ONE_ROUND, *ONE_CELL, "study=smoke"), "fit": (*QUICK, *SMALL)}
    for kind, other in (("sweep", "fit"), ("fit", "sweep")):
        words = (f"output={tmp_path}", f"name={kind}")
        assert command(kind, *runs[kind], *words).code == 0
        before = {path: path.read_bytes() for path in (tmp_path / kind).rglob("*") if path.is_file()}
        line = one_line(command(other, *runs[other], *words))
        assert line.endswith(f"holds a {kind}; give this {other} another name, or remove that folder")
        assert before == {path: path.read_bytes() for path in (tmp_path / kind).rglob("*") if path.is_file()}


def test_a_disk_without_room_is_one_line_and_leaves_the_earlier_fit(tmp_path: Path) -> None:
    """`ulimit -f` lets no file grow over so many blocks."""
    words = instead(*QUICK, *SMALL, f"output={tmp_path}", "name=fit")
    line = " ".join(["ulimit -f 8; trap '' XFSZ; exec", sys.executable, "-m bench fit", *map(shlex.quote, words)])
    full = subprocess.run(["bash", "-c", line], cwd=TOP, capture_output=True, text=True, timeout=SLOW_S)
    assert full.returncode != 0
    assert "Traceback" not in full.stderr
    assert [error.startswith("error: ") for error in full.stderr.splitlines()].count(True) == 1
    assert not list((tmp_path / "fit").glob("*.csv"))


def test_a_folder_at_work_is_refused(tmp_path: Path) -> None:
    fitted(tmp_path, *SMALL)
    before = contents(tmp_path)
    with Journal(tmp_path / "fit"):
        code, _, err = fit_into(tmp_path, *SMALL, "seed=1")
    assert code == 2
    assert err.splitlines()[-1].startswith("error: name: a sweep, a fit or a report is at work in ")
    assert contents(tmp_path) == before
