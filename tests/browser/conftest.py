"""One browser for the tests of a file; without Chromium they are skipped."""

from collections.abc import Iterator

import pytest

from tests.support.browser import Browser, chromium


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    binary = chromium()
    if binary is None:
        pytest.skip("no Chromium is installed (Debian: apt install chromium)")
    browser = Browser(binary, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()
