"""What a reader takes along: link, CSV and PNG, where a page may copy and where it may not."""

import io
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.image import imread

from bench import registry
from tests.support import learned
from tests.support.browser import Browser
from tests.support.explorer import Frames, cells, choose
from tests.support.reports import written

SAID = "document.getElementById('taken').textContent"
PATIENCE_S = 20


@pytest.fixture
def saved(page: Browser, tmp_path: Path) -> Iterator[Path]:
    """Where the page saves files; the clipboard refuses."""
    page.send("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    page.do("navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); 0")
    yield tmp_path
    page.send("Browser.setDownloadBehavior", behavior="default")


def press(page: Browser, name: str) -> str:
    """Press a button, and wait for what the page says."""
    page.do(f"{SAID} = ''; document.querySelector({f'[name={name}]'!r}).click()")
    return until(lambda: str(page.do(SAID)))


def until(there):  # type: ignore[no-untyped-def]
    """What becomes true soon."""
    end = time.monotonic() + PATIENCE_S
    while not (found := there()):
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)
    return found


def copied(page: Browser) -> str:
    """What the page gave to the clipboard."""
    return str(page.do("window.given"))


def listen(page: Browser) -> None:
    """A clipboard that allows."""
    page.do("navigator.clipboard.writeText = async (text) => { window.given = text; }; 0")


def test_the_points_are_copied_as_csv_in_full(page: Browser, tables: Frames) -> None:
    listen(page)
    choose(page, "objective", "cosine k=5")
    assert press(page, "csv") == "6 rows are copied as CSV."
    frame = pd.read_csv(io.StringIO(copied(page)))
    rows = tables["ratios"]
    chosen = frame.iloc[0]
    for key in ("latent", "sampler", "parameter", "mu", "dataset_size", "samples"):
        rows = rows[rows[key] == chosen[key]]
    rows = rows[rows["objective"] == "cosine"].sort_values(["numerator", "sigma"])
    assert frame["objective"].unique().tolist() == ["cosine k=5"]
    for key in ("sigma", "numerator", "variance_ratio", "variance_ratio_low", "exact_variance_ratio", "status"):
        assert frame[key].tolist() == rows[key].tolist()  # every digit


def test_a_value_with_a_comma_or_a_quote_is_quoted(page: Browser) -> None:
    text = page.do("""csvOf(["a", "b"], [['x,"y"', null], [0.1, 1e300]])""")
    assert text == 'a,b\n"x,""y""",\n0.1,1e+300\n'


def test_where_a_page_may_not_copy_the_csv_is_saved(page: Browser, saved: Path) -> None:
    assert press(page, "csv") == "The browser does not let a page copy; it saves x_variance_ratio_sigma.csv."
    file = until(lambda: [*saved.glob("*.csv")])[0]
    assert file.name == "x_variance_ratio_sigma.csv"
    assert len(pd.read_csv(file)) == len(cells(page, "#points tbody tr"))


def test_the_link_is_copied_or_said_to_be_in_the_address(page: Browser) -> None:
    listen(page)
    assert press(page, "link") == "The link is copied."
    assert copied(page) == page.do("location.href")
    assert "#show=quantity=variance_ratio&" in copied(page)
    page.do("navigator.clipboard.writeText = undefined; 0")
    assert press(page, "link").endswith("the address bar has the link.")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture_is_light_has_the_marks_in_their_colours_and_asks_for_nothing(
    page: Browser, saved: Path, theme: str
) -> None:
    page.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])
    assert press(page, "png") == "The browser saves x_variance_ratio_sigma.png."
    page.send("Emulation.setEmulatedMedia", features=[])
    file = until(lambda: [*saved.glob("*.png")])[0]
    picture = np.round(255 * imread(file)[:, :, :3]).astype(int)
    width, height = page.do("[plot.firstChild.clientWidth, plot.firstChild.clientHeight]")
    assert picture.shape[1] == 2 * width
    assert picture.shape[0] > 2 * height  # names and what is shown stand below
    assert (picture[0, 0] == 255).all()
    for colour in ("#D55E00", "#005F45"):
        wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
        assert (picture == wanted).all(axis=2).sum() > 100
        assert (picture[2 * height :] == wanted).all(axis=2).sum() > 20
    assert all(address.startswith(("file:", "data:")) for address in page.requested())


def test_the_citation_is_copied_or_selected(page: Browser) -> None:
    button = "document.querySelector('[data-copies=citation]')"
    said = f"{button}.nextElementSibling.textContent"
    listen(page)
    page.do(f"{button}.click()")
    assert until(lambda: page.do(said)) == "Copied."
    assert copied(page).startswith("@software{mcgrad-bench_x,\n")
    page.do("navigator.clipboard.writeText = undefined; 0")
    page.do(f"{button}.click()")
    until(lambda: "selected" in page.do(said))
    assert page.do("String(getSelection())").strip() == page.do("document.getElementById('citation').textContent")


def test_curves_are_copied_with_all_their_checkpoints(browser: Browser, tmp_path: Path) -> None:
    tables = learned.tables()
    written(tmp_path, tables, learned.MANIFEST, registry.Registry())
    browser.open(tmp_path / "index.html")
    listen(browser)
    choose(browser, "along", "seconds")
    curves = tables["curves"][tables["curves"]["samples"] == 1]
    assert press(browser, "csv") == f"{len(curves)} rows are copied as CSV."
    frame = pd.read_csv(io.StringIO(copied(browser)))
    curves = curves.sort_values(["estimator", "step"])
    for key in ("estimator", "step", "seconds", "gap", "gap_low", "gap_high", "optimiser"):
        assert frame[key].tolist() == curves[key].tolist()
    assert browser.complaints() == []
