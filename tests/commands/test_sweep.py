"""Whole sweeps: the same bytes from every way to run them, statuses, exit codes, and what stays on the disk."""

import json
import math
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

import pytest

from bench import provenance
from bench.engine.journal import Journal
from bench.report import write
from bench.tables import csv, files
from bench.tables.contents import BY_KIND
from tests.support import slips
from tests.support.command import ONE_CELL, ONE_ROUND, TOP, Outcome, command, contents, lines, plugin_files, rows

Sweep = Callable[..., Outcome]
Smoke = tuple[Path, Outcome]
DETERMINISTIC = ("statistics", "ratios")
BIASED = TOP / "tests" / "plugins" / "mutants" / "score_function_biased.py"


def same(first: Path, second: Path) -> bool:
    return all((first / f"{name}.csv").read_bytes() == (second / f"{name}.csv").read_bytes() for name in DETERMINISTIC)


def test_a_run_leaves_all_its_files_and_its_result(smoke: Smoke) -> None:
    run, (code, out, err) = smoke
    assert code == 0
    assert {path.name for path in run.iterdir()} == {
        *(f"{table.name}.csv" for table in BY_KIND["sweep"] if not table.optional),
        "manifest.json",
        "index.html",
        "report.md",
        "figures",
        "journal.sqlite",
        "journal.lock",
    }
    assert out.startswith("VERDICT ok: ")
    assert f"report: {run / 'report.md'}" in out
    assert "sampling" in err
    assert "inf%" not in err


def test_every_executor_and_a_second_run_give_the_same_bytes(smoke: Smoke, sweep: Sweep, tmp_path: Path) -> None:
    for name, executor in (("a", "executor=threads"), ("b", "executor=serial")):
        assert sweep(f"name={name}", executor).code == 0
        assert same(smoke[0], tmp_path / name)


def test_another_seed_gives_other_numbers_everywhere(smoke: Smoke, sweep: Sweep, tmp_path: Path) -> None:
    sweep("name=other", "seed=1")
    for before, after in zip(rows(smoke[0]), rows(tmp_path / "other"), strict=True):
        if before["status"] == "ok":
            assert before["gradient"] != after["gradient"]
            assert before["variance"] != after["variance"]
            assert before["exact_variance"] == after["exact_variance"]


@pytest.mark.parametrize(
    "axis",
    [
        "sigma=[0.5,1.0,2.0]",
        "samples=[1,5,10,2000]",
        "samples=[1,10,3000]",
        "dataset_size=[1,3,5]",
        "mu=[0.0,1.0]",
    ],
)
def test_another_value_on_an_axis_leaves_the_old_rows(smoke: Smoke, sweep: Sweep, tmp_path: Path, axis: str) -> None:
    assert sweep("name=more", axis).code == 0
    for name in DETERMINISTIC:
        old, new = lines(smoke[0], name), lines(tmp_path / "more", name)
        assert len(new) > len(old)
        assert [line for line in new if line in set(old)] == old


def test_another_estimator_leaves_the_old_rows(smoke: Smoke, sweep: Sweep, tmp_path: Path) -> None:
    assert sweep("name=few", "estimator=[pathwise,score_function]").code == 0
    few, all_of_them = lines(tmp_path / "few"), lines(smoke[0])
    assert [line for line in all_of_them if b",score_function_local," not in line] == few


def test_the_order_of_an_axis_orders_the_rows_and_nothing_else(smoke: Smoke, sweep: Sweep, tmp_path: Path) -> None:
    reordered = "sigma=[2.0,0.5] samples=[10,1] dataset_size=[5,1] latent=[per_datum,shared]".split()
    assert sweep("name=order", "estimator=[score_function_local,score_function,pathwise]", *reordered).code == 0
    for name in DETERMINISTIC:
        old, new = lines(smoke[0], name), lines(tmp_path / "order", name)
        assert old != new
        assert sorted(old) == sorted(new)


def test_overflow_is_marked_and_never_a_silent_number(sweep: Sweep, tmp_path: Path) -> None:
    assert sweep("name=huge", "sigma=[1.0,1e150]").code == 0
    for name in DETERMINISTIC:
        measured = [row for row in rows(tmp_path / "huge", name) if not row["status"].startswith("skipped")]
        assert {(row["sigma"], row["status"]) for row in measured} == {
            ("1.0", "ok"),
            ("1e+150", "nonfinite: overflow or NaN"),
        }


def test_nothing_finite_is_no_success(sweep: Sweep) -> None:
    code, out, _ = sweep("name=huge", "sigma=[1e150]")
    assert code == 5
    assert out.startswith("VERDICT none: ")


def test_what_could_not_be_checked_is_counted(sweep: Sweep) -> None:
    code, out, _ = sweep("name=huge", "sigma=[1.0,1e150]")
    assert code == 0
    assert "gradients are not finite, not checked" in out.splitlines()[0]


def test_a_spread_lost_to_round_off_is_no_variance_of_zero(sweep: Sweep, tmp_path: Path) -> None:
    """At mu = 1e13 a pathwise gradient of 2e13 cannot hold its standard deviation of 2."""
    sweep("name=far", "mu=[1e13]", *ONE_CELL)
    status = {(row["estimator"], row["parameter"]): row["status"] for row in rows(tmp_path / "far")}
    assert status["pathwise", "mu"] == "constant: no spread beyond round-off"
    for row in rows(tmp_path / "far", "ratios"):
        assert row["variance_ratio"] not in ("inf", "0.0")


