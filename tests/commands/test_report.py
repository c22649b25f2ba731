"""`python -m bench report`: a report redrawn from the tables of its run, or refused in one line."""

import csv
import io
import shutil
from pathlib import Path

import pytest

from bench.engine.journal import Journal
from bench.errors import BadInput
from bench.report import write
from bench.tables import files
from tests.support.command import Outcome, command, contents, one_line
from tests.support.damaged import manifest, report, save


@pytest.fixture
def run(smoke: tuple[Path, Outcome], tmp_path: Path) -> Path:
    """A copy of a finished run."""
    return Path(shutil.copytree(smoke[0], tmp_path / "run"))


def test_a_report_is_redrawn_from_its_tables_alone(smoke: tuple[Path, Outcome], tmp_path: Path) -> None:
    run, before = tmp_path / "run", contents(smoke[0])
    run.mkdir()
    for file in smoke[0].glob("*.*"):
        if file.suffix != ".md":
            (run / file.name).write_bytes(file.read_bytes())
    code, out, _ = command("report", f"output={tmp_path}", "name=run")
    assert (code, out) == (0, f"report: {run / 'report.md'}\n")
    assert contents(run) == before


def test_one_figure_for_a_paper_leaves_all_else(run: Path) -> None:
    before = contents(run)
    paper = ("style=icml", "style.width=6.75", "figures=[variance_samples]", "format=[pdf,pgf]")
    code, _, err = command("report", f"output={run.parent}", "name=run", *paper)
    assert (code, err) == (0, "")
    after = contents(run)
    added = {f"figures/variance_samples.{suffix}" for suffix in ("pdf", "pgf")}
    assert after.keys() - before.keys() == added
    assert {file for file in before if after[file] != before[file]} == {"report.md", "index.html"}


def test_what_is_not_redrawn_is_named(run: Path) -> None:
    kept = sorted(path for path in contents(run) if path.startswith("figures/"))
    code, out, _ = report(run)
    remaining = [path for path in kept if path not in ("figures/ratios.tex", *drawn("variance_samples", "svg"))]
    assert code == 0
    assert out.splitlines()[1] == f"kept as they were, of the same tables: {', '.join(remaining)}"


def drawn(figure: str, suffix: str) -> list[str]:
    """The files that a figure in one format has."""
    return [f"figures/{figure}.{end}" for end in (suffix, "csv", "tex")]


def test_the_figure_of_a_plugin_that_is_not_loaded_stays_and_is_named(run: Path) -> None:
    for path in (run / "figures").glob("variance_samples.*"):
        text = path.read_bytes().replace(b"variance_samples", b"mine")
        path.with_stem("mine").write_bytes(text)
    before = contents(run)
    code, out, _ = command("report", f"output={run.parent}", "name=run")
    assert code == 0
    named = [f"figures/mine.{end}" for end in ("csv", "png", "svg", "tex")]
    assert out.splitlines()[1] == f"kept as they were, of the same tables: {', '.join(named)}"
    assert {path: contents(run)[path] for path in named} == {path: before[path] for path in named}


HILLS = """import numpy as np
from bench.wrap import objective
WORDS = {"label": "hilly $f_0$", "symbols": {"k": "$k_0$"}}
PLUGIN = objective("hills", lambda y, k: np.sin(k * y).sum(axis=0), phi={"k": 2.0}, **WORDS)
"""


def test_labels_of_a_plugin_that_is_not_loaded_are_those_of_its_run(tmp_path: Path) -> None:
    (file := tmp_path / "hills.py").write_text(HILLS)
    grid = ("objective=[hills]", "estimator=[score_function]", "sigma=[1]", "samples=[1,4]")
    words = (*grid, "precision=10", "rounds=0")
    asked = ("sweep", "study=smoke", f"output={tmp_path}", "name=run", f"plugins=[{file}]", "executor=serial", *words)
    assert command(*asked)[0] == 0
    assert manifest(tmp_path / "run")["words"].items() >= {"hills": "hilly $f_0$", "k": "$k_0$"}.items()
    before = contents(tmp_path / "run")
    caption = (tmp_path / "run" / "figures" / "variance_samples.tex").read_text()
    assert "hilly $f_0$" in caption
    assert "$k_0=2$" in caption
    file.unlink()
    assert command("report", f"output={tmp_path}", "name=run")[0] == 0
    assert contents(tmp_path / "run") == before


def test_no_report_is_drawn_while_a_sweep_is_at_work(run: Path) -> None:
    before = contents(run)
    with Journal(run):
        line = one_line(report(run))
    assert line == f"name: a sweep, a fit or a report is at work in {str(run)!r}; wait, or give another name"
    assert contents(run) == before
    assert report(run).code == 0


