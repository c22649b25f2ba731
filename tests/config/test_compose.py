"""How a command line becomes a config; what must not get through is in test_bad_input.py."""

from pathlib import Path
from typing import Any

import pytest
from hydra.core.config_store import ConfigStore

from bench import registry
from bench.config import compose
from bench.config.checks import literal
from bench.errors import BadInput
from tests.support.command import TOP


def test_a_study_overrides_the_config_and_the_command_line_both() -> None:
    compose.store(registry.load())
    assert compose.compose("sweep", [])["samples"] == [1, 10, 100, 1000]
    assert compose.compose("sweep", ["study=smoke"])["samples"] == [1, 10]
    assert compose.compose("sweep", ["samples=[7]", "study=smoke"])["samples"] == [7]
    assert compose.compose("sweep", ["study=newcomb"])["data"] == {"name": "newcomb"}
    assert compose.compose("sweep", ["study=newcomb", "data=normal"])["data"]["name"] == "normal"


def test_plugin_files_and_the_folder_of_presets_are_read_before_anything_is_composed() -> None:
    assert compose.plugin_files("sweep", ["sigma=[1]", "plugins=[a.py,données (1).py]"]) == ["a.py", "données (1).py"]
    assert compose.config_dir("sweep", ["config_dir=my configs (1)"]) == Path("my configs (1)")
    assert compose.config_dir("sweep", ["config_dir=null"]) is None
    for word in ("plugins=a.py", "plugins=[a.py],[b.py]"):
        with pytest.raises(BadInput, match=r"^plugins=.* is not allowed; allowed: one list of Python files"):
            compose.plugin_files("sweep", [word])
    for word in ("config_dir=[a]", "config_dir=", "config_dir=a,b"):
        with pytest.raises(BadInput, match=r"^config_dir=.* is not allowed; allowed: one folder with study/NAME"):
            compose.config_dir("sweep", [word])


def test_every_choice_of_a_group_can_be_composed() -> None:
    compose.store(registry.load())
    for name in compose.choices("style"):
        assert set(compose.compose("report", [f"style={name}"])["style"]) >= {"width", "font"}


def test_the_store_holds_one_registry_at_a_time() -> None:
    users = registry.load([str(TOP / "tests" / "plugins" / "cubic.py")])
    compose.store(users)
    assert "cubic" in compose.choices("objective")
    plugins = registry.load()
    compose.store(plugins)
    known = sorted(plugins.plugins["objective"])
    assert compose.choices("objective") == known
    with pytest.raises(BadInput, match=f"unknown objective 'cubic'; known: {', '.join(known)}"):
        compose.compose("sweep", ["objective=[cubic]"])


def test_a_key_of_a_plugin_is_known_wherever_it_is_chosen() -> None:
    compose.store(registry.load([str(TOP / "tests" / "plugins" / "cubic.py")]))
    config = compose.compose("sweep", ["objective.cubic.dimension=[3]", "objective=[cubic]"])
    assert config["objective"]["cubic"]["dimension"] == [3]
    with pytest.raises(BadInput, match=r"unknown key 'objective\.cubic\.dimension'; known: objective\.squared_error"):
        compose.compose("sweep", ["objective.cubic.dimension=[3]"])


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("data=null", "data=null is not allowed; allowed: one of: csv, newcomb, normal"),
        ("data=[newcomb,normal]", "data=['newcomb','normal'] is not allowed; allowed: one of: csv, newcomb, normal"),
        ("data=[normal]", "data=['normal'] is not allowed; allowed: one of: csv, newcomb, normal"),
        ("data={name:normal}", "data={'name': 'normal'} is not allowed; allowed: one of: csv, newcomb, normal"),
        ("data=newcomb,normal", "data='newcomb,normal' is not allowed; allowed: one value; --multirun takes each for "),
        ("study=[smoke,question]", "study=['smoke','question'] is not allowed; allowed: one of: crossover, "),
        ("objective=[[]]", "unknown objective []; known: absolute, "),
        ("sampler=[1]", "unknown sampler 1; known: antithetic, iid, "),
        ("executor=[serial]", "executor=['serial'] is not allowed; allowed: one of: dask, serial, threads"),
        ("estimator=[[pathwise]]", "unknown estimator ['pathwise']; known: finite_difference, "),
        ("estimator=null", "estimator=null is not allowed; allowed: one or more of: finite_difference, "),
        ("estimator=[pathwise,pathwise]", "estimator=['pathwise','pathwise'] is not allowed; allowed: each value once"),
        ("sigma.0=3", "unknown key 'sigma.0'; known: "),
        ("data@x=normal", "unknown key 'data@x'; known: "),
        ("~data=csv", "cannot read '~data=csv'; allowed: KEY=VALUE, "),
        ("~nonsense", "unknown key 'nonsense'; known: "),
        ("precision=2", "precision is set twice, by 'precision=2' and 'precision=1'; allowed: each key once"),
    ],
)
def test_what_cannot_be_composed_is_named(word: str, message: str) -> None:
    compose.store(registry.load())
    with pytest.raises(BadInput) as caught:
        compose.compose("sweep", [word, "precision=1"])
    assert str(caught.value).startswith(message)


