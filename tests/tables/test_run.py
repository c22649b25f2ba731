"""The folder of a run that was not finished, and of one that failed its verdict."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.command import Outcome, command, contents, one_line
from tests.support.damaged import manifest, report, save


def test_tables_of_this_schema_without_a_manifest(run: Path) -> None:
    (run / "manifest.json").unlink()
    assert one_line(report(run)).endswith("has tables but no manifest.json; run the sweep again")


ONE_FIGURE = ("figures=[variance_samples]", "format=[svg]")
ASKED: dict[str, Callable[[Path, str], Outcome]] = {
    "report": lambda run, force: command("report", f"output={run.parent}", f"name={run.name}", *ONE_FIGURE, force),
    "export": lambda run, force: command("export", f"output={run.parent}", f"name={run.name}", force),
    "compare": lambda run, force: command("compare", f"base={run}", f"head={run}", force),
}


WORDS = "the run 'run' failed its verdict: 2 checks disagree, the first is pathwise d/dmu: gradient_z = 99"


@pytest.fixture
def failed(run: Path) -> Path:
    """A run whose verdict is said to have failed."""
    judged = manifest(run)["verdict"] | {"ok": False, "failures": ["pathwise d/dmu: gradient_z = 99", "another"]}
    save(run, manifest(run) | {"verdict": judged})
    return run


@pytest.mark.parametrize("name", ASKED)
def test_the_numbers_of_a_run_that_failed_its_verdict_are_not_handed_on(failed: Path, name: str) -> None:
    before = contents(failed)
    code, out, err = ASKED[name](failed, "force=false")
    assert (code, out) == (3, "")
    assert err == f"error: {WORDS}; force=true uses its numbers all the same\n"
    assert contents(failed) == before


@pytest.mark.parametrize("name", ASKED)
def test_unless_they_are_asked_for_all_the_same(failed: Path, name: str) -> None:
    code, out, err = ASKED[name](failed, "force=true")
    assert code == 0
    if name == "export":
        assert json.loads(out)
        assert err == f"warning: {WORDS}\n"
    if name == "compare":
        first, second, *_ = out.splitlines()
        assert first.startswith("COMPARE ok: base run FAILED its verdict; head run FAILED its verdict; 0 of ")
        assert second == f"Its numbers are not to be trusted: {WORDS}."
    assert one_line(ASKED[name](failed, "force=3")) == "force=3 is not allowed; allowed: true, false"


def test_the_markdown_of_a_comparison_says_it_too(failed: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    assert command("compare", f"base={failed}", f"head={failed}", "force=true", f"markdown={page}").code == 0
    title, _, text = page.read_text().partition("\n")
    assert title.startswith("### COMPARE ok: base run FAILED its verdict; head run FAILED its verdict; ")
    assert text.count("Its numbers are not to be trusted: the run 'run' failed its verdict: 2 checks disagree") == 1


def test_of_a_run_that_kept_its_verdict_nothing_is_said(run: Path) -> None:
    for ask in (ASKED["export"], ASKED["compare"]):
        code, out, err = ask(run, "force=true")
        assert (code, err) == (0, "")
        assert "verdict" not in out
