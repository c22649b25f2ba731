"""`python -m bench compare`: verdicts, exit codes, what is printed and what is written."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench.tables.csv import to_csv
from bench.tables.manifest import written
from tests.support import compared
from tests.support.command import TOP, Outcome, command, one_line, rows
from tests.support.comparing import compare


def test_the_command_draws_nothing_and_loads_nothing_that_draws() -> None:
    script = "import bench.commands.compare, sys; assert not {'matplotlib', 'seaborn', 'pandas'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], cwd=TOP, check=True)


VERDICTS = {
    "same": (0, "COMPARE ok: 0 of 24 statistics changed (all the same bytes); times: 8 unchanged"),
    "slow": (
        4,
        "COMPARE regressed: 0 of 24 statistics changed (all the same bytes); times: 1 regressed, 7 unchanged",
    ),
    "elsewhere": (0, "COMPARE ok: 0 of 24 statistics changed (all the same bytes); times: 8 not judged"),
    "wrong": (4, "COMPARE statistics changed: 1 of 24 statistics changed (1 outside joint intervals); "),
    "digit": (4, "COMPARE statistics changed: 16 of 24 statistics changed (16 must be the same bytes and are not); "),
    "fewer": (0, "COMPARE ok: 0 of 20 statistics changed (all the same bytes); times: 6 unchanged"),
    "nothing": (5, "COMPARE nothing comparable: the two sides share no row"),
    "data": (5, "COMPARE different data: times: 8 unchanged"),
    "slow data": (4, "COMPARE regressed: times: 1 regressed, 7 unchanged"),
}


@pytest.mark.parametrize("head", VERDICTS)
def test_the_verdict_is_the_first_line_and_the_exit_code(runs: Path, head: str) -> None:
    code, out, err = compare(runs, head)
    expected, line = VERDICTS[head]
    assert (code, err) == (expected, "")
    assert out.splitlines()[0].startswith(line)


def test_the_worst_row_comes_first(runs: Path) -> None:
    header, first = compare(runs, "slow").out.splitlines()[4:6]
    assert header.split()[:3] == ["value", "row", "base"]
    assert first.endswith("  regressed")
    assert "  1.3 [" in first
    assert compare(runs, "slow", "threshold=0.4").code == 0


def test_notes_say_what_decides_and_what_is_missing(runs: Path) -> None:
    assert "Same versions, CPU model, seed and block: statistics must agree to the byte." in compare(runs, "same").out
    assert "for these differ: numpy 2.4.6 -> 2.5.0." in compare(runs, "wrong").out
    assert "needs another `bench.__version__`" in compare(runs, "digit").out
    elsewhere = compare(runs, "elsewhere").out
    assert (
        "Times are not judged, for the machines differ or are unknown: base A CPU, 2 cores; head Another" in elsewhere
    )
    fewer = compare(runs, "fewer").out
    assert (
        "Only in base: 2 rows of timings, the first is squared_error shared normal tied direct iid score_function "
        in fewer
    )
    assert "Only in base: 2 rows of statistics, the first is " in fewer
    for head in ("data", "slow data"):
        assert "The runs are of different data, whose statistics are not compared." in compare(runs, head).out
        assert "to the byte" not in compare(runs, head).out


def test_files_are_for_people_and_for_programs(runs: Path, tmp_path: Path) -> None:
    page, data = tmp_path / "page.md", tmp_path / "data.json"
    code, out, _ = compare(runs, "slow", f"markdown={page}", f"json={data}")
    text, record = page.read_text(), json.loads(data.read_text())
    assert text.startswith(f"### {out.splitlines()[0]}\n")
    assert "- Base: base, commit 0123456789, on A CPU, 2 cores.\n" in text
    assert text.index("| regressed |") < text.index("<details><summary>7 other times</summary>")
    assert (record["verdict"], record["exit_code"]) == ("regressed", code)
    assert len(record["statistics"]) == 24
    first = record["times"][0]
    assert (first["call"], first["estimator"], first["dataset_size"]) == ("regressed", "score_function", "1")
    assert first["ratio"] == pytest.approx(1.3)
    assert first["ratio_low"] < first["ratio"] < first["ratio_high"]
    assert str(runs) not in text + data.read_text()


def test_nothing_that_was_judged_is_not_ok(tmp_path: Path) -> None:
    paths = [
        compared.saved(tmp_path / f"{i}.json", compared.record({"a": [1.0] * 5}, {"brand_raw": f"CPU {i}", "count": 2}))
        for i in range(2)
    ]
    code, out, _ = command("compare", f"base={paths[0]}", f"head={paths[1]}")
    assert code == 5
    assert out.startswith("COMPARE nothing comparable: times: 1 not judged\n")


@pytest.mark.parametrize("way", ["{}/x", "{}/../{name}/x", "{}/link"])
def test_page_and_file_are_two(runs: Path, tmp_path: Path, way: str) -> None:
    (tmp_path / "link").symlink_to("x")
    (tmp_path / "x").write_text("before")
    words = f"markdown={tmp_path / 'x'}", f"json={way.format(tmp_path, name=tmp_path.name)}"
    assert one_line(compare(runs, "same", *words)).endswith("allowed: another file than that of markdown")
    assert (tmp_path / "x").read_text() == "before"


@pytest.mark.parametrize("key", ["markdown", "json"])
def test_what_is_compared_is_not_written_over(runs: Path, tmp_path: Path, key: str) -> None:
    file = compared.saved(tmp_path / "a.json", compared.record({"a": [1.0]}))
    (figures := runs / "base" / "figures").mkdir(exist_ok=True)
    (figures / "a.csv").write_text("numbers")
    cases = ((runs / "base", runs / "base" / "ratios.csv"), (runs / "base", figures / "a.csv"), (file, file))
    for result, output in cases:
        before = output.read_bytes()
        code, _, line = command("compare", f"base={result}", f"head={result}", f"{key}={output}")
        assert code == 2
        assert line.startswith(f"error: {key}={str(output)!r}")
        assert "allowed: a file that is no part of what is compared" in line
        assert output.read_bytes() == before


def test_bad_input_is_one_line_and_nothing_is_written(runs: Path, tmp_path: Path) -> None:
    record = compared.saved(tmp_path / "a.json", compared.record({"a": [1.0]}))
    base, page, nowhere = f"base={runs / 'base'}", f"markdown={tmp_path / 'page.md'}", tmp_path / "nowhere"
    cases = {
        ("head=x",): "base is not given; compare needs it: base=FOLDER or base=FILE.json, or a list of them",
        (base,): "head is not given; ",
        (base, f"head={nowhere}"): f"head: {str(nowhere)!r} does not exist; allowed: ",
        (base, f"head=[{runs / 'same'},{runs / 'slow'}]"): "base has 1 results, head 2; allowed: as many, ",
        (base, f"head={record}"): "base and head are of different kinds: pytest-benchmark and run; allowed: one kind",
        (base, "head=[]"): "head=[] is not allowed; allowed: a list of one or more values",
        (base, f"head=[{record},{record}]"): "head=[",
        (base, f"head={runs / 'same'}", "threshold=0"): "threshold=0 is not allowed; allowed: a finite number > 0",
        (base, f"head={runs / 'same'}", f"json={nowhere}/x"): "json=",
        (base, f"head={runs / 'same'}", "~threshold"): "threshold=null is not allowed; allowed: a finite number > 0",
        (
            base,
            f"head={runs / 'same'}",
            "study=smoke",
        ): "unknown key 'study'; known: base, force, head, json, markdown, ",
    }
    for overrides, message in cases.items():
        assert one_line(command("compare", page, *overrides)).startswith(message)
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def against(base: Path, head: Path) -> Outcome:
    return command("compare", f"base={base}", f"head={head}")


def nudged(run: Path, folder: Path, table: str, column: str, scale: float = 1 + 1e-15) -> Path:
    """A copy of a run of which the last row has another number, as if it had been written so."""
    head = Path(shutil.copytree(run, folder))
    content = rows(head, table)
    content[-1][column] = repr(float(content[-1][column]) * scale)
    text = to_csv(table, [{name: row[name] for name in row if name != "schema"} for row in content])
    (head / f"{table}.csv").write_text(text)
    record = json.loads((head / "manifest.json").read_text())
    record["tables"] |= written({table: text})["tables"]
    (head / "manifest.json").write_text(json.dumps(record))
    return head


def test_two_fits_must_agree_to_the_byte(descended: tuple[Path, Outcome], tmp_path: Path) -> None:
    run = descended[0]
    code, out, _ = against(run, run)
    assert code == 0
    assert out.startswith("COMPARE ok: 0 of ")
    assert "seconds are times, not digits, and have no interval: they are not judged" in out
    for table, column in (("curves", "loss"), ("paths", "sigma")):
        code, out, _ = against(run, nudged(run, tmp_path / table, table, column))
        assert code == 4
        assert "1 must be the same bytes and are not" in out


def test_seconds_of_a_fit_are_not_judged(descended: tuple[Path, Outcome], tmp_path: Path) -> None:
    code, out, _ = against(descended[0], nudged(descended[0], tmp_path / "slow", "curves", "seconds", 3.0))
    assert code == 0
    assert "(all the same bytes)" in out


def test_a_fit_and_a_sweep_are_not_compared(descended: tuple[Path, Outcome], runs: Path) -> None:
    line = one_line(against(descended[0], runs / "base"))
    assert line == "base and head are of different kinds: fit and run; allowed: one kind"
