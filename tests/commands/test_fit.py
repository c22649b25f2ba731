"""Whole fits: the same bytes from every way to run them, statuses, exit codes, and what stays on the disk."""

import json
import warnings
from pathlib import Path

import pytest

from bench.config.compose import compose
from bench.registry import Registry
from bench.tables.contents import BY_KIND
from tests.support.command import ONE_CELL, ONE_ROUND, Outcome, command, contents, one_line, rows
from tests.support.fits import QUICK, fit_into, without_report
from tests.support.hints import hints, typed
from tests.support.whole_fits import SMALL, fitted, numbers

EVERY = "estimator=[pathwise,score_function,score_function_loo,measure_valued]"
LINKS = "parameterisation=[sigma,log_sigma,sigma2,softplus]"


@pytest.fixture(autouse=True)
def tables_alone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "descended" not in request.fixturenames:
        without_report(monkeypatch)


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
@pytest.mark.thinned(3)
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
    assert (code, out) == (2, "")
    assert err.startswith("error: estimator='pathwise' is not allowed; allowed: one that runs in any cell; ")
    assert err.endswith("this one in none: bernoulli has no path: y jumps between 0 and 1\n")
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
