"""How a command line becomes a config; what must not get through is in test_bad_input.py."""

import pytest

from bench import registry
from bench.config import compose
from bench.errors import BadInput
from tests.support.command import TOP


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


def test_the_store_holds_one_registry_at_a_time() -> None:
    users = registry.load([str(TOP / "tests" / "plugins" / "cosine.py")])
    compose.store(users)
    assert "cosine" in compose.choices("objective")
    plugins = registry.load()
    compose.store(plugins)
    known = sorted(plugins.plugins["objective"])
    assert compose.choices("objective") == known
    with pytest.raises(BadInput, match=f"unknown objective 'cosine'; known: {', '.join(known)}"):
        compose.compose("sweep", ["objective=[cosine]"])


def test_a_command_has_the_groups_of_its_config() -> None:
    assert compose.groups("sweep") == ["objective", "family", "estimator", "sampler", "data", "executor", "study"]
    assert compose.groups("report") == ["style"]
    assert compose.groups("compare") == []


def test_a_key_of_a_plugin_is_known_wherever_it_is_chosen() -> None:
    compose.store(registry.load([str(TOP / "tests" / "plugins" / "cosine.py")]))
    config = compose.compose("sweep", ["objective.cosine.k=[3]", "objective=[cosine]"])
    assert config["objective"]["cosine"]["k"] == [3]
    with pytest.raises(BadInput, match=r"unknown key 'objective\.cosine\.k'; known: objective\.squared_error"):
        compose.compose("sweep", ["objective.cosine.k=[3]"])


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        (["sigma={a:1}"], "cannot use 'sigma={a:1}': Error merging override sigma={a:1}; allowed: key=value, "),
        (["seed=1", "name=${nowhere}"], "cannot use 'name=${nowhere}': Interpolation key 'nowhere' not found"),
        (["+seed=1"], "cannot use '+seed=1': Could not append to config. An item is already at 'seed'.; allowed: "),
        (["+data=normal"], "cannot use '+data=normal': data appears more than once in the final defaults list; "),
        (["data=null"], "cannot use 'data=null': Config group override must be a string or a list. Got NoneType; "),
        (["estimator=[[a]]"], "cannot use 'estimator=[[a]]': "),
        (["sigma.7=3"], "cannot use 'sigma.7=3': Error merging override sigma.7=3; allowed: "),
        (["~data=csv"], "cannot use '~data=csv': Could not delete 'data=csv'. No match in the defaults list; "),
    ],
)
def test_what_hydra_refuses_is_one_line_that_names_the_override(overrides: list[str], message: str) -> None:
    compose.store(registry.load())
    with pytest.raises(BadInput) as caught:
        compose.compose("sweep", ["study=smoke", *overrides, "precision=1"])
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_a_combination_may_have_any_name_and_needs_no_plus() -> None:
    for override in ("derived.total=[1,-2]", "+derived.total=[1,-2]", "++derived.total=[1,-2]"):
        assert compose.compose("sweep", [override])["derived"] == {"total": [1, -2]}
    with pytest.raises(BadInput, match=r"unknown key 'derived\.total'; known: "):
        compose.compose("track", ["derived.total=[1]"])


def test_a_reference_is_taken_as_it_is_written() -> None:
    for text in ("fd(h=0.1)", "pathwise@iid", "fd(h=0.1,k=2)@sobol"):
        assert compose.compose("sweep", [f"reference={text}"])["reference"] == text
    assert compose.compose("sweep", ["reference=null"])["reference"] is None
