"""A link restores the view; what it says of nothing there is, or no link at all, breaks no page."""

from pathlib import Path
from urllib.parse import quote

import pytest

from tests.support.browser import Browser
from tests.support.explorer import cells, choose, offered

RUBBISH = (
    "#show=", "#show", "#show=%", "#show=%E0%A4%A", "#show=quantity=__proto__&along=constructor&estimator=toString",
    "#show=quantity=%3Cimg%20src=x%20onerror=alert(1)%3E&samples=[&mu={&estimator=" + 2000 * "x",
    "#show=" + "&".join(f"sigma={i}" for i in range(500)), "#show=yscale=cubic&xscale=null&quantity=&along",
)  # fmt: skip
STATE = """[...document.querySelectorAll("#controls select")].filter(one => !one.closest("label").hidden)
    .map(one => [one.name, one.value])
    .concat([...document.querySelectorAll("[name=estimator]")].map(one => [one.value, one.checked]))"""


def at(browser: Browser, file: Path, fragment: str) -> None:
    """Open a page at a fragment, as a link does."""
    browser.open(Path("/"))  # the same file with another fragment would not be loaded again
    browser.open(file, fragment=fragment)


def test_a_link_restores_quantity_axis_facets_estimators_and_scales(page: Browser, folder: Path) -> None:
    fresh = page.do(STATE)
    for name, value in {
        "quantity": "variance", "along": "samples", "objective": "cosine k=5", "parameter": "sigma2", "sigma": 3,
        "yscale": "linear", "xscale": "linear",
    }.items():  # fmt: skip
        choose(page, name, value)
    page.do("document.querySelector('[name=estimator][value=score_function]').click()")
    state, shown = page.do(STATE), cells(page, "#points tbody tr")
    link = page.do("location.hash")
    assert link.startswith("#show=quantity=variance&along=samples&")
    assert state != fresh
    at(page, folder / "index.html", link)
    assert page.do(STATE) == state
    assert cells(page, "#points tbody tr") == shown
    assert abs(page.do("document.getElementById('explorer').getBoundingClientRect().top")) < 100
    at(page, folder / "index.html", "")
    assert page.do(STATE) == fresh


def test_a_link_followed_on_the_page_itself_is_obeyed(page: Browser) -> None:
    page.do(
        "new Promise((then) => { addEventListener('hashchange', then); location.hash = 'show=quantity=variance'; })"
    )
    assert page.do("document.getElementById('controls').elements.quantity.value") == "variance"


@pytest.mark.parametrize("rubbish", RUBBISH, ids=range(len(RUBBISH)))
def test_rubbish_in_the_address_is_ignored(page: Browser, folder: Path, rubbish: str) -> None:
    fresh, shown = page.do(STATE), cells(page, "#points tbody tr")
    at(page, folder / "index.html", rubbish)
    assert page.do(STATE) == fresh
    assert cells(page, "#points tbody tr") == shown
    assert page.complaints() == []


def test_what_a_link_can_say_is_taken_from_what_it_says_of_nothing_there_is(page: Browser, folder: Path) -> None:
    named = quote('"no such objective"')
    at(page, folder / "index.html", f"#show=objective={named}&quantity=gradient&nothing=1")
    assert page.do("document.getElementById('controls').elements.quantity.value") == "gradient"
    assert page.do("document.getElementById('controls').elements.objective.value") == '"squared_error"'


def test_a_scale_can_be_chosen_where_it_is_a_choice(page: Browser) -> None:
    """A gradient's interval may reach below 0; every choice of a quantity begins with what suits it."""
    ticks = "[...document.querySelectorAll('#plot text[text-anchor=end]')].map((text) => text.textContent)"
    scale = "document.getElementById('controls').elements.yscale.value"
    automatic, first = page.do(ticks), page.do(scale)
    choose(page, "yscale", "linear" if first == "log" else "log")
    assert page.do(ticks) != automatic
    choose(page, "quantity", "variance")
    choose(page, "quantity", "variance_ratio")
    assert (page.do(ticks), page.do(scale)) == (automatic, first)
    page.do("for (const row in data.tables.ratios.columns.variance_ratio.numbers)"
            " data.tables.ratios.columns.variance_ratio.numbers[row] *= -1")  # fmt: skip
    choose(page, "along", "samples")
    assert "yscale" not in offered(page)
