"""Sweeps that are stopped, resumed, or meet a folder that is full, gone or in use: what is on the disk is whole."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

import pytest

from bench import provenance
from bench.engine.journal import Journal
from bench.report import write
from bench.tables import csv, files
from tests.support.command import ONE_CELL, ONE_ROUND, Outcome, command, contents, lines, plugin_files
from tests.support.sweeps import Sweep, same


def test_words_of_earlier_tables_do_not_stay_beside_new_ones(
    tmp_path: Path, sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x").mkdir()
    for name in ("report.md", "index.html", "notes.md"):
        (tmp_path / "x" / name).write_text("of earlier tables")

    def fail(*arguments: object) -> None:
        raise RuntimeError("no figure")

    monkeypatch.setattr(write, "new_report", fail)
    with pytest.raises(RuntimeError, match="no figure"):
        sweep("name=x", *ONE_CELL)
    left = {path.name for path in (tmp_path / "x").iterdir()}
    assert not left & {"report.md", "index.html"}
    assert {"statistics.csv", "manifest.json", "notes.md"} <= left


class Killed(Exception):
    """The end of a process."""


def test_a_resumed_run_says_so_and_has_the_same_tables(
    tmp_path: Path, sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first sweep ends after one entry; the second goes on, on a machine of another name."""
    real = Journal.write

    def last(journal: Journal, *arguments: Any) -> None:
        real(journal, *arguments)
        raise Killed

    elsewhere = provenance.cpu() | {"model": "Another CPU"}
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "write", last)
        with pytest.raises(Killed):
            sweep("name=x", "resume=true", *ONE_CELL)
    monkeypatch.setattr(provenance, "cpu", lambda: elsewhere)
    code, out, _ = sweep("name=x", "resume=true", *ONE_CELL)
    assert code == 0
    record = json.loads((tmp_path / "x" / "manifest.json").read_text())
    first, second = record["sessions"]
    assert [*first["phases"]] == ["sampling"]
    assert [*second["phases"]] == ["sampling", "oracle", "timing", "writing", "exact curves"]
    assert second["cpu"] == record["cpu"] == elsewhere
    assert first["cpu"]["model"] != "Another CPU"
    assert record["phases"]["sampling"] == round(first["phases"]["sampling"] + second["phases"]["sampling"], 3)
    said = [line for line in out.splitlines() if line.startswith("session ")]
    assert [line.partition(":")[0] for line in said] == ["session 1 of 2", "session 2 of 2"]
    assert "Another CPU" in said[1]
    sweep("name=fresh", *ONE_CELL)
    assert same(tmp_path / "x", tmp_path / "fresh")
    assert len(json.loads((tmp_path / "fresh" / "manifest.json").read_text())["sessions"]) == 1


def test_a_page_and_a_report_say_that_a_run_was_resumed(tmp_path: Path) -> None:
    for _ in range(2):
        command("sweep", "study=smoke", f"output={tmp_path}", "name=x", "precision=10", "rounds=0", *ONE_CELL)
    for name in ("report.md", "index.html"):
        text = (tmp_path / "x" / name).read_text()
        assert "session 1 of 2: began " in text
        assert "session 2 of 2: began " in text


