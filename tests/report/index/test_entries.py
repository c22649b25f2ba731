"""A run is told by its question, verdict, ranking, machine and day; what cannot be read is told too."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure

from bench.report.index.entries import entries, picture
from bench.report.index.page import page
from tests.support.command import Outcome

SUMMARIES = {("study", "smoke"): "Seconds: a small corner."}


@pytest.fixture
def folder(smoke: tuple[Path, Outcome], descended: tuple[Path, Outcome], tmp_path: Path) -> Path:
    """A sweep, a fit and what is no run."""
    shutil.copytree(smoke[0], tmp_path / "swept")
    shutil.copytree(descended[0], tmp_path / "fitted")
    (tmp_path / "notes").mkdir()
    return tmp_path


def changed(run: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Write the manifest of a run anew."""
    manifest = json.loads((run / "manifest.json").read_text())
    change(manifest)
    (run / "manifest.json").write_text(json.dumps(manifest))


def test_a_sweep_and_a_fit_are_told(folder: Path) -> None:
    told = {entry.name: entry for entry in entries(folder, SUMMARIES)}
    assert set(told) == {"swept", "fitted"}
    swept, fitted = told["swept"], told["fitted"]
    manifest = json.loads((folder / "swept" / "manifest.json").read_text())
    assert (swept.kind, fitted.kind) == ("sweep", "fit")
    assert swept.question == SUMMARIES["study", "smoke"]
    assert fitted.question.startswith("Where does descent on squared error end with ")
    assert swept.verdict == f"ok: {manifest['verdict']['checks']} checks against exact values"
    assert swept.ok
    assert swept.ranking[0] == "pathwise: 48 of 48 at equal seconds, 32 of 32 at equal evaluations"
    assert swept.ranking[1].startswith("local score function: ")
    assert fitted.ranking[0].endswith(" %")
    assert manifest["cpu"]["model"] in swept.machine
    assert swept.began == manifest["sessions"][-1]["start"]
    assert swept.report == "swept/index.html"
    assert (folder / swept.picture).is_file()
    assert swept.picture.startswith("swept/figures/")


def test_a_run_of_no_study_is_told_by_its_report(folder: Path) -> None:
    told = {entry.name: entry for entry in entries(folder, {})}
    assert told["swept"].question.endswith("at what cost in time?")


def test_a_published_question_is_before_the_line_about_the_study(folder: Path) -> None:
    changed(folder / "swept", lambda manifest: manifest["config"].update(published={"question": "Why?"}))
    assert {entry.name: entry.question for entry in entries(folder, SUMMARIES)}["swept"] == "Why?"


def test_a_line_about_a_study_of_a_fit_begins_with_what_it_asks(folder: Path) -> None:
    told = entries(folder, {("study", "smoke"): "For fit. Who is first?"})
    assert "Who is first?" in {entry.question for entry in told}


def test_the_latest_is_first(folder: Path) -> None:
    def later(manifest: dict[str, Any]) -> None:
        manifest["sessions"][-1]["start"] = "2999-01-01T00:00:00+00:00"

    for name in ("swept", "fitted"):
        changed(folder / name, later)
        assert entries(folder, {})[0].name == name
        changed(folder / name, lambda manifest: manifest["sessions"][-1].update(start="2000-01-01T00:00:00+00:00"))


def test_where_nothing_was_compared_nothing_is_ok(folder: Path) -> None:
    changed(folder / "swept", lambda manifest: manifest["verdict"].update(checks=0))
    (swept,) = (entry for entry in entries(folder, {}) if entry.name == "swept")
    assert (swept.verdict, swept.ok) == ("nothing was compared with an oracle", None)
    assert '<p class="run">nothing was compared' in page([swept], [])


def test_a_failure_is_told(folder: Path) -> None:
    changed(folder / "swept", lambda manifest: manifest["verdict"].update(ok=False, failures=["a row"]))
    (swept,) = (entry for entry in entries(folder, {}) if entry.name == "swept")
    assert not swept.ok
    assert swept.verdict.startswith("FAILED: ")
    assert swept.verdict.endswith("the first is a row")


@pytest.mark.parametrize(
    ("file", "text"), [("statistics.csv", "schema\n1\n"), ("manifest.json", "[]"), ("manifest.json", "{")]
)
def test_what_cannot_be_read_is_told_and_the_others_are_listed(folder: Path, file: str, text: str) -> None:
    (folder / "swept" / file).write_text(text)
    told = {entry.name: entry for entry in entries(folder, SUMMARIES)}
    assert told["swept"].verdict.startswith("cannot be read: ")
    assert not told["swept"].ok
    assert told["fitted"].ok


def test_the_picture_is_the_one_that_says_the_most_or_any(tmp_path: Path) -> None:
    (figures := tmp_path / "figures").mkdir()
    assert picture(tmp_path) is None
    for name in ("efficiency_map", "variance_samplers"):
        Figure(figsize=(1, 1)).savefig(figures / f"{name}.png")
    assert picture(tmp_path) == figures / "variance_samplers.png"
    (figures / "variance_samplers.png").unlink()
    assert picture(tmp_path) == figures / "efficiency_map.png"
