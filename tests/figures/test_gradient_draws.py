"""The histograms of single draws are those of the table, on one scale for both estimators."""

import numpy as np
import pandas as pd
from matplotlib.patches import StepPatch

from bench.figures import gradient_draws
from tests.support import synthetic
from tests.support.artists import drawn, require_readable

EDGES = np.linspace(-3, 3, 61)


def tables() -> dict[str, pd.DataFrame]:
    """Histograms of a thousand draws of y^2, of y and of 10 y, with the keys of a run."""
    made = synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1], latents=["shared"])
    cell = made["statistics"][made["statistics"]["estimator"].isin(["pathwise", "score_function"])]
    random = np.random.default_rng(0).normal(size=1000)
    first = cell.iloc[0].to_dict() | {"estimator": "", "parameter": ""}
    frames = []
    for row in (first, *cell.to_dict("records")):
        values = {"": random**2, "pathwise": random, "score_function": 10 * random}[row["estimator"]]
        count = np.histogram(np.clip(values, -3, 3), bins=EDGES)[0]
        bins = pd.DataFrame({"low": EDGES[:-1], "high": EDGES[1:], "count": count})
        frames.append(bins.assign(**row | {"variance": values.var(ddof=1)}))
    return {**made, "draws": pd.concat(frames, ignore_index=True)}


def test_the_bins_are_those_of_the_table_and_both_estimators_share_the_scale() -> None:
    made = tables()
    figure = drawn(gradient_draws.PLUGIN, made)
    require_readable(figure)
    top, *panels = figure.axes
    assert top.get_title() == "$f(y)$"
    assert len(panels) == 4
    of_f = made["draws"][made["draws"]["estimator"] == ""]
    for axes in figure.axes:
        (bins,) = (patch for patch in axes.patches if isinstance(patch, StepPatch))
        assert bins.get_data().values.sum() == 1000
        np.testing.assert_array_equal(bins.get_data().edges, EDGES)
        if axes is top:
            np.testing.assert_array_equal(bins.get_data().values, of_f["count"])
    assert {axes.get_xlim() for axes in panels} == {(-3, 3)}
    variances = [float(axes.get_title().rpartition(" ")[2]) for axes in panels]
    assert max(variances) / min(variances) == 100


def test_without_draws_there_is_no_figure() -> None:
    without = {name: frame for name, frame in tables().items() if name != "draws"}
    assert gradient_draws.PLUGIN.select(without) is None
