"""The catalogue: every plug-in and study under its kind, with the first line of its own text."""

import re

from bench.config import folder
from bench.config.networks import SUMMARIES
from bench.registry import KINDS, Registry
from tests.support.command import TOP, command, plugin_files

PLUGIN = TOP / "tests" / "plugins" / "cubic.py"


def listed(*arguments: str) -> dict[str, dict[str, str]]:
    """Kind -> name -> summary."""
    code, out, err = command("catalogue", *arguments)
    assert (code, err) == (0, "")
    parts = re.findall(r"^(\w+)\n((?:  .*\n)*)", out, re.MULTILINE)
    assert "".join(f"{kind}\n{entries}" for kind, entries in parts) == out
    return {kind: dict(re.findall(r"^  (\w+) +(.*)$", entries, re.MULTILINE)) for kind, entries in parts}


def test_every_plugin_and_study_is_listed_with_its_summary(plugins: Registry) -> None:
    kinds = listed()
    assert set(kinds) == {*KINDS, "study", "style", "paper", "matrix"}
    assert set(kinds["matrix"]) == set(plugins.plugins["estimator"])
    for kind in KINDS:
        lines = {name: plugins.summaries[kind, name] for name in plugins.plugins[kind]}
        assert kinds[kind] == lines | {name: text for (group, name), text in SUMMARIES.items() if group == kind}
        assert list(kinds[kind]) == sorted(kinds[kind])
    presets = {(kind, name): text for kind in ("study", "style", "paper") for name, text in kinds[kind].items()}
    assert presets == folder.presets()


def test_a_plugin_from_a_file_is_listed(plugins: Registry) -> None:
    objectives = listed(plugin_files(PLUGIN))["objective"]
    assert list(objectives) == sorted({*plugins.plugins["objective"], "cubic", "vae"})
    assert objectives["cubic"] in PLUGIN.read_text()
