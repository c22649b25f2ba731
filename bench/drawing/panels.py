"""Panels: a figure's grid of axes, one for each facet of a slice."""

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.drawing import choices, sentences, style, words
from bench.markup.mathematics import letters
from bench.spec import Slice
from bench.tables import slices

PAGE = 8.0  # inches that the rows of panels may fill
KEYS = (*slices.FACETS, "data", "numerator", "parameter", "evaluation")  # said of all panels where they do not vary
GAP = 2  # letters between two titles beside each other
TAG = 4  # letters of (a) before a title

Key = tuple[str, ...]  # the values of a row's facets


@dataclass(frozen=True, slots=True)
class Panel:
    """Axes with the rows to draw on them; `row` has those of the neighbours too, which share the y axis."""

    axes: Axes
    frame: pd.DataFrame
    row: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Layout:
    """Which panels there are: for each key a row of so many columns, so many rows `beside` each other."""

    columns: Mapping[Key, Sequence[str]]
    beside: int
    omitted: int  # rows of panels that the page has no space for

    @property
    def across(self) -> int:
        """The panels of the longest row."""
        return max(map(len, self.columns.values()))

    @property
    def deep(self) -> int:
        """How many rows stand below each other."""
        return math.ceil(len(self.columns) / self.beside)

    @property
    def places(self) -> Iterator[tuple[int, int, Key, str]]:
        """Each panel by its row and its place in it, with the key of the row and the value of the column."""
        return (
            (i, j, key, name) for i, (key, names) in enumerate(self.columns.items()) for j, name in enumerate(names)
        )


def grid(
    selection: Slice,
    rows: Sequence[str],
    column: str,
    height: float,
    x: str = "",
    keys: Sequence[str] = KEYS,
    also: str = "",
) -> tuple[Figure, list[Panel]]:
    """A figure with a row of panels for each combination of `rows`, and each panel that has data with its data.

    `height` is that of a row, in inches beside text of 7 points. Where the figure is wide enough, rows stand side by
    side. The x axis is shared by rows that have the same `x`, one of `rows`, or by all. The note above the panels says
    those of the `keys` that do not vary, and what stands in `also`.
    """
    frame = selection.frame
    layout = _layout(frame, rows, column, height)
    note, sentence = _note(selection, layout, keys, also)
    margin, panel, line = (style.scaled_to_font(length) for length in (0.7, height, 0.1))
    note = note if style.is_noted() else ""
    tall = choices.current().height or margin + panel * layout.deep + line * note.count("\n")
    figure = Figure(figsize=(style.figure_width(), tall), layout="constrained", label=sentence)
    figure.suptitle(note, color=style.GREY)
    axes = figure.subplots(layout.deep, layout.beside * layout.across, squeeze=False).reshape(-1, layout.across)
    titles = _titles(frame, [name if name != x else "" for name in rows], column, layout)
    scales = {key: key[rows.index(x)] if x else "" for key in layout.columns}
    first: dict[str, Axes] = {}
    for i, j, key, _ in layout.places:
        axes[i, j].set_title(titles[i][j])
        if first.setdefault(scales[key], axes[i, j]) is not axes[i, j]:
            axes[i, j].sharex(first[scales[key]])
        if j > 0:
            axes[i, j].sharey(axes[i, 0])
    used = {(i, j) for i, j, *_ in layout.places}
    for i, j in itertools.product(*map(range, axes.shape)):
        if (i, j) not in used:
            axes[i, j].remove()
    frames = dict(list(frame.groupby([*rows, column], sort=False)))
    return figure, _panels(axes.tolist(), layout, frames, scales)


def _columns(frame: pd.DataFrame, rows: Sequence[str], column: str) -> dict[Key, list[str]]:
    """What stands beside each other in each row of panels: the parameters of its family, or all values there are."""
    alike = [rows.index("family")] if column == "parameter" and "family" in rows else []
    names: dict[Key, dict[str, None]] = {}
    keys: dict[Key, Key] = {}
    for *key, name in frame[[*rows, column]].drop_duplicates().itertuples(index=False, name=None):
        keys[tuple(key)] = tuple(key[i] for i in alike)
        names.setdefault(keys[tuple(key)], {})[name] = None
    return {key: slices.left_to_right(names[kind]) for key, kind in keys.items()}


