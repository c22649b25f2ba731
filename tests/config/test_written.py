"""Values of Python come out of Hydra as they went in."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from bench.config import compose
from bench.config.written import overrides, written
from bench.errors import BadInput
from bench.registry import Registry


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (3, "3"),
        (1e-9, "1e-09"),
        ("smoke", "smoke"),
        ("HEAD~1", "'HEAD~1'"),
        ("true", "'true'"),
        ("it's", "'it\\'s'"),
        (Path("a/b c"), "'a/b c'"),
        ([1, 2.5, "x"], "[1,2.5,x]"),
        (range(3), "[0,1,2]"),
        (np.array([[1, 2], [3, 4]]), "[[1,2],[3,4]]"),
        (np.float64(0.1), "0.1"),
        (np.float32(0.5), "0.5"),
        (np.int64(7), "7"),
        (np.bool_(True), "true"),
        (np.array(3.0), "3.0"),
        ([np.int8(1), np.array([2.0])], "[1,[2.0]]"),
        (np.array(["a", "b c"]), "[a,'b c']"),
        (pd.Series([0.5, 1]), "[0.5,1.0]"),
        (pd.Index([1, 2]), "[1,2]"),
        ({1: "a", 2: "b"}.keys(), "[1,2]"),
        ([Path("a.py")], "[a.py]"),
        ([None, 5], "[null,5]"),
    ],
    ids=repr,
)
def test_values_are_written_as_on_the_command_line(value: Any, text: str) -> None:
    assert written("key", value) == text


@pytest.mark.parametrize(
    "text",
    [
        "données",
        "a b",
        "a,b",
        "[x]",
        "(x)",
        "a=b",
        "~",
        "#",
        "it's",
        '"',
        "a\\b",
        "a\\'b",
        "end\\",
        "null",
        "NaN",
        "1",
        "",
        " ",
    ],
)
def test_text_comes_back_whatever_its_letters(plugins: Registry, text: str) -> None:
    compose.store(plugins)
    assert compose.compose("sweep", list(overrides({"output": text})))["output"] == text
    assert compose.plugin_files("sweep", list(overrides({"plugins": [text, "b.py"]}))) == [text, "b.py"]


def test_mappings_are_keys_below_their_own() -> None:
    keys = {"family": {"gamma": {"alpha": [1, 2]}}, "data.path": "x.csv"}
    assert list(overrides(keys)) == ["family.gamma.alpha=[1,2]", "data.path=x.csv"]


@pytest.mark.parametrize("value", [object, 1j, object()])
def test_what_has_no_words_is_refused(value: Any) -> None:
    with pytest.raises(BadInput, match=r"^sigma=.* is not allowed; allowed: numbers, text"):
        written("sigma", value)