def test_no_sweep_begins_while_a_report_is_drawn(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So words and tables are of one run: what a report has read is what lies there when it is written."""
    said = []

    def redrawn(folder: Path, *arguments: object) -> write.Report:
        with pytest.raises(BadInput, match="a sweep, a fit or a report is at work"), Journal(folder):
            pass
        said.append(folder)
        return write.Report({}, ())

    monkeypatch.setattr(write, "redrawn_report", redrawn)
    assert report(run).code == 0
    assert said == [run]


def test_a_report_of_no_run(tmp_path: Path) -> None:
    line = one_line(command("report", "name=nowhere", f"output={tmp_path}"))
    assert line.startswith("unknown run 'nowhere'; known: none in ")
    assert "name='a/b' is not allowed" in one_line(command("report", "name=a/b", f"output={tmp_path}"))


REPORTS = {
    "unknown style": ("style=nature", "unknown style 'nature'; known: icml, jmlr, neurips, poster, web"),
    "unknown key of a style": ("style.height=2", "unknown key 'style.height'; known: style.dpi, style.font, "),
    "width of a style": ("style.width=-1", "style.width=-1 is not allowed; allowed: a number from 1 to 60"),
    "unknown format": ("format=[pdf,jpg]", "unknown format 'jpg'; known: pdf, pgf, png, svg"),
    "unknown figure": ("figures=[pie]", "unknown figure 'pie'; known: efficiency_map, "),
}


@pytest.mark.parametrize("case", REPORTS)
def test_a_report_that_cannot_be_drawn_overwrites_nothing(tmp_path: Path, case: str) -> None:
    run = tmp_path / "run"
    run.mkdir()
    for name in ("report.md", "manifest.json"):
        (run / name).write_text("{}")
    before = contents(tmp_path)
    override, message = REPORTS[case]
    assert one_line(command("report", "name=run", f"output={tmp_path}", override)).startswith(message)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("verdict", [{}, {"ok": False, "failures": 3}, {"ok": True, "checks": 12, "coverage": "much"}])
def test_a_manifest_that_no_section_can_be_made_of_is_named(run: Path, verdict: object) -> None:
    save(run, manifest(run) | {"verdict": verdict})
    before = contents(run)
    line = one_line(report(run))
    assert line.startswith(f"cannot read {run / 'manifest.json'}: ")
    assert line.endswith("; run the sweep again")
    assert contents(run) == before


def test_a_folder_that_cannot_be_written_keeps_its_report(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files, "open", refused, raising=False)
    before = contents(run)
    assert one_line(report(run)) == (f"output: cannot write to {str(run)!r}: Permission denied; give a writable folder")
    assert contents(run) == before


def anew(run: Path) -> Outcome:
    return command("report", f"output={run.parent}", f"name={run.name}")


def test_a_fit_is_redrawn_to_the_byte(descended: tuple[Path, Outcome], tmp_path: Path) -> None:
    assert descended[1].code == 0, descended[1].err
    run = Path(shutil.copytree(descended[0], tmp_path / "run"))
    before = contents(run)
    code, out, _ = anew(run)
    assert (code, out.splitlines()[0]) == (0, f"report: {run / 'report.md'}")
    assert contents(run) == before
    text = (run / "report.md").read_text()
    titles = [line for line in text.splitlines() if line.startswith("## ")]
    assert titles[:3] == ["## Verdict", "## The answer", "## What was asked"]
    assert titles[3:5] == ["## Where they ended", "## Who gets there first"]
    drawn_now = {path.stem for path in (run / "figures").glob("*.svg")}
    assert drawn_now == {
        "loss_steps",
        "loss_seconds",
        "loss_evaluations",
        "time_to_gap",
        "trajectories",
        "variance_steps",
    }


def test_figures_are_of_one_kind_of_run(run: Path, descended: tuple[Path, Outcome], tmp_path: Path) -> None:
    fit = Path(shutil.copytree(descended[0], tmp_path / "fit"))
    for folder, name, kind in ((fit, "variance_ratio_sigma", "fit"), (run, "loss_steps", "sweep")):
        before = contents(folder)
        outcome = command("report", f"output={folder.parent}", f"name={folder.name}", f"figures=[{name}]")
        assert one_line(outcome).startswith(
            f"figures='{name}' is not allowed; allowed: figures of a {kind}, which this run is: "
        )
        assert contents(folder) == before


def test_a_number_of_a_fit_that_was_changed_is_named_by_its_row(
    descended: tuple[Path, Outcome], tmp_path: Path
) -> None:
    for name, column in (
        ("curves", "loss"),
        ("paths", "mu"),
        ("times", "steps"),
        ("firsts", "p"),
        ("contours", "loss"),
    ):
        run = Path(shutil.copytree(descended[0], tmp_path / name))
        header, first, *others = (run / f"{name}.csv").read_text().splitlines()
        fields = next(csv.reader([first]))
        fields[header.split(",").index(column)] = "0.123"
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(fields)
        (run / f"{name}.csv").write_text("\n".join([header, line.getvalue().strip(), *others]) + "\n")
        told = one_line(anew(run))
        assert f"{name}.csv was changed after the run: line 2, the row of squared_error" in told
        assert f", in {column}; run the fit again: python -m bench fit " in told