def test_every_number_of_an_ok_row_is_finite(sweep: Sweep, tmp_path: Path) -> None:
    code, _, err = sweep("name=far", "sigma=[1e-300,1e-150,1e77,1e100,1e300]", "samples=[1]", "dataset_size=[5]")
    assert code in (0, 5), err
    for row in rows(tmp_path / "far"):
        if row["status"] == "ok":
            assert all(math.isfinite(float(row[key])) for key in ("gradient", "variance", "exact_gradient"))


def test_a_budget_ends_sampling_and_the_rows_say_so(sweep: Sweep, tmp_path: Path) -> None:
    assert sweep("name=short", "precision=1e-9", "budget=400000", *ONE_CELL).code == 0
    statuses = {row["estimator"]: row["status"] for row in rows(tmp_path / "short")}
    assert statuses["score_function"] == "budget"


def test_without_rounds_there_are_no_times(sweep: Sweep, tmp_path: Path) -> None:
    assert sweep("name=untimed").code == 0
    assert lines(tmp_path / "untimed", "timings") == lines(tmp_path / "untimed", "efficiency") == []


def test_a_wrong_estimator_makes_the_sweep_fail_and_is_named(tmp_path: Path) -> None:
    """Off by 0.1 %: far below what sampling sees, so the oracle's integral must."""
    arguments = [f"output={tmp_path}", "name=wrong", plugin_files(BIASED), *ONE_ROUND, *ONE_CELL]
    code, out, _ = command("sweep", "study=smoke", *arguments, "estimator=[pathwise,score_function_biased]")
    assert code == 3
    first, *named = out.splitlines()
    assert first.startswith("VERDICT FAILED: ")
    assert named[0].startswith("  estimator score_function_biased: unbiased: ")  # its claim, beside the sweep's theta
    assert named[1].startswith(
        "  score_function_biased d/dmu, squared_error shared normal iid mu=1,sigma=1 dataset_size=5"
    )
    recorded = json.loads((tmp_path / "wrong" / "manifest.json").read_text())["verdict"]
    assert not recorded["ok"]
    assert [f"  {failure}" for failure in recorded["failures"]] == named[: len(recorded["failures"])]
    assert "FAILED" in (tmp_path / "wrong" / "report.md").read_text().splitlines()[0]


def test_nothing_to_measure_has_its_own_exit_code(sweep: Sweep, tmp_path: Path) -> None:
    code, out, err = sweep("name=none", "latent=[shared]", "estimator=[score_function_local]")
    assert (code, out) == (5, "")
    reason = "needs latent=per_datum, or an objective of several components"
    assert err == f"error: nothing to measure: every cell is skipped: {reason}\n"
    assert not (tmp_path / "none").exists()


@pytest.mark.usefixtures("tables_alone")
def test_real_data_with_outliers_converge(tmp_path: Path) -> None:
    code, out, _ = command("sweep", "study=newcomb", f"output={tmp_path}", "rounds=0")
    assert code == 0
    assert out.startswith("VERDICT ok")
    ratios = [row for row in rows(tmp_path / "newcomb", "ratios") if not row["status"].startswith("skipped")]
    assert {row["status"] for row in ratios} == {"ok"}
    assert {row["dataset_size"] for row in ratios} == {"10", "66"}
    for row in ratios:
        low, value, high = (float(row[f"variance_ratio{end}"]) for end in ("_low", "", "_high"))
        assert 0 < low < value < high < math.inf


def test_any_file_can_be_the_data(sweep: Sweep, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("when,what\n1,2.5\n2,-1\n3,0.25\n")
    data = ("data=csv", f"data.path={file}", "data.column=what", "dataset_size=[null,2]")
    assert sweep("name=mine", *data, "samples=[1]", "sigma=[1.0]").code == 0
    measured = [row for row in rows(tmp_path / "mine") if row["parameter"] == "mu" and row["status"] == "ok"]
    assert {(row["data"], row["dataset_size"]) for row in measured} == {("csv", "3"), ("csv", "2")}
    mean = {"3": 1.75 / 3, "2": 0.75}
    for row in measured:
        n = row["dataset_size"]
        assert float(row["exact_gradient"]) == pytest.approx(2 * int(n) * (1 - mean[n]), rel=1e-15)


def test_a_figure_that_fails_does_not_cost_the_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError("no figure")

    monkeypatch.setattr(write, "new_report", fail)
    with pytest.raises(RuntimeError, match="no figure"):
        command("sweep", "study=smoke", f"output={tmp_path}", "name=x", *ONE_ROUND, *ONE_CELL)
    left = {path.name for path in (tmp_path / "x").iterdir()} - {"journal.sqlite", "journal.lock"}
    assert left == {*(f"{table.name}.csv" for table in BY_KIND["sweep"] if not table.optional), "manifest.json"}
    assert csv.read(tmp_path / "x")


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
    assert [*second["phases"]] == ["sampling", "oracle", "timing", "writing"]
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


def test_a_users_figure_that_fails_costs_neither_numbers_nor_the_rest_of_the_report(tmp_path: Path) -> None:
    (tmp_path / "my.py").write_text(slips.FIGURE.replace("    return canvas", "    raise ValueError"))
    chosen = plugin_files(tmp_path / "my.py"), f"output={tmp_path}", "name=x"
    code, out, err = command("sweep", "study=smoke", *chosen, *ONE_ROUND, *ONE_CELL)
    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith(f"error: plugins: {tmp_path / 'my.py'}: draw: line 15: raises ValueError: ")
    assert csv.read(tmp_path / "x")
    assert "Not drawn: its plug-in failed." in (tmp_path / "x" / "report.md").read_text()


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
