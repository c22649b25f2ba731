"""The words of the page in a real browser: meanings behind words, formulas, colours of curves."""

from pathlib import Path

import pytest

from bench import registry
from tests.support import compared
from tests.support.browser import Browser
from tests.support.reports import MANIFEST, catalogue, dot, written

SHOWN = """(() => { const word = document.querySelectorAll('dfn')[%d], told = word.querySelector('[role=tooltip]');
    word.focus(); const box = told.getBoundingClientRect(), style = getComputedStyle(told);
    return [style.display, box.left, box.right, document.documentElement.scrollWidth]; })()"""
DISPLAYS = "[...document.querySelectorAll('[role=tooltip]')].map((told) => getComputedStyle(told).display)"


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_a_word_with_the_focus_tells_its_meaning_inside_of_the_window(
    browser: Browser, folder: Path, size: tuple[int, int]
) -> None:
    browser.open(folder / "index.html", *size)
    count = browser.do("document.querySelectorAll('dfn').length")
    assert count > 2
    assert browser.do(DISPLAYS) == ["none"] * count
    for i in range(count):
        display, left, right, wide = browser.do(SHOWN % i)
        assert display == "block"
        assert left >= 0
        assert right <= size[0]
        assert wide <= size[0]
        assert browser.do(DISPLAYS).count("block") == 1


def test_formulas_are_drawn_in_the_colours_of_their_estimators(browser: Browser, tmp_path: Path) -> None:
    plugins = catalogue(first=dot)
    for kind, by_name in registry.load(kinds=["objective", "estimator"]).plugins.items():
        plugins.plugins[kind] |= by_name
    written(tmp_path, compared.tables(), MANIFEST, plugins)
    browser.open(tmp_path / "index.html")
    sizes = browser.do(
        "[...document.querySelectorAll('header math')].map((math) => math.getBoundingClientRect().height)"
    )
    assert len(sizes) > 3
    assert min(sizes) > 5
    colours = browser.do("[...document.querySelectorAll('header .coloured')].map((one) => getComputedStyle(one).color)")
    assert len(set(colours)) == len(colours) > 1
