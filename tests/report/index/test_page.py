"""The index lists what there is, leads to it by relative addresses, asks no network for anything, keeps no old page."""

import shutil
from pathlib import Path

from bench.report.index.entries import Entry
from bench.report.index.page import page, write
from tests.support.command import Outcome
from tests.support.page import Reader


def test_the_page_leads_to_runs_and_comparisons_that_are_there(smoke: tuple[Path, Outcome], tmp_path: Path) -> None:
    for name in ("a run", "b"):
        shutil.copytree(smoke[0], tmp_path / name)
    listed = write(tmp_path, {}, 0.15, [Entry("lost", "Why?", "error: no JAX", ok=False)])
    assert sorted(entry.name for entry in listed) == ["a run", "b", "lost"]
    reader = Reader((tmp_path / "index.html").read_text())
    links = [tag["href"] for _, tag in reader.tags if "href" in tag] + [tag["src"] for tag in reader.all("img")]
    files = [link.replace("%20", " ") for link in links if not link.startswith("data:")]
    assert {"a run/index.html", "b/index.html"} < set(files)
    assert sum(file.startswith("comparisons/") for file in files) == 2  # once in each of the two
    assert [file for file in files if not (tmp_path / file).is_file()] == []
    assert {"lost", "Why?", "error: no JAX"} <= set(reader.texts)
    policy = next(tag["content"] for tag in reader.all("meta") if tag.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; img-src 'self' data:;")


def test_comparisons_of_runs_that_are_gone_go(smoke: tuple[Path, Outcome], tmp_path: Path) -> None:
    for name in ("a", "b"):
        shutil.copytree(smoke[0], tmp_path / name)
    write(tmp_path, {}, 0.15)
    assert len(list((tmp_path / "comparisons").iterdir())) == 1
    shutil.rmtree(tmp_path / "b")
    write(tmp_path, {}, 0.15)
    assert list((tmp_path / "comparisons").iterdir()) == []


def test_words_are_no_markup() -> None:
    text = page([Entry("<b>", "About <it>.", "ok", ok=True)], [])
    assert "About &lt;it&gt;." in text
    assert "<b>" not in text
