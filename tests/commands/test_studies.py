"""Studies run one after the other, whatever becomes of one; the index lists their runs, and how those ended without."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from matplotlib.image import imread

from bench.commands import studies
from bench.report.index import page as index
from tests.support.command import Outcome, command, one_line

ENDS = {
    "smoke": (0, "VERDICT ok: 80 gradients\n", ""),
    "question": (3, "VERDICT FAILED: 2 of 9\n", ""),
    "vae": (2, "", "error: no JAX"),
}


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch, smoke: tuple[Path, Outcome]) -> list[list[str]]:
    """The command lines that are run; of each study of ENDS comes what it says, and of the first two a run."""
    words: list[list[str]] = []

    def run(line: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        words.append(line[3:])
        keys = dict(word.split("=", 1) for word in line[4:])
        code, out, err = ENDS[keys["study"]]
        if out:
            shutil.copytree(smoke[0], Path(keys["output"], keys["name"]))
        return subprocess.CompletedProcess(line, code, out, err)

    monkeypatch.setattr(studies.subprocess, "run", run)
    return words


def test_each_has_a_process_a_card_and_a_small_picture(tmp_path: Path, lines: list[list[str]]) -> None:
    code, out, err = command("studies", f"output={tmp_path}", "only=[question,smoke,vae]")
    assert code == 3, err  # the worst
    assert lines == [
        [kind, f"study={name}", f"name={name}", f"output={tmp_path}"]
        for kind, name in (("sweep", "question"), ("sweep", "smoke"), ("fit", "vae"))
    ]
    assert [text.rpartition(" (")[0] for text in out.splitlines()[:3]] == [
        "question: VERDICT FAILED: 2 of 9",
        "smoke: VERDICT ok: 80 gradients",
        "vae: error: no JAX",
    ]
    page = (tmp_path / "index.html").read_text()
    assert page.count("<article>") == 3
    assert 'src="smoke/figures/' in page
    assert 'href="vae/index.html"' not in page
    assert "error: no JAX" in page
    left = sorted(path.name for path in (tmp_path / "studies").iterdir())
    assert left == ["estimators.csv", "question.png", "smoke.png"]
    assert imread(tmp_path / "studies" / "smoke.png").shape[1] == pytest.approx(320, abs=1)


def test_the_index_is_right_after_each(tmp_path: Path, lines: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    pages: list[str] = []
    written = index.files.update
    monkeypatch.setattr(
        index.files,
        "update",
        lambda folder, texts, *stale: (pages.append(texts["index.html"]), written(folder, texts, *stale)),
    )
    assert command("studies", f"output={tmp_path}", "only=[smoke,vae]").code == 2
    assert [page.count("<article>") for page in pages] == [1, 2]


def test_an_unknown_study_is_named_and_nothing_is_run(tmp_path: Path, lines: list[list[str]]) -> None:
    line = one_line(command("studies", f"output={tmp_path / 'here'}", "only=[smoke,x]"))
    assert line.startswith("unknown study 'x'; known: asker, ")
    assert lines == []
    assert not (tmp_path / "here").exists()
