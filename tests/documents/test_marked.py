"""A marked part is made anew, and all else stays."""

from pathlib import Path

import pytest

from bench.documents.marked import documents, refreshed
from tests.support.command import TOP

TEXT = "before\n<!-- generated: {} -->\nobsolete\n<!-- end of generated -->\nafter\n"


def test_a_part_is_made_anew_and_all_else_stays() -> None:
    text = TEXT.format("first") + TEXT.format("second")
    made = refreshed(text, {"first": "1\n", "second": ""})
    assert made == text.replace("obsolete\n", "1\n", 1).replace("obsolete\n", "")
    assert refreshed(made, {"first": "1\n", "second": ""}) == made


def test_a_part_that_nobody_makes_is_an_error() -> None:
    with pytest.raises(KeyError):
        refreshed(TEXT.format("third"), {"first": ""})


def test_the_documents_are_the_readme_contributing_and_what_is_in_docs(tmp_path: Path) -> None:
    assert {path.name for path in documents(TOP)} >= {"README.md", "CONTRIBUTING.md", "estimators.md", "glossary.md"}
