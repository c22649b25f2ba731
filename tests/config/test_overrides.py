"""A word of a command line becomes plain data, or is named."""

import shlex
from typing import Any

import pytest

from bench.config import overrides
from bench.config.checks import literal, written
from bench.errors import BadInput


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("seed=3", 3),
        ("+seed=3", 3),
        ("++seed=3", 3),
        ("precision=1e-3", 0.001),
        ("sigma=[0.1,1]", [0.1, 1]),
        ("sigma=[[1,2],3]", [[1, 2], 3]),
        ("sigma=range(1,4)", [1, 2, 3]),
        ("sigma=[0.5,range(1,3)]", [0.5, 1, 2]),
        ("derived.total=range(1,3)", [1, 2]),
        ("entropy=null", None),
        ("plugins=[données (1).py,b=c.py]", ["données (1).py", "b=c.py"]),
        ("plugins=['a, b.py',~/c#1.py]", ["a, b.py", "~/c#1.py"]),
        ("output=données (1,2)/a=b#~", "données (1,2)/a=b#~"),
        ("output=null", None),
        ("output='null'", "null"),
        ("name=007", "007"),
        ("name='a,b'", "a,b"),
        ("reference=fd(h=0.1,k=2)@sobol", "fd(h=0.1,k=2)@sobol"),
        ("reference=12e4567", "12e4567"),
        ("data.path=a b.csv", "a b.csv"),
        ("data=normal", "normal"),
        ("estimator=[a,b]", ["a", "b"]),
        ("seed=foo(1)", "foo(1)"),
        ("derived={a:[1,2]}", {"a": [1, 2]}),
    ],
)
def test_a_value_is_read(word: str, value: Any) -> None:
    override = overrides.read("sweep", word)
    assert override.values == (value,)
    assert not override.sweeps
    assert overrides.single("sweep", override) == value


@pytest.mark.parametrize(
    ("word", "values"),
    [
        ("seed=0,1", (0, 1)),
        ("seed=range(0,3)", (0, 1, 2)),
        ("seed=range(0,1)", (0,)),
        ("sigma=[1],[2,3]", ([1], [2, 3])),
        ("name=a,données", ("a", "données")),
        ("reference=fd(h=1,k=2),null", ("fd(h=1,k=2)", None)),
        ("executor=threads,serial", ("threads", "serial")),
        ("seed=choice(3,4)", (3, 4)),
    ],
)
def test_several_values_are_for_runs_of_their_own(word: str, values: tuple[Any, ...]) -> None:
    override = overrides.read("sweep", word)
    assert (override.sweeps, override.values) == (True, values)
    with pytest.raises(BadInput, match="--multirun takes each for a run of its own"):
        overrides.single("sweep", override)


@pytest.mark.parametrize(
    ("command", "word", "hint"),
    [
        ("sweep", "sigma=0.1,3", "sigma='0.1,3' is not allowed; allowed: one value, or a list as sigma=[0.1,3]; "),
        (
            "sweep",
            "estimator=a,b",
            "estimator='a,b' is not allowed; allowed: one value, or a list as estimator=[a,b]",
        ),
        ("sweep", "sigma=[0.1], [3]", "sigma='[0.1], [3]' is not allowed; allowed: one value, or a list as sigma="),
        ("sweep", "seed=0,1", "seed='0,1' is not allowed; allowed: one value; --multirun takes each for a run of "),
        ("sweep", "output=a,b", "output='a,b' is not allowed; allowed: one value, or text with commas in quotes as "),
        ("report", "name=a,b", "name='a,b' is not allowed; allowed: one value, or text with commas in quotes as "),
        ("compare", "base=a,b", "base='a,b' is not allowed; allowed: one value, or a list as base=[a,b]"),
    ],
)
def test_the_hint_of_several_values_fits_the_key(command: str, word: str, hint: str) -> None:
    with pytest.raises(BadInput) as caught:
        overrides.single(command, overrides.read(command, word))
    assert str(caught.value).startswith(hint)
    assert ("--multirun" in str(caught.value)) == (command == "sweep")


TEXTS = {
    "sweep": ("output", "name", "reference", "config_dir", "data.path", "data.column", "data.separator"),
    "report": ("output", "name", "config_dir", "style.font"),
    "compare": ("markdown", "json"),
    "export": ("name", "output"),
    "track": ("base",),
}


@pytest.mark.parametrize(("command", "key"), [(command, key) for command, keys in TEXTS.items() for key in keys])
@pytest.mark.parametrize("text", ["a, b", "a,b", "a b,c", "my col, é", '$HOME,"a', "é,b", "a,'b"])
def test_text_with_commas_is_shown_as_it_is_and_the_form_that_is_advised_works(
    command: str, key: str, text: str
) -> None:
    with pytest.raises(BadInput) as caught:
        overrides.single(command, overrides.read(command, f"{key}={text}"))
    received, advice = str(caught.value).split(" is not allowed; allowed: one value, or text with commas in quotes as ")
    assert received == f"{key}={literal(text)}"
    (word,) = shlex.split(advice.removesuffix("; --multirun takes each for a run of its own"))
    plain = text if set(text).isdisjoint("$\"'") else "a,b"
    assert overrides.single(command, overrides.read(command, word)) == plain


@pytest.mark.parametrize(
    "word",
    [
        *(
            "sigma",
            "",
            "=1",
            "+",
            "~",
            "~=1",
            "~sigma=1",
            "sigma=[1",
            "output='a",
            "plugins=[a,,b]",
            "sigma=interval(0,1)",
        ),
        *("sigma=glob(*)", "sigma=range(1,4,0)", "sigma=range(0,2000000)", "sigma=range(0,1,1e-300)"),
        *(
            "sigma=range(nan,1)",
            "output=a\nb",
            "output=a\0b",
            "output=\udcff",
            f"seed={'9' * 5000}[",
            "sigma=" + "[" * 300,
        ),
    ],
)
def test_what_cannot_be_read_is_named(word: str) -> None:
    with pytest.raises(BadInput, match=r"^cannot read .*; allowed: "):
        overrides.read("sweep", word)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "a",
            "a b",
            "don't",
            "\\",
            "\\'",
            "a\\'\\\\",
            "é",
            "[",
            "{a:1}",
            "a,b",
            "null",
            "Nan",
            "",
            "1",
            "${x}",
            '"',
            "range(1,2)",
        ),
        *(0, -1.5, 1e300, True, None, [1, [2.5, "x y"], None], []),
    ],
)
def test_a_value_that_is_written_is_read_again(value: Any) -> None:
    for text in (literal(value), written(value)):
        assert overrides.read("sweep", f"sigma={text}").values == (value,)


def test_words_stay_words() -> None:
    assert written(["smoke", "a/b.py", "a b", 1]) == "[smoke,a/b.py,'a b',1]"


@pytest.mark.parametrize("again", ["+seed=2", "~seed", "seed=1"])
def test_a_key_that_is_set_twice_is_refused_with_both_words(again: str) -> None:
    """Either may be what is meant."""
    assert list(overrides.by_key("sweep", ["seed=1", "mu=[1]"])) == ["seed", "mu"]
    with pytest.raises(BadInput) as caught:
        overrides.by_key("sweep", ["seed=1", "mu=[1]", again])
    assert str(caught.value) == f"seed is set twice, by 'seed=1' and {again!r}; allowed: each key once"


def test_a_command_has_the_groups_of_its_config() -> None:
    assert overrides.groups("sweep") == ["objective", "family", "estimator", "sampler", "data", "executor", "study"]
    assert overrides.groups("report") == ["style", "paper"]
    assert overrides.groups("compare") == []
