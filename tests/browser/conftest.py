"""One browser for the tests of a file; without Chromium they are skipped."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import synthetic
from tests.support.browser import Browser, chromium
from tests.support.explorer import GRID, Frames
from tests.support.reports import MANIFEST, catalogue, dot, written


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    binary = chromium()
    if binary is None:
        pytest.skip("no Chromium is installed (Debian: apt install chromium)")
    browser = Browser(binary, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def tables() -> Frames:
    two = {"objectives": [("squared_error", ""), ("cosine", "k=5")], "samplers": ["iid", "antithetic"]}

    def status(row: dict[str, Any]) -> str:
        return "skipped: why" if row["sigma"] == 3 and row["samples"] == 1 else "ok"

    return synthetic.tables(status=status, **GRID, **two)


@pytest.fixture(scope="module")
def folder(tables: Frames, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    written(folder, tables, MANIFEST, catalogue(first=dot))
    return folder


@pytest.fixture
def page(browser: Browser, folder: Path) -> Iterator[Browser]:
    browser.open(folder / "index.html")
    yield browser
    assert browser.complaints() == []
