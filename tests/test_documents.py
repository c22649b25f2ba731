"""The plug-ins that the documents show run as they stand there."""

import re
from pathlib import Path

import pytest

from tests.support.command import ONE_CELL, ONE_ROUND, TOP, command, plugin_files, rows
from tests.support.shown import plugins

DOCUMENTS = ("README.md", "CONTRIBUTING.md")


def test_both_documents_show_an_objective_and_an_estimator() -> None:
    assert set(plugins("README.md")) == {"ripples", "second_order"}
    assert set(plugins("CONTRIBUTING.md")) == {"well", "second_order"}


@pytest.mark.usefixtures("tables_alone")
@pytest.mark.parametrize("document", DOCUMENTS)
def test_plugins_of_the_documents_join_a_sweep(document: str, tmp_path: Path) -> None:
    shown = plugins(document)
    for name, block in shown.items():
        (tmp_path / f"{name}.py").write_text(block)
    objectives = ["squared_error", *(name for name in shown if name != "second_order")]
    outcome = command(
        *("sweep", "study=smoke", f"output={tmp_path}", "name=run", *ONE_ROUND, *ONE_CELL),
        plugin_files(*(tmp_path / f"{name}.py" for name in shown)),
        f"objective=[{','.join(objectives)}]",
        "estimator=[score_function,pathwise,second_order]",
    )
    assert outcome.code == 0, outcome.err
    measured = {(row["objective"], row["estimator"]) for row in rows(tmp_path / "run") if row["status"] == "ok"}
    assert {(name, "score_function") for name in objectives} <= measured
    assert ("squared_error", "second_order") in measured
    exact = [row["exact_variance"] for row in rows(tmp_path / "run") if row["status"] == "ok"]
    assert all(exact), "f of one component is integrated"


def test_the_readme_names_every_worked_example() -> None:
    named = set(re.findall(r"\]\((examples/\w+\.py)\)", (TOP / "README.md").read_text()))
    assert named == {f"examples/{path.name}" for path in (TOP / "examples").glob("*.py")}
