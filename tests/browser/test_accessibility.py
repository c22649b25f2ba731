"""The page of a small run, with all its parts, under the rules of axe-core, wide and on a phone."""

import re
from pathlib import Path

import axe_core_python
import numpy as np
import pytest
from matplotlib.colors import to_hex

from bench import registry
from bench.report.page.looks import DARK, contrast
from tests.support import compared, learned
from tests.support.browser import Browser
from tests.support.reports import MANIFEST, catalogue, dot, written

RULES = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text()
SERIOUS = ("serious", "critical")
VIOLATIONS = """axe.run().then(result => result.violations.filter(rule => %s.includes(rule.impact))
    .map(rule => rule.id + ': ' + rule.nodes.map(node => node.html).join(' ')))"""


UNFOLD = """Promise.all([...document.querySelectorAll("details:not([open])")].map((one) =>
    new Promise((then) => { one.addEventListener("toggle", then); one.open = true; })))"""


def serious(browser: Browser, file: Path, width: int = 1280, theme: str = "light") -> list[str]:
    """What axe-core finds serious in a file, in a theme, all its tables unfolded."""
    browser.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])
    browser.open(file, width, 800)
    browser.do(f"{UNFOLD}.then(() => 0)")
    browser.do(f"{{{RULES}}}; 0")
    violations: list[str] = browser.do(VIOLATIONS % list(SERIOUS))
    browser.send("Emulation.setEmulatedMedia", features=[])
    return violations


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of a sweep and of a fit."""
    folders = {kind: tmp_path_factory.mktemp(kind) for kind in ("sweep", "fit")}
    written(folders["sweep"], compared.tables(), MANIFEST, catalogue(first=dot))
    written(folders["fit"], learned.tables(lost=["score_function"]), learned.MANIFEST, registry.Registry())
    return {kind: folder / "index.html" for kind, folder in folders.items()}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("kind", ["sweep", "fit"])
@pytest.mark.thinned(3)
def test_nothing_serious_is_found(browser: Browser, files: dict[str, Path], kind: str, width: int, theme: str) -> None:
    assert serious(browser, files[kind], width, theme) == []


def test_the_theme_is_that_which_a_reader_likes(browser: Browser, files: dict[str, Path]) -> None:
    back = "getComputedStyle(document.body).backgroundColor"
    mark = "getComputedStyle(document.querySelector('#plot .mark-of')).fill"
    browser.open(files["sweep"])
    seen = {}
    for theme in ("light", "dark"):
        browser.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])
        seen[theme] = [to_hex(np.array(re.findall(r"\d+", browser.do(one)), float) / 255) for one in (back, mark)]
    browser.send("Emulation.setEmulatedMedia", features=[])
    assert seen["light"][0] == "#ffffff"
    assert seen["dark"][0] == DARK
    for page, colour in seen.values():
        assert contrast(page, colour) >= 3  # of graphics


def test_what_is_serious_would_be_found(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(
        '<html lang="en"><title>x</title><p style="color:#ccc">pale</p><img src="x.png">'
    )
    violations = serious(browser, tmp_path / "bad.html")
    assert [violation.partition(":")[0] for violation in violations] == ["color-contrast", "image-alt"]
