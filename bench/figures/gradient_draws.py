"""Single draws of f and of two gradients in one cell, as histograms: the variance to be seen."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib import ticker
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from bench.drawing import sentences, style, words
from bench.drawing.palette import look
from bench.spec import Figure, Floats, Slice
from bench.tables import slices

BINS, SHARE = 60, 0.98  # over the range that holds so much of the widest estimator
TOP, ROW = 0.75, 0.85  # inches of the panel of f, and of a row of an estimator, beside text of 7 points


def select(tables: Mapping[str, pd.DataFrame]) -> Slice | None:
    """All draws; None where none were kept."""
    if "draws" not in tables or tables["draws"].empty:
        return None
    frame = slices.shown(tables["draws"])
    return Slice(frame, {key: frame[key].iloc[0] for key in slices.AXES[:3] if frame[key].notna().all()})


def draw(selection: Slice) -> Drawing:
    """f above; below it a row for each estimator and a column for each parameter, which share their axes."""
    frame = selection.frame
    estimators, parameters = [*frame["estimator"].unique()], slices.left_to_right(frame["parameter"])
    keys = (*slices.FACETS, "data")
    height = style.scaled_to_font(0.75 + TOP + ROW * len(estimators))
    label = sentences.sentence(frame, keys, selection.chosen)
    figure = Drawing(figsize=(style.figure_width(), height), layout="constrained", label=label)
    if style.is_noted():
        note = ", ".join(sentences.note(frame, keys, selection.chosen))
        figure.suptitle(words.fill(note, style.letters_that_fit(64)), color=style.GREY)
    rows = figure.add_gridspec(1 + len(estimators), len(parameters), height_ratios=[TOP, *[ROW] * len(estimators)])
    top = figure.add_subplot(rows[0, :])
    values = frame[(frame["estimator"] == estimators[0]) & (frame["parameter"] == parameters[0])]["f"].to_numpy(float)
    _histogram(top, values, _range(values), style.GREY)
    top.set_title("$f(y)$")
    for j, parameter in enumerate(parameters):
        of_parameter = frame[frame["parameter"] == parameter]
        groups = {name: of_parameter[of_parameter["estimator"] == name]["gradient"] for name in estimators}
        limits = _range(max(groups.values(), key=np.var).to_numpy(float))
        first = None
        for i, (name, gradients) in enumerate(groups.items(), 1):
            axes = figure.add_subplot(rows[i, j], sharex=first)
            first = first or axes
            numbers = gradients.to_numpy(float)
            _histogram(axes, numbers, limits, look(name).colour)
            exact = of_parameter["exact_gradient"].iloc[0]
            if np.isfinite(exact):
                axes.axvline(exact, color="black", linewidth=style.scaled_to_line(0.8))
            axes.set_title(f"{words.label(name)}, variance {words.number(numbers.var(ddof=1), 2)}")
            axes.tick_params(labelbottom=i == len(estimators))
            axes.set_xlabel(f"gradient by {words.symbol(parameter)}" if i == len(estimators) else "")
    return figure


def _range(values: Floats) -> tuple[float, float]:
    """Where all but the farthest values lie."""
    low, high = np.quantile(values, [(1 - SHARE) / 2, (1 + SHARE) / 2])
    return (float(low), float(high)) if low < high else (float(low) - 0.5, float(high) + 0.5)


def _histogram(axes: Axes, values: Floats, limits: tuple[float, float], colour: str) -> None:
    """Counts over the range; what lies outside is counted in the first and the last bin."""
    counts, edges = np.histogram(np.clip(values, *limits), bins=BINS, range=limits)
    axes.stairs(counts, edges, fill=True, color=colour)
    axes.grid(visible=False)
    axes.set_xlim(limits)
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
