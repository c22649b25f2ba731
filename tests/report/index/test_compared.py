"""Two runs that share rows have a page that says what `compare` says; others have none."""

import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path

from bench.compare import sources
from bench.report.index import compared
from bench.report.index.compared import comparisons
from bench.tables.digests import digests
from tests.support.command import Outcome, command


def copied(run: Path, to: Path, *names: str) -> list[str]:
    """The run under several names."""
    for name in names:
        shutil.copytree(run, to / name)
    return [*names]


def test_the_same_run_twice_is_unchanged_as_compare_says(smoke: tuple[Path, Outcome], tmp_path: Path) -> None:
    (pair,) = comparisons(tmp_path, copied(smoke[0], tmp_path, "late", "early"), 0.15)
    assert (pair.base, pair.head, pair.word) == ("early", "late", "ok")
    assert pair.path == "comparisons/early..late.html"
    said = command("compare", f"base={tmp_path / 'early'}", f"head={tmp_path / 'late'}").out.splitlines()
    page = pair.page()
    assert f"<p>{said[0]}</p>" in page.replace("\u00a0", " ")
    assert 'href="../index.html"' in page
    assert 'href="../early/index.html"' in page


def test_another_digit_is_told(smoke: tuple[Path, Outcome], tmp_path: Path) -> None:
    names = copied(smoke[0], tmp_path, "late", "early")
    path, manifest = tmp_path / "late" / "statistics.csv", tmp_path / "late" / "manifest.json"
    header, first, *others = path.read_text().splitlines(keepends=True)
    fields = first.split(",")
    place = header.split(",").index("gradient")
    fields[place] = repr(float(fields[place]) + 1)
    path.write_text("".join([header, ",".join(fields), *others]))
    told = json.loads(manifest.read_text())
    told["tables"]["statistics"] = asdict(digests(path.read_text()))
    manifest.write_text(json.dumps(told))
    (pair,) = comparisons(tmp_path, names, 0.15)
    assert pair.word == "statistics changed"
    assert "<caption>Changed" in pair.page()


def test_a_sweep_and_a_fit_share_nothing(
    smoke: tuple[Path, Outcome], descended: tuple[Path, Outcome], tmp_path: Path
) -> None:
    names = copied(smoke[0], tmp_path, "swept") + copied(descended[0], tmp_path, "fitted")
    assert comparisons(tmp_path, names, 0.15) == []


def test_times_alone_are_no_reason_to_compare(smoke: tuple[Path, Outcome], tmp_path: Path) -> None:
    names = copied(smoke[0], tmp_path, "late", "early")
    (late, early) = (sources.read("output", tmp_path / name) for name in names)
    moved = {("another", *key[1:]): row for key, row in early.tables["statistics"].items()}
    assert compared.share(late, early)
    assert not compared.share(late, replace(early, tables={"statistics": moved, "timings": early.tables["timings"]}))


def test_a_run_is_compared_with_the_last_few_before_it(smoke: tuple[Path, Outcome], tmp_path: Path) -> None:
    names = copied(smoke[0], tmp_path, *"gfedcba")
    pairs = comparisons(tmp_path, names, 0.15)
    assert [pair.base for pair in pairs if pair.head == "g"] == [*"fedcb"]
    assert [pair.base for pair in pairs if pair.head == "b"] == ["a"]
    assert len(pairs) == 5 + 5 + 4 + 3 + 2 + 1


def test_what_cannot_be_read_is_left_out(smoke: tuple[Path, Outcome], tmp_path: Path) -> None:
    names = copied(smoke[0], tmp_path, "a", "b", "c")
    (tmp_path / "b" / "statistics.csv").write_text("schema\n1\n")
    assert [(pair.base, pair.head) for pair in comparisons(tmp_path, names, 0.15)] == [("c", "a")]