def _layout(frame: pd.DataFrame, rows: Sequence[str], column: str, height: float) -> Layout:
    """As many rows side by side as the width has space for, and below each other as a page has."""
    names = _columns(frame, rows, column)
    keys = list(names)
    least = style.scaled_to_font(style.LEAST * style.FONT_SIZE)
    beside = min(len(keys), max(1, int(style.figure_width() // least)))
    deep = max(1, int(max(PAGE, style.figure_width()) // style.scaled_to_font(height)))
    drawn = keys[: beside * deep]
    return Layout({key: names[key] for key in drawn}, beside, len(keys) - len(drawn))


def _note(selection: Slice, layout: Layout, keys: Sequence[str], also: str) -> tuple[str, str]:
    """What all panels have in common and what they leave out: in lines as wide as the figure, and as sentences."""
    frame, left_out = selection.frame, []
    if "denominator" in frame and frame["denominator"].nunique() > 1:
        left_out.append(f"over {' or '.join(map(words.label, slices.denominators(frame).split(' or ')))}")
    if layout.omitted:
        drawn = len(layout.columns)
        left_out.append(f"the first {drawn} of {drawn + layout.omitted} rows of panels")
    if selection.hidden:
        left_out.append(f"{selection.hidden} rows that are zero or infinite not shown")
    left_out += [also] if also else []
    note = ", ".join([*sentences.note(frame, keys, selection.chosen), *left_out])
    also_said = f"Besides: {', '.join(left_out)}." if left_out else ""
    sentence = " ".join(filter(None, (sentences.sentence(frame, keys, selection.chosen), also_said)))
    return words.fill(note, style.letters_that_fit(64)), sentence


def _titles(frame: pd.DataFrame, rows: Sequence[str], column: str, layout: Layout) -> list[list[str]]:
    """Each panel's facets, as far as `rows` names them, and column: in one line where a row's fit, else in more."""
    tags = TAG if choices.current().tags else 0
    width = style.letters_that_fit(56) // layout.beside // layout.across - tags
    varying = [i for i, name in enumerate(rows) if name and frame[name].nunique() > 1]
    several = len({name for names in layout.columns.values() for name in names}) > 1
    titles = [
        [
            [words.told(rows[i], key[i]) for i in varying if key[i]] + [words.told(column, name)] * several
            for name in names
        ]
        for key, names in layout.columns.items()
    ]
    if max(letters(", ".join(title)) for row in titles for title in row) <= width - GAP:
        return [[", ".join(title) for title in row] for row in titles]
    lines = [[[", ".join(title[:-2]), ", ".join(title[-2:])] for title in row] for row in titles]
    return [["\n".join(words.fill(line, width) for line in title if line) for title in row] for row in lines]


def _panels(
    axes: Sequence[Sequence[Axes]], layout: Layout, frames: dict[Key, pd.DataFrame], scales: Mapping[Key, str]
) -> list[Panel]:
    """The panels that have data; the others go, and leave their tick labels to the neighbours."""
    panels, keys = [], list(layout.columns)
    for i, j, key, column in layout.places:
        if (*key, column) not in frames:
            axes[i][j].remove()
            continue
        first = all((*key, left) not in frames for left in layout.columns[key][:j])
        below = [other for other in keys[i + layout.beside :: layout.beside] if scales[other] == scales[key]]
        last = all((*other, name) not in frames for other in below for name in layout.columns[other][j : j + 1])
        axes[i][j].tick_params(labelleft=first, labelbottom=last)
        row = pd.concat([frames[*key, name] for name in layout.columns[key] if (*key, name) in frames])
        panels.append(Panel(axes[i][j], frames[*key, column], row))
    return panels
