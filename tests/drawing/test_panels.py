"""Panels: which there are, where they stand, and what is said of those that are not there."""

import itertools

import pandas as pd
import pytest

from bench.drawing import style
from bench.drawing.panels import NBSP, grid
from bench.spec import Slice

WIDE = style.Style(width=6.75)


def frame(variants: int = 1, latents: tuple[str, ...] = ("shared", "per_datum")) -> pd.DataFrame:
    """A row for each combination, parameters out of order."""
    cells = itertools.product([f"k={i}" for i in range(variants)], latents, ("sigma2", "mu"))
    rows = [{"variant": variant, "latent": latent, "parameter": parameter} for variant, latent, parameter in cells]
    return pd.DataFrame(rows).assign(objective="cosine", sampler="iid")


def note(selection: Slice, height: float = 1.25) -> str:
    figure, _ = grid(selection, ["variant", "latent"], "parameter", height)
    return figure.get_suptitle().replace(NBSP, " ").replace("\n", " ")


def test_a_panel_has_its_rows_and_knows_those_of_its_neighbours() -> None:
    with style.context():
        figure, panels = grid(Slice(frame()), ["variant", "latent"], "parameter", 1.25)
    titles = ["shared, mu", "shared, sigma2", "per_datum, mu", "per_datum, sigma2"]
    assert [panel.axes.get_title() for panel in panels] == titles
    for panel, title in zip(panels, titles, strict=True):
        latent, parameter = title.split(", ")
        assert panel.frame[["latent", "parameter"]].to_numpy().tolist() == [[latent, parameter]]
        assert set(panel.row["latent"]) == {latent}
        assert len(panel.row) == 2
    assert len(figure.axes) == 4


def test_rows_of_panels_stand_side_by_side_where_the_figure_is_wide_enough() -> None:
    with style.context(WIDE):
        figure, panels = grid(Slice(frame(variants=3)), ["variant", "latent"], "parameter", 1.25)
    specifications = [panel.axes.get_subplotspec() for panel in panels]
    assert {spec.rowspan.start for spec in specifications if spec} == {0, 1, 2}
    assert {spec.colspan.start for spec in specifications if spec} == {0, 1, 2, 3}
    assert figure.get_figwidth() == WIDE.width


def test_panels_without_data_say_so_and_leave_their_labels_to_the_neighbours() -> None:
    rows = frame()
    with style.context():
        figure, panels = grid(Slice(rows[1:]), ["variant", "latent"], "parameter", 1.25)
    assert len(panels) == 3
    (missing,) = (axes for axes in figure.axes if not axes.axison)
    assert missing.get_title() == "shared, sigma2"
    assert [text.get_text() for text in missing.texts] == ["not measured"]
    labelled = {panel.axes.get_title(): panel.axes.xaxis.get_tick_params()["labelbottom"] for panel in panels}
    assert labelled == {"shared, mu": False, "per_datum, mu": True, "per_datum, sigma2": True}


@pytest.mark.parametrize(("variants", "omitted"), [(3, ""), (4, ", the first 6 of 8 rows of panels")])
def test_rows_that_the_page_has_no_space_for_are_counted(variants: int, omitted: str) -> None:
    with style.context():
        said = note(Slice(frame(variants)))
    assert said == f"cosine, sampler iid{omitted}"


def test_the_note_says_what_is_common_what_is_cut_and_what_is_hidden() -> None:
    with style.context():
        said = note(Slice(frame(), {"mu": 1.0, "samples": 10}, hidden=2))
    assert said == "cosine, k=0, sampler iid, mu = 1, samples = 10, 2 rows that are zero or infinite not shown"


def test_a_row_has_the_parameters_of_its_family_and_no_others() -> None:
    rows = [("normal", "mu"), ("normal", "sigma2"), ("gamma", "rate"), ("gamma", "alpha"), ("bernoulli", "logit")]
    selection = Slice(pd.DataFrame(rows, columns=["family", "parameter"]).assign(latent="shared"))
    with style.context():
        figure, panels = grid(selection, ["family", "latent"], "parameter", 1.25)
    titles = ["normal, mu", "normal, sigma2", "gamma, rate", "gamma, alpha", "bernoulli, logit"]
    assert [panel.axes.get_title() for panel in panels] == titles
    assert len(figure.axes) == 5
    labelled = [panel.axes.xaxis.get_tick_params()["labelbottom"] for panel in panels]
    assert labelled == [False, False, False, True, True]
