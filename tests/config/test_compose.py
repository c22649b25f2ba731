"""How a command line becomes a config; what must not get through is in test_bad_input.py."""

import pytest

from bench import registry
from bench.config import compose
from bench.errors import BadInput


def test_a_study_overrides_the_config_and_the_command_line_both() -> None:
    compose.store(registry.load())
    assert compose.compose("sweep", [])["samples"] == [1, 10, 100, 1000]
    assert compose.compose("sweep", ["study=smoke"])["samples"] == [1, 10]
    assert compose.compose("sweep", ["samples=[7]", "study=smoke"])["samples"] == [7]
    assert compose.compose("sweep", ["study=newcomb"])["data"] == {"name": "newcomb"}
    assert compose.compose("sweep", ["study=newcomb", "data=normal"])["data"]["name"] == "normal"


def test_several_values_are_runs_of_their_own() -> None:
    assert list(compose.multirun(["seed=0,1", "mu=[1]"])) == [["seed=0", "mu=[1]"], ["seed=1", "mu=[1]"]]
    with pytest.raises(BadInput, match="one value, or a list as sigma="):
        compose.compose("sweep", ["sigma=0.1,3"])


def test_plugin_files_are_read_before_anything_is_composed() -> None:
    assert compose.plugin_files(["sigma=[1]", "plugins=[a.py,b.py]"]) == ["a.py", "b.py"]
    with pytest.raises(BadInput, match=r"plugins='a\.py' is not allowed"):
        compose.plugin_files(["plugins=a.py"])


def test_every_choice_of_a_group_can_be_composed() -> None:
    compose.store(registry.load())
    for name in compose.choices("style"):
        assert set(compose.compose("report", [f"style={name}"])["style"]) >= {"width", "font"}
    assert {kind for (kind, _), _ in compose.presets()} == {"study", "style"}
