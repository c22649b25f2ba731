"""The checks of what dashboards read find what is wrong: right documents pass, each of their mutants is refused."""

import copy
import json
from typing import Any

import pytest

from tests.support import formats

STATS = {"ops": 2.0, "mean": 0.5, "stddev": 0.0, "rounds": 15, "median": 0.5, "iqr": 0.0}
RIGHT: dict[str, Any] = {
    "bmf": {"a": {"latency": {"value": 88.0, "lower_value": 87.42, "upper_value": 88.88}}, "b": {"c": {"value": 1}}},
    "smaller_is_better": [
        {"name": "a", "unit": "ns", "value": 88.0, "range": "[87.42, 88.88]"},
        {"name": "b", "unit": "ratio", "value": 1, "extra": "more"},
    ],
    "pytest_benchmark": {
        "machine_info": {},
        "commit_info": {"id": "f00"},
        "benchmarks": [{"fullname": "a", "stats": STATS}, {"fullname": "b", "stats": STATS}],
    },
}
ABSENT = object()
MUTANTS = [  # a format, where its right document is changed, to what, and what is said of it
    ("bmf", ["a", "latency", "value"], ABSENT, "no value"),
    ("bmf", ["a", "latency", "value"], "88", "'88' is no number"),
    ("bmf", ["a", "latency", "value"], True, "True is no number"),
    ("bmf", ["a", "latency", "value"], None, "None is no number"),
    ("bmf", ["a", "latency", "lower_value"], 88.5, "outside of its interval"),
    ("bmf", ["a", "latency", "upper_value"], 80.0, "outside of its interval"),
    ("bmf", ["a", "latency"], 88.0, "88.0 is no object"),
    ("bmf", ["a", "latency" * 10], {"value": 1}, "its length is 70"),
    ("bmf", ["a"], {}, "its length is 0"),
    ("bmf", [""], {"c": {"value": 1}}, "its length is 0"),
    ("bmf", ["e" * 1024], {"c": {"value": 1}}, None),
    ("bmf", ["\u00e9" * 513], {"c": {"value": 1}}, "its length is 1026"),
    ("bmf", [], {}, "its length is 0"),
    ("bmf", [], RIGHT["smaller_is_better"], "is no object"),
    ("smaller_is_better", [0, "unit"], ABSENT, "no unit"),
    ("smaller_is_better", [0, "unit"], "", "its length is 0"),
    ("smaller_is_better", [0, "name"], "", "its length is 0"),
    ("smaller_is_better", [0, "name"], "b", "'b' is there twice"),
    ("smaller_is_better", [0, "value"], "88", "'88' is no number"),
    ("smaller_is_better", [0, "range"], 3, "3 is no string"),
    ("smaller_is_better", [], [], "its length is 0"),
    ("smaller_is_better", [], RIGHT["bmf"], "is no array"),
    ("pytest_benchmark", ["machine_info"], ABSENT, "no machine_info"),
    ("pytest_benchmark", ["commit_info", "id"], ABSENT, "no id"),
    ("pytest_benchmark", ["benchmarks"], [], "its length is 0"),
    ("pytest_benchmark", ["benchmarks", 0, "fullname"], "b", "'b' is there twice"),
    ("pytest_benchmark", ["benchmarks", 0, "stats"], ABSENT, "no stats"),
    *(("pytest_benchmark", ["benchmarks", 0, "stats", name], ABSENT, f"no {name}") for name in STATS),
]


def changed(form: str, path: list[Any], value: Any) -> Any:
    """The right document of a format with one thing in it replaced, or taken out."""
    if not path:
        return value
    document = copy.deepcopy(RIGHT[form])
    node = document
    for key in path[:-1]:
        node = node[key]
    if value is ABSENT:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return document


@pytest.mark.parametrize("form", RIGHT)
def test_right_documents_pass(form: str) -> None:
    assert list(formats.FORMATS[form](json.dumps(RIGHT[form]))) == []


@pytest.mark.parametrize(("form", "path", "value", "said"), MUTANTS)
def test_wrong_documents_are_refused(form: str, path: list[Any], value: Any, said: str | None) -> None:
    faults = list(formats.FORMATS[form](json.dumps(changed(form, path, value))))
    assert (said in faults[0]) if said else faults == []


@pytest.mark.parametrize("text", ['{"a": NaN}', '{"a": Infinity}', '{"a": -Infinity}', '{"a": 1, "a": 2}', "{a: 1}"])
def test_what_other_languages_cannot_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no JSON|is there twice|Expecting"):
        formats.read(text)