def test_a_folder_that_vanishes_is_one_line(tmp_path: Path, sweep: Sweep, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Journal.write

    def vanishes(journal: Journal, *arguments: Any) -> None:
        shutil.rmtree(tmp_path / "x", ignore_errors=True)
        real(journal, *arguments)

    monkeypatch.setattr(Journal, "write", vanishes)
    code, out, err = sweep("name=x", *ONE_CELL)
    assert (code, out) == (1, "")
    last = err.splitlines()[-1]
    assert last.startswith(
        f"error: output: {str(tmp_path / 'x')!r} was changed by something else while it was written to"
    )
    assert "Traceback" not in err


def test_an_interrupted_report_leaves_the_earlier_run(
    tmp_path: Path, sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep("name=x", *ONE_CELL)
    before = contents(tmp_path)

    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(write, "new_report", interrupted)
    with pytest.raises(KeyboardInterrupt):
        command("sweep", "study=smoke", f"output={tmp_path}", "name=x", "seed=1", *ONE_ROUND, *ONE_CELL)
    assert contents(tmp_path) == before


def test_no_room_for_tables_and_report_together_leaves_the_earlier_run(
    tmp_path: Path, sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep("name=x", *ONE_CELL)
    before = contents(tmp_path)

    def full(path: Path, mode: str) -> IO[bytes]:
        if ".report.md." in path.name:
            raise OSError(28, "No space left on device")
        return open(path, mode)

    monkeypatch.setattr(files, "open", full, raising=False)
    monkeypatch.setattr(write, "new_report", lambda *arguments: write.Report({"report.md": b"new"}, ()))
    code, _, err = sweep("name=x", "seed=1", *ONE_CELL)
    assert code == 2
    assert "no room left" in err
    assert contents(tmp_path) == before


def test_a_stopped_sweep_goes_on_and_a_wider_one_computes_what_is_new(
    tmp_path: Path, sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Units of work are counted as they are written; a fresh sweep of the wider grid gives the same bytes."""
    wider = ("sigma=[0.5,1.0]", *ONE_CELL[1:])
    written: list[int] = []
    real = Journal.write

    def counted(journal: Journal, units: Mapping[bytes, bytes], *stages: int | None) -> None:
        written.append(len(units))
        real(journal, units, *stages)  # type: ignore[arg-type]

    monkeypatch.setattr(Journal, "write", counted)
    sweep("name=x", *ONE_CELL)
    first = sum(written)
    sweep("name=x", "resume=true", *ONE_CELL)
    assert sum(written) == first > 0
    sweep("name=x", "resume=true", *wider)
    assert sum(written) == 2 * first
    sweep("name=fresh", *wider)
    assert lines(tmp_path / "x") == lines(tmp_path / "fresh")


def test_two_sweeps_under_one_name_at_once(tmp_path: Path, sweep: Sweep) -> None:
    sweep("name=x", *ONE_CELL)
    before = contents(tmp_path)
    with Journal(tmp_path / "x"):
        code, _, err = sweep("name=x", "seed=1", *ONE_CELL)
    assert code == 2
    assert err.splitlines()[-1].startswith("error: name: a sweep, a fit or a report is at work in ")
    assert contents(tmp_path) == before


SCALED = '''"""f(y) = sum_j G (y_j - 1)^2 in 5 dimensions; G stands in a file."""

import json
from pathlib import Path

from bench.wrap import objective

G = float(json.loads((Path(__file__).parent / "scale.json").read_text())["scale"])
PLUGIN = objective("scaled", lambda y: (G * (y - 1) ** 2).sum(axis=0), slope=lambda y: 2 * G * (y - 1), dimension=5)
'''


def test_what_a_plugin_reads_makes_a_resumed_run_anew(sweep: Callable[..., Outcome], tmp_path: Path) -> None:
    """Of the sum of five squares about 1 the gradient by mu is -10 G at 0, the pathwise variance 20 G^2 / 10."""
    (tmp_path / "scaled.py").write_text(SCALED)
    words = (plugin_files(tmp_path / "scaled.py"), "objective=[scaled]", "mu=[0.0]", "sigma=[1.0]", "samples=[10]")
    for scale in (1.0, 3.0):
        (tmp_path / "scale.json").write_text(f'{{"scale": {scale}}}')
        assert sweep(*words, "estimator=[pathwise]", "name=scaled")[0] == 0
        row = csv.read(tmp_path / "scaled")["statistics"].query("parameter == 'mu'").iloc[0]
        assert row["variance_low"] < 2 * scale**2 < row["variance_high"]
        assert abs(row["gradient"] + 10 * scale) < 6 * row["gradient_se"]
