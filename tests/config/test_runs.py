"""Several runs of one command line, each under a name made of what it asks for."""

import pytest

from bench.config import compose, runs
from bench.errors import BadInput
from bench.registry import Registry
from tests.support.command import instead


def names(plugins: Registry, *words: str) -> list[str]:
    compose.store(plugins)
    return [str(run.config["name"]) for run in runs.several("sweep", instead("study=smoke", *words), plugins)]


def test_without_values_in_commas_there_is_one_run(plugins: Registry) -> None:
    assert runs.single("sweep", ["seed=1"]).words == ["seed=1"]
    assert names(plugins, "seed=1") == ["smoke"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("seed=0,1", ["smoke-seed=0", "smoke-seed=1"]),
        ("seed=1,0", ["smoke-seed=1", "smoke-seed=0"]),
        ("seed=range(4,5) name=x", ["x-seed=4"]),
        ("name=a,b", ["a", "b"]),
        ("name=a,b seed=0,1", ["a-seed=0", "a-seed=1", "b-seed=0", "b-seed=1"]),
        (
            "seed=0,1 executor=threads,serial",
            [f"smoke-seed={i}-executor={name}" for i in (0, 1) for name in ("threads", "serial")],
        ),
        (
            "estimator=[pathwise],[pathwise,score_function]",
            ["smoke-estimator=pathwise", "smoke-estimator=pathwise+score_function"],
        ),
        ("sigma=[0.5],[1,2]", ["smoke-sigma=0.5", "smoke-sigma=1+2"]),
        ("study=smoke,question", ["smoke-study=smoke", "question-study=question"]),
    ],
)
def test_runs_are_named_by_what_they_ask_for(plugins: Registry, words: str, expected: list[str]) -> None:
    assert names(plugins, *words.split()) == expected


def test_values_with_other_letters_have_names_of_their_own(plugins: Registry) -> None:
    several = names(plugins, f"output=a/b,a_b,a b,données,{'x' * 90}")
    assert len(set(several)) == 5
    assert several[1] == "smoke-output=a_b"
    assert several[3] == "smoke-output=données"
    assert all("/" not in name and len(name) <= 100 for name in several)


def test_the_words_of_a_run_ask_for_it_alone(plugins: Registry) -> None:
    compose.store(plugins)
    for run in runs.several("sweep", ["seed=0,1", "sigma=[0.5,1]", "output=a (é)"], plugins):
        assert runs.single("sweep", run.words).config == run.config


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("seed=0,0",), "name='smoke-seed=0' is not allowed; allowed: one run under each name; "),
        (("dry_run=true", "seed=0,1"), "dry_run=true is not allowed; allowed: false with --multirun"),
        (("dry_run=true,false",), "dry_run=true is not allowed; allowed: false with --multirun"),
        (("seed=range(0,5000)",), "--multirun makes 5000 runs of these values; allowed: up to 1000"),
        (("sigma=[1],[0]",), "sigma=0 is not allowed; allowed: a finite number > 0"),
        (("data=normal,galton",), "unknown data 'galton'; known: csv, newcomb, normal"),
    ],
)
def test_none_starts_where_one_cannot(plugins: Registry, words: tuple[str, ...], message: str) -> None:
    with pytest.raises(BadInput) as caught:
        names(plugins, *words)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("command", ["report", "compare", "export", "track", "check", "catalogue"])
def test_other_commands_do_one_thing(plugins: Registry, command: str) -> None:
    with pytest.raises(BadInput, match=f"^--multirun is not allowed with {command}; allowed: sweep --multirun$"):
        runs.several(command, [], plugins)
