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
    assert err == (
        "error: the run 'run' failed its verdict: 2 checks disagree, the first is pathwise d/dmu: gradient_z = 99; "
        "force=true uses its numbers all the same\n"
    )
    assert contents(failed) == before


@pytest.mark.parametrize("name", ASKED)
def test_unless_they_are_asked_for_all_the_same(failed: Path, name: str) -> None:
    code, out, err = ASKED[name](failed, "force=true")
    assert (code, err) == (0, "")
    if name == "export":
        assert json.loads(out)
    assert one_line(ASKED[name](failed, "force=3")) == "force=3 is not allowed; allowed: true, false"
