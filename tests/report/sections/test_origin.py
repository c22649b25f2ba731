"""How a report was made."""

from bench.markup.blocks import Bullets, Code, Heading
from bench.report.sections.origin import origin
from tests.support.reports import MANIFEST

TITLE = Heading(2, "How it was made")


def test_all_that_is_known_has_a_line() -> None:
    title, command, facts = origin(MANIFEST | {"command": "python -m  bench\nsweep"})
    assert (title, command) == (TITLE, Code("python -m  bench sweep"))
    assert isinstance(facts, Bullets)
    assert facts.items == [
        "seed: 7",
        "commit: abc with uncommitted changes",
        "data: name normal, n 10, mean 0.5, variance 4, unit ns, sha256 f00",
        "versions: python 3.11.7, numpy 2.2.0",
        "seconds: sampling 1.23",
    ]


def test_a_resumed_run_says_so() -> None:
    cpu = {"model": "A CPU", "cores": 4, "affinity": [0, 1]}
    parts = [
        {"start": "2026-01-01T00:00:00+00:00", "cpu": cpu, "phases": {"sampling": 3.25}},
        {"start": "2026-01-02T00:00:00+00:00", "cpu": {"model": "Another", "cores": 2}, "phases": {"timing": 0.5}},
    ]
    *_, facts = origin(MANIFEST | {"sessions": parts})
    assert isinstance(facts, Bullets)
    assert facts.items[-2:] == [
        "session 1 of 2: began 2026-01-01T00:00:00+00:00, A CPU, 4 cores (2 allowed), seconds: sampling 3.25",
        "session 2 of 2: began 2026-01-02T00:00:00+00:00, Another, 2 cores, seconds: timing 0.5",
    ]


def test_an_empty_manifest_has_a_title_alone() -> None:
    assert origin({}) == [TITLE]


def test_the_users_files_are_told_by_their_hashes() -> None:
    entries = [
        {"key": "data.path", "name": "a.csv", "sha256": "12ab", "left_out": False},
        {"key": "plugins", "name": "b.py", "sha256": "34cd", "left_out": True},
        {"key": "output", "name": "out", "sha256": None, "left_out": True},
    ]
    *_, facts = origin(MANIFEST | {"inputs": entries})
    private = "; the folder that it was in is private and left out of the command"
    assert isinstance(facts, Bullets)
    assert list(facts.items)[:3] == [
        "data.path: a.csv, SHA-256 12ab",
        f"plugins: b.py, SHA-256 34cd{private}",
        f"output: out, to be chosen{private}",
    ]


def test_a_merged_run_names_its_sources() -> None:
    sources = [{"name": "a", "seed": 0, "commit": "abc", "dirty": False, "machine": "A CPU", "replicates": 100}]
    *_, facts = origin(MANIFEST | {"seed": [0, 1], "merged": sources})
    assert isinstance(facts, Bullets)
    assert facts.items[0] == "merged: name a, seed 0, commit abc, machine A CPU, replicates 100"
    assert "seed: [0, 1]" in facts.items
