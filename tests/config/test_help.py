"""The help of a command: every choice and every key, with its value."""

from pathlib import Path

import pytest

from bench import cli
from bench.config import compose, keys, overrides
from bench.registry import Registry
from tests.support.command import TOP, command, plugin_files

GROUPS = (*overrides.SEVERAL, *overrides.SINGLE)


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_help_of_a_command_lists_its_choices_and_its_keys(name: str, plugins: Registry) -> None:
    code, out, _ = command(name, "--help")
    assert code == 0
    for key in keys.dotted(compose.compose(name, [])):
        assert f"\n  {key}=" in out
    listed = {kind for kind in GROUPS if f"\n{kind}=" in out}
    assert listed == set(overrides.groups(name))
    if name == "sweep":
        lines = {tuple(line.split(maxsplit=1)) for line in out.splitlines() if line.startswith("  ")}
        assert {(choice, text) for (kind, choice), text in plugins.summaries.items() if kind in listed} < lines
        assert "\n  smoke" in out
        assert "\n  sigma=[0.1,0.3,1.0,3.0,10.0]\n" in out
        assert "\n  executor.workers=null\n" in out


def test_help_lists_a_plugin_with_its_parameters(tmp_path: Path) -> None:
    _, out, _ = command("sweep", "--help", plugin_files(TOP / "tests" / "plugins" / "second_order.py"))
    assert "\n  second_order " in out
