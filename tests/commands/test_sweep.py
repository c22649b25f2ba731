"""Whole sweeps: the same bytes from every way to run them, statuses, exit codes, and what stays on the disk."""

import json
import math
from pathlib import Path

import pytest

from bench.report import write
from bench.tables import csv
from bench.tables.contents import BY_KIND
from tests.support import slips
from tests.support.command import ONE_CELL, ONE_ROUND, TOP, Outcome, command, lines, plugin_files, rows
from tests.support.sweeps import DETERMINISTIC, Sweep, same

Smoke = tuple[Path, Outcome]
BIASED = TOP / "tests" / "plugins" / "mutants" / "score_function_biased.py"


def test_a_run_leaves_all_its_files_and_its_result(smoke: Smoke) -> None:
    run, (code, out, err) = smoke
    assert code == 0
    assert {path.name for path in run.iterdir()} == {
        *(f"{table.name}.csv" for table in BY_KIND["sweep"] if not table.optional),
        "lines.csv",
        "draws.csv",
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


@pytest.mark.slow
def test_every_number_of_an_ok_row_is_finite(sweep: Sweep, tmp_path: Path) -> None:
    code, _, err = sweep("name=far", "sigma=[1e-300,1e77,1e300]", "samples=[1]", "dataset_size=[5]")
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
    asked = "name=none", "latent=[shared]", "samples=[1]"
    code, out, err = sweep(*asked, "estimator=[score_function_local,score_function_loo]")
    assert (code, out) == (5, "")
    reason = "needs latent=per_datum, or an objective of several components; needs samples >= 2"
    assert err == f"error: nothing to measure: every cell is skipped: {reason}\n"
    code, out, err = sweep(*asked, "estimator=[score_function_loo]")
    assert (code, out) == (2, "")
    assert err == (
        "error: estimator='score_function_loo' is not allowed; allowed: one that runs in any cell; this one in none: "
        "needs samples >= 2\n"
    )
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
    whole = (f"{table.name}.csv" for table in BY_KIND["sweep"] if not table.optional)
    assert left == {*whole, "draws.csv", "manifest.json"}
    assert csv.read(tmp_path / "x")


def test_a_users_figure_that_fails_costs_neither_numbers_nor_the_rest_of_the_report(tmp_path: Path) -> None:
    (tmp_path / "my.py").write_text(slips.FIGURE.replace("    return canvas", "    raise ValueError"))
    chosen = plugin_files(tmp_path / "my.py"), f"output={tmp_path}", "name=x"
    code, out, err = command("sweep", "study=smoke", *chosen, *ONE_ROUND, *ONE_CELL)
    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith(f"error: plugins: {tmp_path / 'my.py'}: draw: line 15: raises ValueError: ")
    assert csv.read(tmp_path / "x")
    assert "Not drawn: its plug-in failed: " in (tmp_path / "x" / "report.md").read_text()
