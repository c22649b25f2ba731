"""The BibTeX entry of a run says what CITATION.cff and the manifest say."""

import re

import bench
from bench.config.cited import cited
from bench.report.page.citation import citation
from tests.support.reports import MANIFEST

SAID = cited()


def fields(entry: str) -> dict[str, str]:
    return dict(re.findall(r"^  (\w+) = \{(.*)\},?$", entry, re.MULTILINE))


def test_author_and_title_are_those_of_the_citation_file() -> None:
    entry = citation(MANIFEST)
    assert entry.startswith("@software{mcgrad-bench_x,\n")
    assert entry.endswith("}\n}")
    assert fields(entry) == {
        "author": "{" + SAID["authors"][0]["name"] + "}",
        "title": "{" + SAID["title"] + "}",
        "version": bench.__version__,
        "note": "run x, seed 7, commit abc",
    }


def test_the_version_is_that_which_measured_and_the_year_that_of_the_run() -> None:
    measured = {"versions": {"bench": "0.1.0"}, "sessions": [{"start": "2026-11-29T15:16:19+00:00"}]}
    told = fields(citation(MANIFEST | measured))
    assert (told["version"], told["year"]) == ("0.1.0", "2026")


def test_a_name_cannot_break_the_entry() -> None:
    entry = citation(MANIFEST | {"name": "50 %, {a}_b"})
    assert entry.startswith("@software{mcgrad-bench_50_a_b,\n")
    assert fields(entry)["note"].startswith(r"run 50 \%, \{a\}\_b, ")
