"""Exact values between the measured points of a slice: in the slice that they are of, and in no other."""

import pandas as pd
import pytest

from bench.spec import Slice
from bench.tables import between, slices
from tests.support import synthetic

GRID = {"sigma": [0.5, 2.0], "dataset_size": [5, 10], "samples": [1], "latents": ["shared"]}
Frames = dict[str, pd.DataFrame]


@pytest.fixture
def tables() -> Frames:
    """A run with exact values at the sigmas that were measured and, 10 and 20 times as large, at 1."""
    frames = synthetic.along(synthetic.tables(**GRID), "sigma")
    exact = frames.pop("exact").query("dataset_size == 10")
    new = exact[exact["sigma"] == 2.0].assign(sigma=1.0, x=1.0)
    factor = new["estimator"].map({"pathwise": 10.0, "score_function": 20.0})
    new["exact_variance"] = new["exact_variance"] * factor
    return {**frames, "lines": pd.concat([exact, new])}


def ratios(tables: Frames, size: int = 10) -> Slice:
    there = tables["ratios"][tables["ratios"]["dataset_size"] == size]
    selection = slices.select({"ratios": there}, "ratios", "variance_ratio", along=["sigma"])
    assert selection is not None
    return selection


def test_a_ratio_is_that_of_the_exact_variances(tables: Frames) -> None:
    selection = ratios(tables)
    made = between.ratios(selection, tables, "sigma")
    assert made is not None
    new = made.frame[made.frame["variance_ratio"].isna()]
    assert set(new["sigma"]) == {1.0}
    at_2 = selection.frame[selection.frame["sigma"] == 2.0]
    known = at_2.set_index("parameter")["exact_variance_ratio"] * 2
    assert dict(new.set_index("parameter")["exact_variance_ratio"]) == pytest.approx(dict(known), rel=1e-12)
    assert len(made.frame) == len(selection.frame) + len(known)  # measured places keep their one row


def test_a_variance_is_by_estimator(tables: Frames) -> None:
    selection = slices.select(tables, "statistics", "variance", along=["sigma"])
    made = between.variances(selection, tables, "sigma")
    assert made is not None
    new = made.frame[made.frame["variance"].isna()]
    assert set(zip(new["estimator"], new["sigma"], strict=True)) == {("pathwise", 1.0), ("score_function", 1.0)}


def test_another_slice_another_axis_and_a_run_without_lines_stay_as_they_are(tables: Frames) -> None:
    other = ratios(tables, size=5)
    assert between.ratios(other, tables, "sigma") is other
    selection = ratios(tables)
    assert between.ratios(selection, tables, "dataset_size") is selection
    assert between.ratios(selection, {"ratios": tables["ratios"]}, "sigma") is selection
    assert between.ratios(None, tables, "sigma") is None


def test_what_was_asked_for_serves_too(tables: Frames) -> None:
    asked = {**tables, "exact": tables.pop("lines")}
    made = between.ratios(ratios(tables), asked, "sigma")
    assert made is not None
    assert set(made.frame["sigma"]) == {0.5, 1.0, 2.0}


def test_the_parameter_of_a_family_is_known_by_its_name() -> None:
    tables = synthetic.tables(families=["gamma"], **GRID)
    rows = slices.along_theta(tables["ratios"])
    selection = slices.select({"ratios": rows}, "ratios", "variance_ratio", along=["at"])
    known = tables["statistics"].query("theta == 'alpha=2,rate=1'").rename(columns={"bias": "z"})
    places = {"theta": "alpha=3,rate=1", "x_axis": "family.gamma.alpha", "x": 3.0, "y_axis": "", "y": float("nan")}
    lines = known.assign(**places, bias=0.0)
    made = between.ratios(selection, {"lines": lines}, "at")
    assert made is not None
    new = made.frame[made.frame["variance_ratio"].isna()]
    assert set(zip(new["along"], new["at"], new["theta"], strict=True)) == {("alpha", 3.0, "rate=1")}
