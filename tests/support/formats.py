"""The documented shapes of what dashboards read: what is wrong with a text, nothing where it is right.

bmf               Bencher's metric format: bencher.dev/docs/reference/bencher-metric-format and bencher.dev/bmf.json;
                  names as long as lib/bencher_valid of github.com/bencherdev/bencher allows.
smaller_is_better customSmallerIsBetter, README.md and src/extract.ts of
                  github.com/benchmark-action/github-action-benchmark: it reads no empty list, and finds by the name.
pytest_benchmark  What src/extract.ts (tool `pytest`) and lib/bencher_adapter's python/pytest.rs (`python_pytest`) read
                  of the JSON of pytest-benchmark; the latter makes the interval from median and iqr.
"""

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

KINDS: Mapping[str, Any] = {"object": dict, "array": list, "string": str, "number": (int, float)}
NUMBER = {"type": "number"}
NAME = {"type": "string", "minLength": 1, "maxLength": 1024}

# Written as JSON Schema, in the few of its words that `faults` knows.
METRIC = {
    "type": "object",
    "properties": {"value": NUMBER, "lower_value": NUMBER, "upper_value": NUMBER},
    "required": ["value"],
}
BMF = {
    "type": "object",
    "propertyNames": NAME,
    "minProperties": 1,
    "additionalProperties": {
        "type": "object",
        "propertyNames": NAME | {"maxLength": 64},
        "minProperties": 1,
        "additionalProperties": METRIC,
    },
}
SMALLER_IS_BETTER = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {
            "name": NAME,
            "unit": {"type": "string", "minLength": 1},
            "value": NUMBER,
            "range": {"type": "string"},
            "extra": {"type": "string"},
        },
        "required": ["name", "unit", "value"],
    },
}
STATISTICS = ("ops", "mean", "stddev", "rounds", "median", "iqr")
PYTEST_BENCHMARK = {
    "type": "object",
    "properties": {
        "machine_info": {"type": "object"},
        "commit_info": {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]},
        "benchmarks": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {
                    "fullname": NAME,
                    "stats": {
                        "type": "object",
                        "properties": dict.fromkeys(STATISTICS, NUMBER),
                        "required": STATISTICS,
                    },
                },
                "required": ["fullname", "stats"],
            },
        },
    },
    "required": ["machine_info", "commit_info", "benchmarks"],
}
LENGTHS = {dict: "Properties", list: "Items", str: "Length"}


def faults(value: Any, schema: Mapping[str, Any], where: str = "the document") -> Iterator[str]:
    """Where a document is not as the schema says."""
    if isinstance(value, bool) or not isinstance(value, KINDS[schema["type"]]):
        yield f"{where}: {value!r} is no {schema['type']}"
        return
    if word := LENGTHS.get(type(value)):
        size = len(value.encode() if isinstance(value, str) else value)
        if not schema.get(f"min{word}", 0) <= size <= schema.get(f"max{word}", math.inf):
            yield f"{where}: its length is {size}"
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from faults(item, schema["items"], f"{where}[{number}]")
    if isinstance(value, dict):
        yield from (f"{where}: no {name}" for name in schema.get("required", ()) if name not in value)
        for name, item in value.items():
            if "propertyNames" in schema:
                yield from faults(name, schema["propertyNames"], f"the name {name[:20]!r} in {where}")
            inner = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
            yield from faults(item, inner, f"{where}.{name[:20]}") if inner else ()


def read(text: str) -> Any:
    """JSON as every language reads it: no NaN, no Infinity, and no name twice in an object, where one would be lost."""

    def refuse(token: str) -> None:
        raise ValueError(f"{token} is no JSON")

    def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if repeated := twice(name for name, _ in pairs):
            raise ValueError(f"{repeated[0]!r} is there twice")
        return dict(pairs)

    return json.loads(text, parse_constant=refuse, object_pairs_hook=object_of)


def twice(names: Iterable[str]) -> list[str]:
    """The names that come more than once."""
    return [name for name, count in Counter(names).items() if count > 1]


def bmf(text: str) -> Iterator[str]:
    """What is wrong with Bencher's metric format; an interval holds its value."""
    document = read(text)
    yield from (wrong := list(faults(document, BMF)))
    for name, measures in document.items() if not wrong else ():
        for number in measures.values():
            if not number.get("lower_value", -math.inf) <= number["value"] <= number.get("upper_value", math.inf):
                yield f"{name}: {number['value']} is outside of its interval"


def smaller_is_better(text: str) -> Iterator[str]:
    """What is wrong with customSmallerIsBetter."""
    document = read(text)
    yield from (wrong := list(faults(document, SMALLER_IS_BETTER)))
    yield from (
        f"{name!r} is there twice" for name in (twice(entry["name"] for entry in document) if not wrong else ())
    )


def pytest_benchmark(text: str) -> Iterator[str]:
    """What is wrong with the JSON of pytest-benchmark."""
    document = read(text)
    yield from (wrong := list(faults(document, PYTEST_BENCHMARK)))
    names = [benchmark["fullname"] for benchmark in document["benchmarks"]] if not wrong else ()
    yield from (f"{name!r} is there twice" for name in twice(names))


FORMATS: Mapping[str, Callable[[str], Iterator[str]]] = {
    "bmf": bmf,
    "smaller_is_better": smaller_is_better,
    "pytest_benchmark": pytest_benchmark,
}
