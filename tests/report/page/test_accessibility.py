"""The page of a small run, with all its parts, under the rules of axe-core, wide and on a phone."""

from pathlib import Path

import axe_core_python
import pytest

from tests.support import compared
from tests.support.browser import Browser, chromium
from tests.support.reports import MANIFEST, catalogue, dot, written

BINARY = chromium()
pytestmark = pytest.mark.skipif(BINARY is None, reason="no Chromium is installed (Debian: apt install chromium)")

RULES = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text()
SERIOUS = ("serious", "critical")
FOUND = """axe.run().then(found => found.violations.filter(one => %s.includes(one.impact))
    .map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' ')))"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    browser = Browser(BINARY, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


def serious(browser, file, *size):
    """What axe-core finds serious in a file."""
    browser.open(file, *size)
    browser.do(f"{{{RULES}}}; 0")
    return browser.do(FOUND % list(SERIOUS))


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_nothing_serious_is_found(browser, tmp_path, size):
    written(tmp_path, compared.tables(), MANIFEST, catalogue(first=dot))
    assert serious(browser, tmp_path / "index.html", *size) == []


def test_what_is_serious_would_be_found(browser, tmp_path):
    (tmp_path / "bad.html").write_text(
        '<html lang="en"><title>x</title><p style="color:#ccc">pale</p><img src="x.png">'
    )
    found = serious(browser, tmp_path / "bad.html")
    assert [one.partition(":")[0] for one in found] == ["color-contrast", "image-alt"]
