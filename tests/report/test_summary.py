"""Studies leave a small picture each and their rankings; those of other studies stay as they are."""

import shutil
from pathlib import Path

import pandas as pd
from matplotlib.image import imread

from bench.report.ranking import WORK, standings
from bench.report.summary import FILE, write
from bench.tables import csv
from tests.support.command import Outcome


def test_what_is_run_is_renewed_and_the_rest_stays(
    smoke: tuple[Path, Outcome], descended: tuple[Path, Outcome], tmp_path: Path
) -> None:
    sweep, fit = (tmp_path / name for name in ("mine", "descent"))
    shutil.copytree(smoke[0], sweep)
    shutil.copytree(descended[0], fit)
    write([sweep, fit, tmp_path / "absent"], tmp_path / "small")
    assert sorted(path.name for path in (tmp_path / "small").iterdir()) == ["descent.png", FILE, "mine.png"]
    assert imread(tmp_path / "small" / "mine.png").shape[1] == 320
    frame = pd.read_csv(tmp_path / "small" / FILE)
    told = standings(csv.read(sweep))
    assert list(frame["estimator"]) == [standing.estimator for standing in told]
    for work in WORK:
        assert list(frame[f"best_{work}"]) == [standing.best[work] for standing in told]
        assert list(frame[f"cells_{work}"]) == [standing.cells[work] for standing in told]
    assert set(frame["study"]) == {"mine"}
    text = (tmp_path / "small" / FILE).read_text()
    write([sweep], tmp_path / "small")
    assert (tmp_path / "small" / FILE).read_text() == text
    another = tmp_path / "another"
    sweep.rename(another)
    write([another], tmp_path / "small")
    renewed = pd.read_csv(tmp_path / "small" / FILE)
    assert list(dict.fromkeys(renewed["study"])) == ["another", "mine"]
    assert len(renewed) == 2 * len(frame)


def test_fits_alone_leave_no_ranking(descended: tuple[Path, Outcome], tmp_path: Path) -> None:
    write([descended[0]], tmp_path)
    assert not (tmp_path / FILE).exists()
