"""The ratios along the parameter of another family that has the most values."""

import pytest

from bench.figures import variance_ratio_theta
from tests.support import synthetic
from tests.support.artists import drawn, points, rounded

PLUGIN = variance_ratio_theta.PLUGIN
CELL = {"dataset_size": [10], "samples": [1], "latents": ["shared"]}


def test_the_points_are_the_ratios_along_the_parameter_that_varies_most():
    tables = synthetic.tables(families=["gamma"], alpha=[0.5, 2.0, 8.0], rate=[1.0, 2.0], **CELL)
    figure = drawn(PLUGIN, tables)
    assert [axes.get_title() for axes in figure.axes] == [r"$\alpha$", "rate"]
    assert "rate = 2" in figure.get_suptitle()
    assert [axes.get_xlabel() for axes in figure.axes] == [r"$\alpha$"] * 2
    ratios = tables["ratios"]
    ratios = ratios[ratios["theta"].str.endswith("rate=2")]
    alpha = ratios["theta"].str.extract(r"alpha=([\d.]+)")[0].astype(float)
    assert points(figure) == rounded([list(zip(alpha, ratios["variance_ratio"], strict=True))])


def test_rows_of_two_families_have_axes_of_their_own():
    names = ["score_function", "score_function_loo", "pathwise"]
    figure = drawn(PLUGIN, synthetic.tables(families=["gamma", "bernoulli"], estimators=names, **CELL))
    labels = {axes.get_title().partition(",")[0]: axes.get_xlabel() for axes in figure.axes}
    assert labels == {"gamma": r"$\alpha$", "bernoulli": "logit"}
    scales = {axes.get_xlabel(): axes.get_xscale() for axes in figure.axes}
    assert scales == {r"$\alpha$": "log", "logit": "linear"}  # which is negative too
    (logit,) = (axes for axes in figure.axes if axes.get_xlabel() == "logit")
    assert [label.get_text() for label in logit.get_xticklabels()] == ["-1", "0", "2"]
    assert "over pathwise or score function" in figure.get_suptitle().replace("\n", " ")
    assert "the reference better" in {text.get_text() for axes in figure.axes for text in axes.texts}


@pytest.mark.parametrize("theta", ["", "alpha=2,rate=1", "alpha=[1,2],rate=1"])
def test_nothing_that_varies_in_numbers_is_no_figure(theta):
    tables = synthetic.tables(families=["gamma"], **CELL)
    assert PLUGIN.select(tables) is not None
    assert PLUGIN.select(tables | {"ratios": tables["ratios"].assign(theta=theta)}) is None
    assert PLUGIN.select(synthetic.tables(sigma=[1.0, 2.0], **CELL)) is None
