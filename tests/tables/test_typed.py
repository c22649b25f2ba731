"""Frames in their types: counts may be missing, numbers are floats, text is text."""

from pathlib import Path

import pandas as pd
import pytest

from bench.tables import csv
from bench.tables.contents import TABLES
from bench.tables.typed import typed
from tests.support.command import Outcome


def test_every_column_has_the_type_of_its_kind(smoke: tuple[Path, Outcome]) -> None:
    raw = csv.read(smoke[0])
    raw["statistics"].loc[0, "replicates"] = float("nan")  # of a row that was skipped
    raw["ratios"] = raw["ratios"].iloc[:0]
    frames = typed(raw)
    assert set(frames) == set(raw)
    for name, frame in frames.items():
        assert len(frame) == len(raw[name])
        kinds = {**TABLES[name].keys, **TABLES[name].measured}
        types = {column: str(kind) for column, kind in frame.dtypes.items()}
        assert types == {column: {str: "str", float: "float64", int: "Int64"}[kind] for column, kind in kinds.items()}
    assert frames["statistics"]["replicates"].isna()[0]
    assert frames["statistics"]["replicates"][1] == raw["statistics"]["replicates"][1]
    assert (frames["statistics"]["theta"] == "").all()


def test_a_count_that_is_none_is_refused(smoke: tuple[Path, Outcome]) -> None:
    raw = csv.read(smoke[0])
    raw["timings"] = pd.DataFrame(raw["timings"]).assign(samples=1.5)
    with pytest.raises((TypeError, ValueError)):
        typed(raw)
