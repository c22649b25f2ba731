"""The histograms of single draws hold all of them, on one scale for both estimators."""

import numpy as np
import pandas as pd
from matplotlib.patches import StepPatch

from bench.figures import gradient_draws
from tests.support import synthetic
from tests.support.artists import drawn, require_readable

COUNT = 1000


def tables() -> dict[str, pd.DataFrame]:
    """Draws of y + e and of 10 e, with the keys of a run."""
    made = synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1], latents=["shared"])
    cell = made["statistics"][made["statistics"]["estimator"].isin(["pathwise", "score_function"])]
    random = np.random.default_rng(0).normal(size=COUNT)
    frames = [
        pd.DataFrame([row] * COUNT).assign(
            draw=range(COUNT), f=random**2, gradient=random * (1 if row["estimator"] == "pathwise" else 10)
        )
        for row in cell.to_dict("records")
    ]
    return {**made, "draws": pd.concat(frames, ignore_index=True)}


def test_every_draw_is_in_a_bin_and_both_estimators_share_the_scale() -> None:
    figure = drawn(gradient_draws.PLUGIN, tables())
    require_readable(figure)
    top, *panels = figure.axes
    assert top.get_title() == "$f(y)$"
    assert len(panels) == 4
    for axes in figure.axes:
        (bins,) = (patch for patch in axes.patches if isinstance(patch, StepPatch))
        assert bins.get_data().values.sum() == COUNT
    assert {axes.get_xlim() for axes in panels[:2]} == {panels[0].get_xlim()}
    variances = [float(axes.get_title().rpartition(" ")[2]) for axes in panels]
    assert max(variances) / min(variances) == 100


def test_without_draws_there_is_no_figure() -> None:
    without = {name: frame for name, frame in tables().items() if name != "draws"}
    assert gradient_draws.PLUGIN.select(without) is None
