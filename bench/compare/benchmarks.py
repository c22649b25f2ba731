"""A JSON file of pytest-benchmark: its times, the rows that hold none, and what it says of its machine.

Anybody's file is read, of any version and in any Unicode, so nothing of it is believed before it is looked at. A row
that is wrong is named and costs no other row.
"""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bench.config.checks import finite
from bench.errors import BadInput
from bench.statistics import significance
from bench.statistics.significance import Effect

NAMES = ("brand_raw", "brand")  # of a processor, from py-cpuinfo since its version 6 and before
KINDS = ("vendor_id_raw", "vendor_id", "hardware_raw", "hardware", "arch_string_raw", "arch", "family", "model")
SHORTEST_S, LONGEST_S = 1e-18, 1e18  # what is outside is no time, and its ratios would be no numbers
WIDEST = 1e6  # the distance of quartiles over the median
MOST_ROUNDS = 10**9


class Benchmarks(NamedTuple):
    """What a file holds."""

    commit: str | None
    cpu: tuple[str | None, int | None]  # model, cores
    times: Mapping[tuple[str, ...], Effect]  # logarithms of ns, by the name of the benchmark
    faults: Mapping[tuple[str, ...], str]  # why a benchmark has no time


def read(file: Path) -> Benchmarks:
    """The benchmarks of a file; BadInput where it is none of pytest-benchmark."""
    try:
        record = json.loads(file.read_bytes())  # which tells UTF-8, UTF-16 and UTF-32 apart, and knows their marks
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{str(file)!r} is no JSON: {error}") from error
    record = _mapping(record)
    machine, rows = record.get("machine_info"), record.get("benchmarks")
    if not isinstance(rows, list) or not (isinstance(machine, dict) or any(_mapping(row).get("stats") for row in rows)):
        raise BadInput(f"{str(file)!r} is JSON, but not of pytest-benchmark: it has no benchmarks with their stats")
    times: dict[tuple[str, ...], Effect] = {}
    faults: dict[tuple[str, ...], str] = {}
    for place, row in enumerate(map(_mapping, rows), 1):
        key = (_text(row.get("fullname")) or f"benchmark {place}",)
        if key in times or key in faults:
            times.pop(key, None)
            faults[key] = "it is there more than once"
            continue
        try:
            times[key] = _effect(_mapping(row.get("stats")))
        except ValueError as error:
            faults[key] = str(error)
    commit = _text(_mapping(record.get("commit_info")).get("id"))
    return Benchmarks(commit, _processor(_mapping(_mapping(machine).get("cpu"))), times, faults)


def _processor(cpu: Mapping[str, Any]) -> tuple[str | None, int | None]:
    """The name of a processor, or its kind in all the words that there are; and how many cores it has."""
    names = [name for name in map(_text, map(cpu.get, NAMES)) if name]
    kind = " ".join(str(cpu[key]) for key in KINDS if isinstance(cpu.get(key), str | int) and cpu[key] != "")
    cores = cpu.get("count")
    model = names[0] if names else _text(kind and f"unnamed {kind}")
    return model, cores if finite(cores) and isinstance(cores, int) else None


def _effect(stats: Mapping[str, Any]) -> Effect:
    """The logarithm of ns of a benchmark: from all its rounds if the file has them, else from their quartiles."""
    if not stats:
        raise ValueError("it has no stats")
    if rounds := stats.get("data"):
        if not isinstance(rounds, list):
            raise ValueError(f"its data are {_words(rounds)}, not a list of times")
        return significance.from_rounds(np.array([_log_ns("round", seconds) for seconds in rounds]))
    values: list[Any] = [stats.get(key) for key in ("median", "iqr", "rounds")]
    median, distance, count = values
    value = _log_ns("median", median)
    if not (finite(count) and 1 <= count <= MOST_ROUNDS and count == int(count)):
        raise ValueError(f"its rounds are {_words(count)}")
    if not (finite(distance) and 0 <= distance / median <= WIDEST):
        raise ValueError(f"its iqr is {_words(distance)}")
    return significance.from_quartiles(value, distance / median, int(count))


def _log_ns(what: str, seconds: Any) -> float:
    if not (finite(seconds) and SHORTEST_S <= seconds <= LONGEST_S):
        raise ValueError(f"its {what} is {_words(seconds)}, which is no time")
    return math.log(seconds * 1e9)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    """A text as a line that any terminal and file can hold; None where there is none."""
    if not isinstance(value, str):
        return None
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in value.strip()) or None


def _words(value: Any) -> str:
    """What was found in the place of a number, in JSON's words."""
    kinds = {dict: "an object", list: "a list", str: "a text", type(None): "null"}
    return kinds.get(type(value)) or json.dumps(value)
