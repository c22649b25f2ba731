"""The page in a real browser: every control, the numbers that it changes, sorting, filtering, keyboard and phone."""

from pathlib import Path

import pytest

from tests.support import synthetic
from tests.support.browser import Browser
from tests.support.explorer import Frames, cells
from tests.support.reports import MANIFEST, catalogue, dot, written


def test_opens_from_a_file_and_asks_for_nothing_else(page: Browser, folder: Path) -> None:
    addresses = [address for address in page.requested() if not address.startswith("data:")]
    assert addresses == [(folder / "index.html").as_uri()]


def test_a_page_without_the_question_as_it_was_asked_has_nothing_to_try(browser: Browser, tmp_path: Path) -> None:
    tables = synthetic.tables(objectives=[("cosine", "k=5")], sigma=[1.0, 3.0], dataset_size=[1], samples=[1])
    written(tmp_path, tables, MANIFEST, catalogue(first=dot))
    browser.open(tmp_path / "index.html")
    assert browser.do("document.getElementById('try')") is None
    assert browser.do("document.querySelectorAll('#plot .point').length") > 0
    assert browser.complaints() == []


def test_a_page_that_asks_for_something_would_be_seen(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<img src='http://127.0.0.1:9/x.png'><script>console.log(1); nothing()</script>")
    browser.open(tmp_path / "bad.html")
    assert any(address.startswith("http://127") for address in browser.requested())
    assert len(browser.complaints()) >= 2


def opened(page: Browser, name: str) -> str:
    """The table of a listing, unfolded and shown in full; gives how a script finds it."""
    details = f"document.querySelector('[data-name={name}]')"
    page.do(f"new Promise((then) => {{ {details}.addEventListener('toggle', then); {details}.open = true; }})")
    page.do(f"{details}.querySelector('.filters button').click()")
    return f"{details}.querySelector('table')"


@pytest.mark.parametrize("name", ["ratios", "statistics", "timings"])
@pytest.mark.thinned(2)
def test_listings_are_sorted_and_filtered(page: Browser, tables: Frames, name: str) -> None:
    frame = tables[name]
    by = "numerator" if name == "ratios" else "estimator"
    value = {"ratios": "variance_ratio", "statistics": "gradient", "timings": "estimate_ns"}[name]
    table = opened(page, name)
    columns = page.do(f"[...{table}.tHead.rows[0].cells].map((cell) => cell.textContent)")
    place = columns.index(value)
    button = f"{table}.tHead.rows[0].cells[{place}]"
    for ascending in (True, False):
        page.do(f"{button}.firstChild.click()")
        order = frame.sort_values(value, ascending=ascending, kind="stable")[value].dropna()
        texts = [row[place] for row in cells(page, f"[data-name={name}] tbody tr")]
        assert len(texts) == len(frame)
        assert [float(text) for text in texts[: len(order)]] == pytest.approx(order.tolist(), rel=1e-4)
        assert not any(texts[len(order) :])
        assert page.do(f"{button}.getAttribute('aria-sort')") == ("ascending" if ascending else "descending")
    for key, wanted in ((by, "score_function"), ("samples", 10)):
        page.do(
            f"""(() => {{ const control = document.querySelector('[data-name={name}] [name={key}]');
            control.value = JSON.stringify({wanted!r});
            control.dispatchEvent(new Event("change", {{ bubbles: true }})); }})()"""
        )
        frame = frame[frame[key] == wanted]
        rows = cells(page, f"[data-name={name}] tbody tr")
        assert len(rows) == len(frame)
        assert {row[columns.index(key)] for row in rows} == {str(wanted)}
        count = page.do(f"document.querySelector('[data-name={name}] output').textContent")
        assert count.startswith(f"{len(frame)} of ")


def test_a_phone_scrolls_down_and_not_sideways(browser: Browser, folder: Path) -> None:
    browser.open(folder / "index.html", 390, 844)
    assert browser.do("document.documentElement.scrollWidth") == 390
    assert browser.do("document.querySelector('#plot svg').getBoundingClientRect().right") <= 390


def test_without_javascript_all_but_the_explorer_and_the_rows_is_there(browser: Browser, folder: Path) -> None:
    browser.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(folder / "index.html")
        text = browser.do("document.body.innerText")  # the debugger may still ask
        assert "The explorer needs JavaScript" in text
        assert "along the x axis" not in text
        assert "the CSV files below have them too" in text
        assert len(cells(browser, "#ratios tbody tr")) > 3
    finally:
        browser.send("Emulation.setScriptExecutionDisabled", value=False)
