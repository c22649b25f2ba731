"""Panels: which there are, where they stand, and what is said of those that are not there."""

import itertools

import pandas as pd
import pytest

from bench.drawing import style, words
from bench.drawing.panels import grid
from bench.spec import Slice

WIDE = style.Style(width=6.75)


def frame(variants: int = 1, latents: tuple[str, ...] = ("shared", "per_datum")) -> pd.DataFrame:
    """A row for each combination, parameters out of order."""
    cells = itertools.product([f"k={i}" for i in range(variants)], latents, ("sigma2", "mu"))
    rows = [{"variant": variant, "latent": latent, "parameter": parameter} for variant, latent, parameter in cells]
    return pd.DataFrame(rows).assign(objective="cosine", sampler="iid")


def note(selection: Slice, height: float = 1.25) -> str:
    figure, _ = grid(selection, ["variant", "latent"], "parameter", height)
    return figure.get_suptitle().replace("\n", " ")


def test_a_panel_has_its_rows_and_knows_those_of_its_neighbours() -> None:
    with style.context():
        figure, panels = grid(Slice(frame()), ["variant", "latent"], "parameter", 1.25)
    cells = list(itertools.product(("shared", "per_datum"), ("mu", "sigma2")))
    titles = [f"{words.told('latent', latent)}, {words.symbol(parameter)}" for latent, parameter in cells]
    assert [panel.axes.get_title() for panel in panels] == titles
    for panel, (latent, parameter) in zip(panels, cells, strict=True):
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


def test_panels_without_data_are_not_there_and_leave_their_labels_to_the_neighbours() -> None:
    rows = frame()
    with style.context():
        figure, panels = grid(Slice(rows[1:]), ["variant", "latent"], "parameter", 1.25)
    assert len(panels) == len(figure.axes) == 3
    labelled = [panel.axes.xaxis.get_tick_params()["labelbottom"] for panel in panels]
    assert labelled == [False, True, True]


@pytest.mark.parametrize(("variants", "omitted"), [(3, ""), (4, ", the first 6 of 8 rows of panels")])
def test_rows_that_the_page_has_no_space_for_are_counted(variants: int, omitted: str) -> None:
    with style.context():
        said = note(Slice(frame(variants)))
    assert said == f"cosine, iid draws{omitted}"


def test_the_note_says_what_is_common_what_is_cut_and_what_is_hidden() -> None:
    with style.context():
        said = note(Slice(frame(), {"mu": 1.0, "samples": 10}, hidden=2))
    assert said == r"cosine, $k=0$, iid draws, $\mu=1$, $K=10$, 2 rows that are zero or infinite not shown"


def test_a_row_has_the_parameters_of_its_family_and_no_others() -> None:
    rows = [("normal", "mu"), ("normal", "sigma2"), ("gamma", "rate"), ("gamma", "alpha"), ("bernoulli", "logit")]
    selection = Slice(pd.DataFrame(rows, columns=["family", "parameter"]).assign(latent="shared"))
    with style.context():
        figure, panels = grid(selection, ["family", "latent"], "parameter", 1.25)
    titles = [r"normal, $\mu$", r"normal, $\sigma^2$", "gamma, rate", r"gamma, $\alpha$", "bernoulli, logit"]
    assert [panel.axes.get_title() for panel in panels] == titles
    assert len(figure.axes) == 5
    labelled = [panel.axes.xaxis.get_tick_params()["labelbottom"] for panel in panels]
    assert labelled == [False, False, False, True, True]