def test_one_style_is_chosen() -> None:
    with pytest.raises(BadInput, match=r"^style=\['web','icml'\] is not allowed; allowed: one of: icml, jmlr, neurips"):
        compose.compose("report", ["style=[web,icml]"])


def test_text_is_taken_as_it_is() -> None:
    compose.store(registry.load())
    for text in ("données", "a=b", "run (1,2)", "~/x#1", "${seed}", "007", "1e3", "true", "d'or", "a]b", "a;b&c"):
        assert compose.compose("sweep", [f"output={text}"])["output"] == text
    for text in ("a,b", "[draft", "{", "'", "null", "\\'\\", 'a"b'):
        assert compose.compose("sweep", [f"output={literal(text)}"])["output"] == text


def test_a_range_is_a_list_in_an_axis() -> None:
    compose.store(registry.load([str(TOP / "tests" / "plugins" / "cubic.py")]))
    for word in ("sigma=range(1,4)", "sigma=[range(1,4)]", "sigma=[1,range(2,4)]"):
        assert compose.compose("sweep", [word])["sigma"] == [1, 2, 3]
    config = compose.compose("sweep", ["objective=[cubic]", "objective.cubic.dimension=range(0.5,2,0.5)"])
    assert config["objective"]["cubic"]["dimension"] == [0.5, 1.0, 1.5]


def test_a_key_can_be_taken_out() -> None:
    config = compose.compose("sweep", ["data=normal", "seed=2", "~study", "~mu"])
    assert (config["data"]["name"], config["seed"], config["sigma"]) == ("normal", 2, [1.0])
    assert "mu" not in config


def test_own_presets_are_chosen_as_those_of_the_package(tmp_path: Path) -> None:
    plugins = registry.load()
    night = {"defaults": ["smoke", {"override /data": "newcomb"}, "_self_"], "sigma": [0.25]}
    poster = {"defaults": ["web", "_self_"], "width": 9}
    compose.store(plugins, {("study", "night"): night, ("style", "wide 1"): poster})
    assert "night" in compose.choices("study")
    config = compose.compose("sweep", ["study=night"])
    assert (config["sigma"], config["data"], config["precision"]) == ([0.25], {"name": "newcomb"}, 0.1)
    assert compose.compose("report", ["style=wide 1"])["style"]["width"] == 9
    compose.store(plugins)
    assert "night" not in compose.choices("study")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"defaults": ["tiny"]}, "unknown study 'tiny'; known: crossover, "),
        ({"defaults": [{"override /data": "galton"}]}, "unknown data 'galton'; known: csv, newcomb, normal"),
        ({"defaults": ["mine"]}, "cannot compose study=mine; allowed: the keys that sweep --help lists, each with "),
        ({"sigma": {"b": 2}}, "cannot compose study=mine; allowed: "),
    ],
)
def test_a_preset_that_cannot_be_composed_is_named(content: dict[str, Any], message: str) -> None:
    compose.store(registry.load(), {("study", "mine"): content})
    with pytest.raises(BadInput) as caught:
        compose.compose("sweep", ["study=mine"])
    assert str(caught.value).startswith(message)


def test_a_combination_may_have_any_name_and_needs_no_plus() -> None:
    for override in ("derived.total=[1,-2]", "+derived.total=[1,-2]", "++derived.total=[1,-2]"):
        assert compose.compose("sweep", [override])["derived"] == {"total": [1, -2]}
    with pytest.raises(BadInput, match=r"unknown key 'derived\.total'; known: "):
        compose.compose("track", ["derived.total=[1]"])


def test_a_reference_is_taken_as_it_is_written() -> None:
    for text in ("fd(h=0.1)", "pathwise@iid", "fd(h=0.1,k=2)@sobol"):
        assert compose.compose("sweep", [f"reference={text}"])["reference"] == text
    assert compose.compose("sweep", ["reference=null"])["reference"] is None


def test_configs_are_composed_once_while_the_same_plugins_are_stored(plugins: registry.Registry) -> None:
    compose.store(plugins)
    compose.compose("sweep", ["study=smoke"])
    composed = compose._composed.cache_info().misses
    compose.store(registry.load())
    compose.compose("sweep", ["study=smoke"])
    assert compose._composed.cache_info().misses == composed
    compose.store(plugins, {("style", "mine"): {"width": 1.0}})
    assert compose._composed.cache_info().currsize == 0
    compose.store(plugins)


def test_what_could_not_be_stored_whole_is_stored_anew(
    plugins: registry.Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose.store(plugins)

    def fails(self: object, **node: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(ConfigStore, "store", fails)
        with pytest.raises(MemoryError):
            compose.store(plugins, {("style", "mine"): {"width": 1.0}})
    compose.store(plugins)
    assert compose.compose("sweep", ["estimator=[pathwise]"])["estimator"] == {"pathwise": {}}
