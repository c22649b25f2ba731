"""exact.csv beside what was measured: which rows make a curve, and what their names no longer say."""

import numpy as np
import pandas as pd

from bench.tables import along
from tests.support import synthetic

GRID = {"sigma": [0.5, 2.0], "dataset_size": [10], "samples": [1], "latents": ["shared"]}


def of_parameter(key: str, column: str, texts: list[str]) -> dict[str, pd.DataFrame]:
    """Tables along a plug-in's parameter, whose values the texts of a column tell."""
    frames = synthetic.along(synthetic.tables(**GRID), "sigma")
    for name in ("statistics", "exact"):
        frames[name][column] = frames[name]["sigma"].map(dict(zip(GRID["sigma"], texts, strict=True)))
        frames[name]["sigma"] = 1.0
    frames["exact"]["x_axis"] = key
    return frames


def test_a_parameter_of_the_axis_is_not_named_twice() -> None:
    for key, column, texts, rest in (
        ("objective.cosine.k", "variant", ["dimension=3,k=0.5", "dimension=3,k=2"], "dimension=3"),
        ("objective.cosine.k", "variant", ["k=0.5", "k=2"], ""),
        ("estimator.spsa.h", "estimator", ["spsa(h=0.5)", "spsa(h=2)"], "spsa"),
        ("estimator.spsa.h", "estimator", ["spsa(h=0.5,p=1)", "spsa(h=2,p=1)"], "spsa(p=1)"),
        ("family.gamma.alpha", "theta", ["alpha=0.5,rate=1", "alpha=2,rate=1"], "rate=1"),
    ):
        selection = along.variances(of_parameter(key, column, texts))
        assert selection is not None
        assert set(selection.frame[column]) == {rest}
        assert set(selection.frame["x_axis"]) == {key.rpartition(".")[2]}
        assert set(selection.frame["x"]) == {0.5, 2.0}


def test_points_that_were_not_measured_have_an_exact_value_alone() -> None:
    frames = synthetic.along(synthetic.tables(**GRID), "sigma")
    between = frames["exact"].assign(sigma=1.0, x=1.0)
    selection = along.variances(frames | {"exact": pd.concat([frames["exact"], between])})
    assert selection is not None
    there = selection.frame["x"] == 1.0
    assert there.any()
    assert selection.frame.loc[there, "variance"].isna().all()
    assert np.isfinite(selection.frame["exact_variance"]).all()
    assert np.isfinite(selection.frame.loc[~there, "variance"]).all()


def test_ratios_are_over_the_reference_of_the_same_place() -> None:
    frames = synthetic.along(synthetic.tables(**GRID), "sigma")
    selection = along.ratios(frames)
    assert selection is not None
    both = selection.frame.merge(frames["ratios"], on=["numerator", "parameter", "sigma"], suffixes=("", "_told"))
    assert len(both) == 0  # sigma is the axis now
    both = selection.frame.merge(
        frames["ratios"].assign(x=frames["ratios"]["sigma"]), on=["numerator", "parameter", "x"]
    )
    assert len(both) == len(selection.frame) > 0
    assert np.allclose(both["exact_variance_ratio_x"], both["exact_variance_ratio_y"], rtol=1e-12)


def test_a_map_is_no_curve_and_a_curve_no_map() -> None:
    frames = synthetic.tables(**GRID | {"dataset_size": [1, 10]})
    one, two = synthetic.along(frames, "sigma"), synthetic.along(frames, "sigma", "dataset_size")
    assert along.ratios(one) is not None
    assert along.ratios(one, over=2) is None
    assert along.ratios(two, over=2) is not None
    assert along.ratios(two) is None
    assert along.ratios(frames) is None
