"""The figures made of curves show the numbers of the tables, and no others."""

import numpy as np
import pytest

from bench.drawing import style
from bench.figures import (
    time_dataset_size,
    variance_ratio_dataset_size,
    variance_ratio_sigma,
    variance_samplers,
    variance_samples,
)
from tests.support import synthetic
from tests.support.artists import drawn, hollows, intervals, lines, points, rounded

CASES = [
    (variance_ratio_sigma, "ratios", "sigma", "variance_ratio", {"mu": 1, "dataset_size": 10, "samples": 10}),
    (variance_ratio_dataset_size, "ratios", "dataset_size", "variance_ratio", {"mu": 1, "sigma": 1, "samples": 10}),
    (variance_samples, "statistics", "samples", "variance", {"mu": 1, "sigma": 1, "dataset_size": 10}),
]
SIGMA = r"standard deviation $\sigma$"
IDS = [module.PLUGIN.name for module, *_ in CASES]


@pytest.fixture(scope="module")
def tables():
    return synthetic.tables(
        sigma=[0.3, 1.0, 3.0],
        dataset_size=[1, 10, 100],
        samples=[1, 10, 100],
        status=lambda row: "budget" if row["sigma"] == 1.0 else "ok",
    )


def expected(tables, name, cut):
    frame = tables[name]
    frame = frame[frame["parameter"].isin(["mu", "sigma2"])]
    for key, value in cut.items():
        frame = frame[frame[key] == value]
    return frame


def pairs(frame, *columns):
    return rounded([frame[list(columns)].to_numpy(float)])


@pytest.mark.parametrize(("module", "name", "x", "y", "cut"), CASES, ids=IDS)
def test_points_intervals_and_lines_are_the_tables(tables, module, name, x, y, cut):
    frame = expected(tables, name, cut)
    figure = drawn(module.PLUGIN, tables)
    assert points(figure) == pairs(frame, x, y)
    assert intervals(figure) == pairs(frame, x, f"{y}_low", f"{y}_high")
    assert lines(figure) == pairs(frame, x, f"exact_{y}")
    assert hollows(figure) == pairs(frame[frame["status"] != "ok"], x, y)


@pytest.mark.parametrize(("module", "name", "x", "y", "cut"), CASES, ids=IDS)
def test_rows_without_numbers_are_left_out(tables, module, name, x, y, cut):
    holed = {key: table.copy() for key, table in tables.items()}
    gone = (holed[name]["latent"] == "shared") & (holed[name][x] == 1.0)
    holed[name].loc[gone, [y, f"{y}_low", f"{y}_high"]] = np.nan
    frame = expected(tables, name, cut)
    kept = frame[(frame["latent"] != "shared") | (frame[x] != 1.0)]
    assert points(drawn(module.PLUGIN, holed)) == pairs(kept, x, y)


def test_zero_is_left_out_of_a_log_scale_and_that_is_said(tables):
    zero = {key: table.copy() for key, table in tables.items()}
    zero["statistics"].loc[expected(tables, "statistics", CASES[2][-1]).index[0], "variance"] = 0.0
    figure = drawn(variance_samples.PLUGIN, zero)
    assert len(points(figure)) == len(points(drawn(variance_samples.PLUGIN, tables))) - 1
    assert "1 rows that are zero or infinite not shown" in figure.get_suptitle().replace("\n", " ")


def test_times_are_the_tables_in_the_unit_of_the_label(tables):
    figure = drawn(time_dataset_size.PLUGIN, tables)
    frame = tables["timings"]
    frame = frame[frame["samples"] == 10]
    assert "time per estimate (ns)" in {axes.get_ylabel() for axes in figure.axes}
    assert points(figure) == pairs(frame, "dataset_size", "estimate_ns")
    assert intervals(figure) == pairs(frame, "dataset_size", "estimate_ns_low", "estimate_ns_high")


def test_an_exact_value_alone_is_a_dash():
    """A curve of one point, beside another at another sigma."""
    two = synthetic.tables(sigma=[1.0, 2.0], dataset_size=[10], samples=[1])
    ratios = two["ratios"]
    apart = two | {"ratios": ratios[(ratios["latent"] == "shared") == (ratios["sigma"] == 1.0)]}
    frame = expected(apart, "ratios", {})
    shown = points(drawn(variance_ratio_sigma.PLUGIN, apart))
    assert shown == sorted(pairs(frame, "sigma", "variance_ratio") + pairs(frame, "sigma", "exact_variance_ratio"))


def test_one_value_is_no_axis() -> None:
    point = synthetic.tables(sigma=[1.0], dataset_size=[10, 20], samples=[1], latents=["shared"])
    assert variance_ratio_sigma.PLUGIN.select(point) is None
    assert time_dataset_size.PLUGIN.select(point) is not None


def test_a_missing_panel_leaves_the_labels_to_its_neighbours(tables):
    holed = {key: table.copy() for key, table in tables.items()}
    gone = (holed["ratios"]["latent"] == "per_datum") & (holed["ratios"]["parameter"] == "mu")
    holed["ratios"].loc[gone, "variance_ratio"] = np.inf
    figure = drawn(variance_ratio_sigma.PLUGIN, holed)
    labels = {axes.get_title(): (axes.get_xlabel(), axes.get_ylabel()) for axes in figure.axes if axes.axison}
    assert labels == {
        r"shared draw, $\mu$": (SIGMA, "variance ratio"),
        r"shared draw, $\sigma^2$": ("", ""),
        r"draw per datum, $\sigma^2$": (SIGMA, "variance ratio"),
    }


def test_curves_by_sampler_stand_beside_the_orders_of_theory() -> None:
    """Dashed from the highest of the first points, one for each order, in every panel of one estimator."""
    made = synthetic.tables(
        sigma=[1.0], dataset_size=[10], samples=[1, 10, 100], samplers=["iid", "sobol"], latents=["shared"]
    )
    figure = drawn(variance_samplers.PLUGIN, made)
    assert variance_samplers.PLUGIN.select(synthetic.tables(samplers=["iid"], samples=[1, 10])) is None
    for axes in figure.axes:
        dashed = [line for line in axes.get_lines() if line.get_color() == style.GREY]
        slopes = [np.polyfit(np.log(line.get_xdata()), np.log(line.get_ydata()), 1)[0] for line in dashed]
        np.testing.assert_allclose(slopes, [-1, -2, -3], rtol=1e-12)
        assert len({line.get_ydata()[0] for line in dashed}) == 1
    assert len(figure.axes) == 2 * 2
