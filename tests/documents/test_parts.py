"""The generated parts: what they say of a run, that a failure is in them, and that those in the documents are fresh."""

import json
from pathlib import Path

import pandas as pd
import pytest

from bench.documents import marked
from bench.documents.parts import of_peers, of_run, of_studies, parts
from bench.tables import csv
from tests.support.command import TOP, Outcome
from tests.support.peers import frame, row

Run = tuple[dict[str, pd.DataFrame], dict]


@pytest.fixture
def reference(smoke: tuple[Path, Outcome]) -> Run:
    return csv.read(smoke[0]), json.loads((smoke[0] / "manifest.json").read_text())


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("verdict", "The oracle agrees with 80 gradients "),
        ("agreement", "| latent | estimator | mu: measured | "),
        ("ratios", "| latent | numerator | sigma | mu: measured | "),
        ("row", "| latent | numerator | denominator | parameter | sigma | "),
        ("speed", "| gradient estimates in 40 cells | seconds, timing and oracle included | one estimate of "),
    ],
)
def test_a_part_begins_with_what_it_is_about(reference: Run, name: str, first: str) -> None:
    made = of_run(*reference)[name]
    assert made.startswith(first)
    assert made.endswith("\n")
    assert "\n#" not in made


def test_the_row_of_speed_says_what_the_fastest_peer_takes() -> None:
    """On one thread, for the objective of the question."""
    asked = {"objective": "squared_error"}
    rows = [row("bench", "cell", 2.0, **asked), row("bench", "grid", 0.5, **asked), row("numpy", "pcg64", 9.0, **asked)]
    made = of_peers(frame(*rows), "| a |\n| --- |\n| 1 |\n")
    peer = "times as long takes NumPy (pcg64), the fastest of NumPy, PyTorch and JAX, as one cell"
    header = f"| a | {peer} | as a cell in a grid |"
    assert made["speed"] == f"{header}\n| --- | --- | --- |\n| 1 | 4.5 | 18 |\n"
    assert "| 1 | cosine | NumPy (pcg64) | 6 | 1 | 24 |" in made["peers"]


def test_what_is_printed_is_what_the_command_printed(reference: Run, smoke: tuple[Path, Outcome]) -> None:
    lines = of_run(*reference)["printed"].splitlines()
    said = smoke[1].out.splitlines()
    assert lines[2] == said[0]
    assert said[-1].startswith("report: ")
    assert lines[4].startswith("report: ")


def test_the_row_is_one_of_the_table(reference: Run) -> None:
    header, _, line = ([cell.strip() for cell in row.split("|")[1:-1]] for row in _lines(of_run(*reference)["row"]))
    cells = dict(zip(header, line, strict=True))
    rows = reference[0]["ratios"]
    for key in ("latent", "numerator", "denominator", "parameter"):
        rows = rows[rows[key] == cells[key]]
    for key in ("sigma", "dataset_size", "samples"):
        rows = rows[rows[key] == float(cells[key])]
    (value,) = rows["variance_ratio"]
    assert float(cells["variance_ratio"].partition(" ")[0]) == pytest.approx(value, rel=5e-3)
    assert float(cells["exact_variance_ratio"]) == pytest.approx(rows["exact_variance_ratio"].item(), rel=5e-3)


def _lines(text: str) -> list[str]:
    return text.strip().splitlines()


def test_a_failure_is_in_the_documents_too(reference: Run) -> None:
    tables, manifest = reference
    manifest["verdict"] |= {"ok": False, "failures": ["a row", "another"]}
    made = of_run(tables, manifest)
    assert made["verdict"].startswith("**FAILED: 2 checks disagree: a row; another.**")
    assert "VERDICT FAILED: 2 of " in made["printed"]


def test_a_study_has_a_line_and_a_cell_where_it_has_a_picture(tmp_path: Path) -> None:
    (tmp_path / "estimators.csv").write_text("study,objective,estimator,least,cells,smallest,median,largest\n")
    for name in ("smoke", "asker", "no_study"):
        (tmp_path / f"{name}.png").touch()
    made = of_studies(tmp_path)
    assert [line.partition(":")[0] for line in _lines(made["studies"])[2:]] == [
        f"| ![{name}](../reports/studies/{name}.png) | `python -m bench {kind} study={name}`"
        for name, kind in (("asker", "fit"), ("smoke", "sweep"))
    ]
    assert made["pictures"].count("![") == 2


@pytest.mark.parametrize("document", marked.documents(TOP), ids=lambda path: path.stem)
def test_the_parts_in_a_document_are_fresh(document: Path) -> None:
    text = document.read_text()
    assert marked.refreshed(text, parts(TOP / "reports")) == text
