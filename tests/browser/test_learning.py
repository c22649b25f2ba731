"""The page of a fit in a real browser: every control, and the checkpoint by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import registry
from tests.support import learned
from tests.support.browser import Browser
from tests.support.explorer import choose, spelt
from tests.support.reports import written

TABLES = learned.tables(optimiser=["sgd", "adam"], lost=["score_function"])


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fit")
    written(folder, TABLES, learned.MANIFEST, registry.Registry())
    return folder / "index.html"


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Browser]:
    browser.open(file)
    yield browser
    assert browser.complaints() == []
    assert all(address.startswith(("file:", "data:")) for address in browser.requested())


def points(page: Browser) -> list[list[str]]:
    """The rows of the table beside the plot, with numbers in full."""
    script = (
        "[...document.querySelectorAll('#points tbody tr')].map(r => [...r.cells].map(c => c.title || c.textContent))"
    )
    rows: list[list[str]] = page.do(script)
    return rows


@pytest.mark.parametrize("quantity", ["gap", "loss", "mu"])
@pytest.mark.parametrize("along", ["step", "evaluations", "seconds"])
def test_the_last_checkpoint_of_a_choice_is_what_the_table_holds(page: Browser, quantity: str, along: str) -> None:
    for name, value in {"quantity": quantity, "along": along, "samples": 10, "optimiser": "adam"}.items():
        choose(page, name, value)
    frame = TABLES["curves"]
    frame = frame[(frame["samples"] == 10) & (frame["optimiser"] == "adam") & (frame["step"] == 100)]
    (alive, lost), (told, gone) = frame.to_dict("records"), points(page)
    assert told[0] == spelt(alive["estimator"])
    wanted = [alive[name] for name in (along, quantity, f"{quantity}_low", f"{quantity}_high")]
    assert [float(text) for text in told[1:5]] == pytest.approx(wanted)
    assert (gone[0], gone[2], gone[-1]) == (spelt(lost["estimator"]), "", lost["status"])
    assert page.do("document.querySelectorAll('#plot .curve').length") == 1 + (along == "step")


def test_the_checkpoint_moves_by_keyboard(page: Browser) -> None:
    page.do("document.getElementById('checkpoint').focus()")
    page.press("ArrowLeft", 37)
    assert page.do("document.querySelector('#points caption').textContent") == "After 90 steps"
    assert page.do("document.getElementById('checkpoint').getAttribute('aria-valuetext')") == "step 90"
    page.press("Home", 36)
    assert [row[1] for row in points(page)] == ["0", "0"]


def test_an_estimator_can_be_left_out(page: Browser) -> None:
    page.do("document.querySelector('[name=estimator]').click()")
    assert [row[0] for row in points(page)] == ["score function"]


def test_a_long_formula_makes_no_page_wider_than_a_phone(browser: Browser, tmp_path: Path) -> None:
    tables = {name: frame.assign(objective="gaussian_posterior") for name, frame in TABLES.items()}
    written(tmp_path, tables, learned.MANIFEST, registry.load(kinds=["objective", "estimator"]))
    browser.open(tmp_path / "index.html", 390, 844)
    assert browser.do("document.querySelector('.formulas p').scrollWidth") > 390
    assert browser.do("document.documentElement.scrollWidth") == 390
