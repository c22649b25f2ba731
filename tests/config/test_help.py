"""The help of a command: every choice and every key, with its value and what it is for."""

import re

import pytest

from bench import cli
from bench.config import compose, keys, overrides
from bench.config.help import comments
from bench.registry import Registry
from tests.support.command import TOP, command, plugin_files

GROUPS = (*overrides.SEVERAL, *overrides.SINGLE)


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_help_of_a_command_lists_its_choices_and_its_keys(name: str, plugins: Registry) -> None:
    code, out, _ = command(name, "--help")
    assert code == 0
    for key in keys.dotted(compose.compose(name, [])):
        assert re.search(rf"\n  {re.escape(key)}=[^\n]*\n      \S", out), f"{key} is there, and what it is for"
    listed = {kind for kind in GROUPS if f"\n{kind}=" in out}
    assert listed == set(overrides.groups(name))
    if name == "sweep":
        lines = {tuple(line.split(maxsplit=1)) for line in out.splitlines() if line.startswith("  ")}
        assert {(choice, text) for (kind, choice), text in plugins.summaries.items() if kind in listed} < lines
        assert "\n  smoke" in out
        assert "\n  sigma=[0.1,0.3,1.0,3.0,10.0]\n      its standard deviation, > 0\n" in out
        assert "\n  executor.workers=null\n      a parameter of executor=threads\n" in out


@pytest.mark.parametrize("name", [*cli.COMMANDS, "style/web"])
def test_every_key_of_a_file_has_a_comment(name: str) -> None:
    text = (TOP / "conf" / f"{name}.yaml").read_text()
    written = set(re.findall(r"^(\w+):", text, re.MULTILINE)) - {"defaults"}
    assert comments(text).keys() - {"defaults"} == written


def test_comments_are_read_over_several_lines() -> None:
    text = "a: 1      # one,\n          # two\nb: []\n          # of nothing\n# a title\nc: 3  # three # four\nd: 2\n"
    assert comments(text) == {"a": "one, two", "c": "three # four"}


def test_help_has_the_keys_of_what_is_chosen() -> None:
    _, out, _ = command("sweep", "executor=dask", "--help")
    assert "\n  executor.address=null\n      a parameter of executor=dask\n" in out


def test_help_lists_a_plugin_with_its_parameters() -> None:
    _, out, _ = command("sweep", "--help", plugin_files(TOP / "tests" / "plugins" / "second_order.py"))
    assert "\n  second_order " in out
