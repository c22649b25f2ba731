"""A verdict as JSON: every row, and null for what is not known."""

import json
import math
from dataclasses import replace

import pytest

from bench.compare.record import to_json
from bench.compare.verdict import judge
from bench.statistics.significance import Effect
from tests.support.compared import timed


def test_what_is_not_known_is_null_and_the_rest_is_whole() -> None:
    base = [Effect(1.0, 0.01, 14), Effect(1.0, math.nan, math.nan), Effect(0.0, 0.01, 14)]
    record = json.loads(to_json(judge([timed(base)], [timed(base[:2])], 0.15)))
    judged, unknown = record["times"]
    assert (judged["fullname"], judged["call"], judged["ratio"]) == ("test_0", "unchanged", 1.0)
    assert judged["ratio_low"] < 1 < judged["ratio_high"]
    assert judged["base_ns"] == pytest.approx(math.e)
    assert (unknown["ratio_low"], unknown["ratio_high"], unknown["adjusted_p"]) == (None, None, None)
    assert record["alone"]["timings in base"] == [["test_2"]]
    assert record["base"] == [
        {"name": "x", "kind": "pytest-benchmark", "commit": None, "cpu": {"model": "A CPU", "cores": 2}}
    ]


def test_rows_without_a_time_are_there() -> None:
    base = replace(timed([]), name="base.json", faults={("a",): "it has no stats"})
    assert json.loads(to_json(judge([base], [timed([])], 0.15)))["without_time"] == [
        {"side": "base", "result": "base.json", "fullname": "a", "why": "it has no stats"}
    ]


def test_every_row_is_there_however_many() -> None:
    effects = [Effect(1.0, 0.01, 14)] * 100
    assert len(json.loads(to_json(judge([timed(effects)], [timed(effects)], 0.15)))["times"]) == 100
