"""How soon does a reader see the page of the reference sweep, opened from a file?"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.support.browser import Browser, chromium

PAGE = Path(__file__).parents[2] / "reports" / "reference" / "index.html"
PAINTED = """new Promise((then) => new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) if (name === "first-contentful-paint") then(startTime);
}).observe({ type: "paint", buffered: true }))"""
ROUNDS = 9


def test_the_first_paint_of_the_page(tmp_path: Path, claim: Callable[[str, float, str], None]) -> None:
    binary = chromium()
    if binary is None:
        pytest.skip("no Chromium is installed (Debian: apt install chromium)")
    browser = Browser(binary, tmp_path)
    paints = []
    for _ in range(ROUNDS):
        browser.open(PAGE)
        paints.append(browser.do(PAINTED) / 1000)
    browser.close()
    claim("first contentful paint of the reference page, in s", float(np.median(paints)), "< 1")
    assert min(paints) > 0
