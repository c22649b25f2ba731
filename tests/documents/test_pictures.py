"""Pictures in the documents are small, and those of the reference report as it is."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread

from bench.documents import pictures
from bench.report.small import small
from tests.support.browser import chromium
from tests.support.command import TOP

FOLDER, REFERENCE = TOP / "docs" / "pictures", TOP / "reports" / "reference"
MOST_BYTES = 60_000


def test_every_picture_of_the_documents_is_small() -> None:
    committed = [*FOLDER.glob("*.png"), *(TOP / "reports" / "studies").glob("*.png")]
    assert committed
    assert {path.name: size for path in committed if (size := path.stat().st_size) > MOST_BYTES} == {}


@pytest.mark.parametrize(("name", "figure"), pictures.FIGURES.items())
def test_a_picture_is_that_of_the_reference(name: str, figure: str, tmp_path: Path) -> None:
    small(REFERENCE / "figures" / f"{figure}.png", tmp_path / "fresh.png", pictures.WIDE)
    assert np.array_equal(imread(tmp_path / "fresh.png"), imread(FOLDER / f"{name}.png"))


@pytest.mark.skipif(chromium() is None, reason="needs Chromium")
def test_the_screenshot_is_of_the_page_as_it_is() -> None:
    """`python -m bench.documents` takes it anew."""
    page = (REFERENCE / "index.html").read_bytes()
    assert pictures.shown(FOLDER / f"{pictures.PAGE}.png") == hashlib.sha256(page).hexdigest()


@pytest.mark.skipif(chromium() is None, reason="needs Chromium")
def test_a_screenshot_names_the_page_that_it_shows(tmp_path: Path) -> None:
    (page := tmp_path / "page.html").write_text("<body style='background: #00f'>")
    pictures.screenshot(str(chromium()), page, tmp_path / "shot.png")
    assert pictures.shown(tmp_path / "shot.png") == hashlib.sha256(page.read_bytes()).hexdigest()
    assert np.allclose(imread(tmp_path / "shot.png")[..., :3].mean(axis=(0, 1)), [0, 0, 1], atol=0.02)
