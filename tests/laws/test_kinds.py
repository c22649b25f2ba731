"""Every law put to what a file offers: the package's own plug-ins keep them all, each planted slip breaks one."""

from pathlib import Path

import pytest

from bench import registry
from bench.laws.kinds import KINDS
from bench.laws.outcome import Outcome
from tests.support.cases import EXAMPLES
from tests.support.planted import FILES, kind_of

PACKAGE = registry.load()
USERS = registry.load(EXAMPLES)
MOST = 17  # outcomes, a line each: what a user reads
PLUGINS = [(kind, name) for kind in KINDS for name in USERS.plugins[kind]]


def outcomes(kind: str, plugin: object) -> list[Outcome]:
    return list(KINDS[kind](plugin, PACKAGE))


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name"), PLUGINS)
def test_what_is_right_keeps_every_law(kind: str, name: str) -> None:
    said = outcomes(kind, USERS.get(kind, name))
    assert [str(outcome) for outcome in said if outcome.finding] == []
    assert all(outcome.tried or outcome.reason for outcome in said)
    assert len(said) <= MOST
    assert any(outcome.tried for outcome in said) or name == "csv"


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_planted_slip_breaks_a_law(file: Path) -> None:
    plugin = registry.load([str(file)]).get(kind_of(file), file.stem)
    broken = [outcome for outcome in outcomes(kind_of(file), plugin) if outcome.finding]
    assert broken
    assert all("expected" in str(outcome) and outcome.failed > 0 for outcome in broken)
