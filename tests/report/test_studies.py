"""A study's picture is the one that says the most, and its small copy is small."""

from pathlib import Path

import pytest
from matplotlib.figure import Figure
from matplotlib.image import imread

from bench.report.studies import Study, index, small_pictures


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study whose run drew two figures."""
    (figures := tmp_path / "mine" / "figures").mkdir(parents=True)
    for name in ("efficiency_map", "variance_samplers"):
        Figure(figsize=(3.25, 2)).savefig(figures / f"{name}.png", dpi=300)
    return Study("mine", "About <it>.", "VERDICT ok", tmp_path / "mine")


def test_the_picture_is_the_first_that_says_much_or_any(study: Study) -> None:
    assert study.picture == study.folder / "figures" / "variance_samplers.png"
    study.picture.unlink()
    assert study.picture == study.folder / "figures" / "efficiency_map.png"
    study.picture.unlink()
    assert study.picture is None


def test_a_small_picture_is_small(study: Study, tmp_path: Path) -> None:
    small_pictures([study, Study("none", "", "error: x", tmp_path / "none")], tmp_path / "small")
    (small,) = (tmp_path / "small").iterdir()
    assert small.name == "mine.png"
    assert imread(small).shape[:2] == (197, 320)
    assert small.stat().st_size < 10_000


def test_words_are_no_markup_and_links_are_relative(study: Study) -> None:
    page = index([study])
    assert "About &lt;it&gt;." in page
    assert 'href="mine/index.html"' in page
    assert 'src="mine/figures/variance_samplers.png"' in page
