"""The files of a figure: what it may do to its frames, and what is said of one that keeps not to the contract."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure as Canvas

from bench import registry
from bench.errors import BadInput
from bench.figures import variance_samples
from bench.report.images import draw
from bench.report.settings import Drawing
from bench.spec import Figure, Slice
from tests.support import synthetic

Tables = dict[str, pd.DataFrame]
Write = Callable[[pd.DataFrame], object]

ALL = Drawing(formats=("svg",))


@pytest.fixture
def tables() -> Tables:
    return synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1, 10], latents=["shared"])


def plugin(select: Callable[[Tables], object], draw: Callable[[Slice], object] = lambda selection: Canvas()) -> Figure:
    return Figure("mine", "Title", "Caption.", select, draw)  # type: ignore[arg-type]


def add_a_column(frame: pd.DataFrame) -> None:
    frame["mine"] = 1.0


def overwrite_a_column(frame: pd.DataFrame) -> None:
    frame["sigma"] = -1.0


def overwrite_a_cell(frame: pd.DataFrame) -> None:
    frame.loc[0, "sigma"] = -1.0
    frame.iloc[1, frame.columns.get_loc("sigma")] = -1.0


def sort_in_place(frame: pd.DataFrame) -> None:
    frame.sort_values("samples", ascending=False, inplace=True, ignore_index=True)


def rename_in_place(frame: pd.DataFrame) -> None:
    frame.columns = [name.upper() for name in frame.columns]
    frame.index.name = "mine"


def drop_in_place(frame: pd.DataFrame) -> None:
    frame.drop(index=frame.index[::2], columns="sigma", inplace=True)


WRITES = [add_a_column, overwrite_a_column, overwrite_a_cell, sort_in_place, rename_in_place, drop_in_place]


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # on its way out, and in use
@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
def test_a_figure_that_writes_into_its_frames_changes_no_table_and_no_other_figure(
    write: Write, tables: Tables
) -> None:
    expected = {name: frame.copy(deep=True) for name, frame in tables.items()}
    before = draw("variance_samples", variance_samples.PLUGIN, tables, ALL)

    def select(frames: Tables) -> Slice:
        frames.pop("timings")
        write(frames["statistics"])
        return Slice(frames["ratios"])

    def drawn(selection: Slice) -> Canvas:
        write(selection.frame)
        return Canvas(figsize=(1, 1))

    files = draw("mine", plugin(select, drawn), tables, ALL)
    assert set(tables) == set(expected)
    for name, frame in tables.items():
        pd.testing.assert_frame_equal(frame, expected[name])
        assert frame.index.name is None
    assert draw("variance_samples", variance_samples.PLUGIN, tables, ALL) == before
    numbers = expected["ratios"].drop(columns="schema").assign(figure="mine").set_index("figure")
    assert files["csv"].decode() == numbers.to_csv(lineterminator="\n")


def test_the_arrays_of_a_frame_refuse_to_be_written_to(tables: Tables) -> None:
    def drawn(selection: Slice) -> Canvas:
        np.asarray(selection.frame["sigma"])[0] = -1.0
        return Canvas()

    with pytest.raises(ValueError, match="read-only"):
        draw("mine", plugin(lambda frames: Slice(frames["ratios"]), drawn), tables, ALL)


def test_select_and_draw_are_called_once_and_draw_gets_what_select_gave(tables: Tables) -> None:
    calls: list[object] = []

    def select(frames: Tables) -> Slice:
        calls.append(selection := Slice(frames["ratios"], {"mu": 1.0}, 3))
        return selection

    def drawn(selection: Slice) -> Canvas:
        calls.append(selection)
        return Canvas(figsize=(1, 1))

    files = draw("mine", plugin(select, drawn), tables, ALL)
    assert len(calls) == 2
    assert calls[0] is calls[1]
    assert list(files) == ["svg", "tex", "csv"]


def test_tables_that_hold_nothing_give_no_file_and_nothing_is_drawn(tables: Tables) -> None:
    def drawn(selection: Slice) -> Canvas:
        raise AssertionError("drawn")

    assert draw("mine", plugin(lambda frames: None, drawn), tables, ALL) == {}


def test_a_slice_without_rows_has_no_numbers_beside_its_image(tables: Tables) -> None:
    files = draw("mine", plugin(lambda frames: Slice(pd.DataFrame())), tables, ALL)
    assert set(files) == {"svg", "tex"}


@pytest.mark.parametrize(
    ("figure", "message"),
    [
        (plugin(lambda frames: frames["ratios"]), "figure mine: select gives a DataFrame; allowed: a Slice"),
        (plugin(lambda frames: Slice(frames["ratios"]), print), "figure mine: draw gives a NoneType; allowed: a matpl"),
    ],
)
def test_what_is_no_slice_and_what_is_no_figure_is_refused(figure: Figure, message: str, tables: Tables) -> None:
    with pytest.raises(BadInput, match=message):
        draw("mine", figure, tables, ALL)


def test_a_figure_without_a_select_is_refused_when_it_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text('from bench.spec import Figure\nPLUGIN = Figure("mine", "", "", draw=print)\n')
    with pytest.raises(
        BadInput, match=r"mine\.py' does not import: line 2: TypeError: .*missing .* argument: 'select'"
    ):
        registry.load([str(file)], kinds=[])
