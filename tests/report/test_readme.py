"""The generated parts of the README."""

import json
from pathlib import Path

import pytest

from bench.report.readme import refreshed
from bench.tables.contents import TABLES
from tests.support import synthetic
from tests.support.command import TOP
from tests.support.reports import FAILED, MANIFEST

TEXT = "before\n<!-- generated: {} -->\nobsolete\n<!-- end of generated -->\nafter\n"


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    tables = synthetic.tables(latents=["shared"], sigma=[1.0], dataset_size=[10], samples=[1])
    for name, frame in tables.items():
        frame[[*TABLES[name].columns]].to_csv(tmp_path / f"{name}.csv", index=False)
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST))
    return tmp_path


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("verdict", "The oracle agrees with 4 gradients "),
        ("agreement", "| estimator | mu: measured | "),
        ("ratios", "| numerator | sigma | mu: measured | "),
    ],
)
def test_a_part_is_made_anew_and_all_else_stays(reference: Path, name: str, first: str) -> None:
    text = refreshed(TEXT.format(name), reference, reference)
    start = f"before\n<!-- generated: {name} -->\n"
    assert text.startswith(start + first)
    assert text.endswith(".\n<!-- end of generated -->\nafter\n")
    assert "obsolete" not in text
    assert "\n#" not in text
    assert refreshed(text, reference, reference) == text


def test_a_failure_is_in_the_readme_too(reference: Path) -> None:
    (reference / "manifest.json").write_text(json.dumps(FAILED))
    assert "\n**FAILED: 4 checks disagree: " in refreshed(TEXT.format("verdict"), reference, reference)


def test_the_readme_shows_the_reference() -> None:
    text = (TOP / "README.md").read_text()
    assert refreshed(text, TOP / "reports" / "reference", TOP / "reports" / "studies") == text


def test_a_study_has_a_line_where_it_has_a_picture(reference: Path) -> None:
    for name in ("smoke", "asker", "no_study"):
        (reference / f"{name}.png").touch()
    lines = refreshed(TEXT.format("studies"), reference, reference).splitlines()[2:-2]
    assert lines[:2] == ["| | |", "| --- | --- |"]
    assert [line.partition(":")[0] for line in lines[2:]] == [
        f"| ![{name}](reports/{reference.name}/{name}.png) | `python -m bench {kind} study={name}`"
        for name, kind in (("asker", "fit"), ("smoke", "sweep"))
    ]
