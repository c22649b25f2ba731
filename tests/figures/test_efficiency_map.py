import numpy as np
from matplotlib.collections import QuadMesh

from bench.drawing import words
from bench.figures import efficiency_map, efficiency_map_evaluations
from bench.markup.numbers import number
from tests.support import synthetic
from tests.support.artists import drawn


def test_each_map_holds_the_ratios_of_direct_evaluation_and_says_them():
    tables = synthetic.tables(sigma=[0.3, 1.0, 3.0], dataset_size=[1, 10], samples=[1, 10], latents=["shared"])
    figure = drawn(efficiency_map.PLUGIN, tables)
    frame = tables["efficiency"]
    frame = frame[(frame["evaluation"] == "direct") & (frame["samples"] == 10)]
    for axes, parameter in zip(figure.axes[:2], ("mu", "sigma2"), strict=True):
        expected = frame[frame["parameter"] == parameter].pivot(
            index="sigma", columns="dataset_size", values="efficiency_ratio"
        )
        (mesh,) = (c for c in axes.collections if isinstance(c, QuadMesh))
        assert axes.get_title() == words.symbol(parameter)
        np.testing.assert_allclose(10 ** mesh.get_array().reshape(expected.shape), expected.to_numpy(), rtol=1e-14)
        assert [text.get_text() for text in axes.texts] == [number(ratio, 2) for ratio in expected.to_numpy().ravel()]
        assert mesh.norm.vmin == -mesh.norm.vmax  # 1 is in the middle of the colours


def test_without_direct_timings_the_collapsed_ones_are_shown():
    tables = synthetic.tables(sigma=[1.0, 2.0], dataset_size=[10], samples=[1], latents=["shared"])
    efficiency = tables["efficiency"]
    collapsed = tables | {"efficiency": efficiency[efficiency["evaluation"] == "collapsed"]}
    assert "collapsed" in drawn(efficiency_map.PLUGIN, collapsed).get_suptitle()


def test_by_evaluations_there_is_one_where_these_differ() -> None:
    tables = synthetic.tables(sigma=[0.3, 1.0], dataset_size=[1, 10], samples=[1])
    assert efficiency_map_evaluations.PLUGIN.select(tables) is None
    twice = synthetic.asked_for("efficiency_map_evaluations", tables)
    selection = efficiency_map_evaluations.PLUGIN.select(twice)
    assert selection is not None
    rows = selection.frame
    assert (rows["evaluation_efficiency_ratio"] == 2 * rows["variance_ratio"]).all()
    words = {text.get_text() for axes in drawn(efficiency_map_evaluations.PLUGIN, twice).axes for text in axes.texts}
    assert {efficiency_map.short(ratio) for ratio in rows["evaluation_efficiency_ratio"]} <= words
