"""Single draws of f and of two gradients in one cell, as histograms: the variance to be seen."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib import ticker
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from bench.drawing import sentences, style, words
from bench.drawing.palette import look
from bench.spec import Figure, Slice
from bench.tables import slices

TOP, ROW = 0.75, 0.85  # inches of the panel of f, and of a row of an estimator, beside text of 7 points


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """All histograms; None of a run that has none."""
    if "draws" not in tables or tables["draws"].empty:
        return None
    frame = slices.shown(tables["draws"])
    return Slice(frame, {key: frame[key].iloc[0] for key in slices.AXES[:3] if frame[key].notna().all()})


def draw(selection: Slice) -> Drawing:
    """f above; below it a row for each estimator and a column for each parameter, which share their axes."""
    frame = selection.frame
    of_f, gradients = frame[frame["estimator"] == ""], frame[frame["estimator"] != ""]
    estimators, parameters = [*gradients["estimator"].unique()], slices.left_to_right(gradients["parameter"])
    keys = (*slices.FACETS, "data")
    height = style.scaled_to_font(0.75 + TOP + ROW * len(estimators))
    label = sentences.sentence(gradients, keys, selection.chosen)
    figure = Drawing(figsize=(style.figure_width(), height), layout="constrained", label=label)
    if style.is_noted():
        note = ", ".join(sentences.note(gradients, keys, selection.chosen))
        figure.suptitle(words.fill(note, style.letters_that_fit(64)), color=style.GREY)
    rows = figure.add_gridspec(1 + len(estimators), len(parameters), height_ratios=[TOP, *[ROW] * len(estimators)])
    top = figure.add_subplot(rows[0, :])
    _histogram(top, of_f, style.GREY)
    top.set_title("$f(y)$")
    for j, parameter in enumerate(parameters):
        of_parameter = gradients[gradients["parameter"] == parameter]
        first = None
        for i, name in enumerate(estimators, 1):
            rows_of_one = of_parameter[of_parameter["estimator"] == name]
            axes = figure.add_subplot(rows[i, j], sharex=first)
            first = first or axes
            _histogram(axes, rows_of_one, look(name).colour)
            if np.isfinite(exact := float(rows_of_one["exact_gradient"].iloc[0])):
                axes.axvline(exact, color="black", linewidth=style.scaled_to_line(0.8))
            axes.set_title(f"{words.label(name)}, variance {words.number(rows_of_one['variance'].iloc[0], 2)}")
            axes.tick_params(labelbottom=i == len(estimators))
            axes.set_xlabel(f"gradient by {words.symbol(parameter)}" if i == len(estimators) else "")
    return figure


def _histogram(axes: Axes, bins: pd.DataFrame, colour: str) -> None:
    """The counts over the range of the bins."""
    edges = [bins["low"].iloc[0], *bins["high"]]
    axes.stairs(bins["count"], edges, fill=True, color=colour)
    axes.grid(visible=False)
    axes.set_xlim(edges[0], edges[-1])
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(ticker.MaxNLocator(4))
    axes.xaxis.set_major_formatter(ticker.FuncFormatter(lambda value, _: words.number(value)))


PLUGIN = Figure(
    name="gradient_draws",
    title="Draws of $f$ and of both gradients",
    caption="A thousand single draws of $f$ and of the gradients that two estimators make of the same draws, on the "
    "same scale. The black line is the exact gradient, the mean of both; the first and the last bin hold what lies "
    "outside.",
    select=select,
    draw=draw,
)
