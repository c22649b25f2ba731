"""The tables as the page holds them: columns for its script, rows of text for a reader."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from bench.report.page.data import LISTED, axes, explored, facets, prepared, quantities
from tests.support import synthetic
from tests.support.page import column, data, nulled, render

Frames = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def tables() -> Frames:
    return synthetic.tables(sigma=[0.3, 1.0, 3.0], dataset_size=[1, 10], samples=[1, 10])


@pytest.fixture(scope="module")
def text(tables: Frames) -> str:
    return render(tables)


def test_the_embedded_numbers_are_those_of_the_tables(tables: Frames, text: str) -> None:
    assert data(text)["facets"][2:4] == ["family", "vector"]
    embedded = data(text)["tables"]
    assert set(embedded) == set(tables)
    for name, table in embedded.items():
        frame = tables[name]
        left = set(frame.columns) - set(table["columns"])
        assert left == {"schema", "variant", "dimension"} & set(frame.columns) | (
            {"variance_ratio", "time_ratio"} if name == "efficiency" else set()
        )
        for key in table["columns"].keys() - {"vector"}:
            assert column(table, key) == nulled(frame[key].tolist()), (name, key)


def test_a_missing_number_is_null_an_infinite_one_a_word_and_an_axis_may_be_missing(tables: Frames) -> None:
    holes = {name: frame.copy() for name, frame in tables.items()}
    for frame in holes.values():
        frame["dataset_size"] = frame["dataset_size"].astype(float).where(frame["dataset_size"] > 1)
    holes["ratios"]["variance_ratio"] = np.where(holes["ratios"]["parameter"] == "mu", np.inf, 2.0)
    table = data(render(holes))["tables"]["ratios"]
    assert set(column(table, "variance_ratio")) == {"inf", 2.0}
    assert column(table, "dataset_size") == nulled(holes["ratios"]["dataset_size"].tolist())


def test_a_listing_has_the_columns_that_vary_and_says_the_others(tables: Frames, text: str) -> None:
    listed = data(text)["listed"]
    assert list(listed) == list(LISTED)
    for name, columns in listed.items():
        assert set(columns) <= set(data(text)["tables"][name]["columns"])
        assert {"sigma", "samples"} & set(columns)
        assert {"variance_ratio", "variance", "time_ratio"} & set(columns)
        assert "data" not in columns  # it never varies; the line above the table has it
    assert text.count("In all rows: objective squared_error") == len(listed)


def test_only_what_was_measured_can_be_shown(tables: Frames) -> None:
    assert [*quantities(tables)] == [
        "variance_ratio", "variance", "gradient", "efficiency_ratio", "mse_ratio", "estimate_ns",
    ]  # fmt: skip
    untimed = tables | {name: tables[name].head(0) for name in ("timings", "efficiency")}
    assert [*quantities(untimed)] == ["variance_ratio", "variance", "gradient", "mse_ratio"]
    assert [*quantities({name: frame.head(0) for name, frame in tables.items()})] == ["variance_ratio"]


def explorer(tables: Frames) -> tuple[Frames, list[str]]:
    """The tables as the explorer has them, and its axes."""
    frames = prepared(tables)
    return {name: explored(frame, axes(frames)) for name, frame in frames.items()}, axes(frames)


def test_the_numbers_of_other_families_are_axes_of_the_explorer() -> None:
    grid: dict[str, Any] = {"families": ["normal", "gamma"], "dataset_size": [1], "samples": [1]}
    frames, along = explorer(synthetic.tables(sigma=[1.0], rate=[2.0], **grid))
    assert along == ["mu", "sigma", "alpha", "rate", "dataset_size", "samples"]
    ratios = frames["ratios"]
    gamma = ratios["family"] == "gamma"
    assert sorted(ratios["alpha"][gamma].unique()) == [0.5, 2.0, 8.0]
    assert ratios["alpha"][~gamma].isna().all()
    assert set(ratios["vector"]) == {""}
    found = {facet.name: facet.values for facet in facets(frames, along)}
    assert found["alpha"] == [0.5, 2, 8]
    assert (found["vector"], found["entropy"], found["family"]) == ([""], [], ["normal", "gamma"])


def test_a_theta_with_lists_is_a_choice_of_its_own() -> None:
    tables = synthetic.tables(sigma=[1.0], dataset_size=[1], samples=[1])
    lists = {
        n: f.assign(theta="mu=[0.5,-1],sigma=1", mu=np.nan, sigma=np.nan) for n, f in tables.items() if "data" in f
    }
    frames, along = explorer(tables | lists)
    assert along == ["mu", "sigma", "dataset_size", "samples"]
    assert {facet.name: facet.values for facet in facets(frames, along)}["vector"] == ["mu=[0.5,-1],sigma=1"]


def test_the_explorer_begins_where_the_most_was_measured() -> None:
    def status(row: dict[str, Any]) -> str:
        return "skipped: why" if row["latent"] == "shared" and row["estimator"] == "score_function" else "ok"

    tables = synthetic.tables(dataset_size=[1, 10], samples=[1, 10], status=status)
    chosen = {facet.name: facet.chosen for facet in facets(*explorer(tables))}
    assert (chosen["latent"], chosen["sigma"]) == ("per_datum", 1)
